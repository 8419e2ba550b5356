import { startApp, type App, type Person } from '../support/app.js';
import { recordStatements, rowsByTable, type UsedStatement } from '../support/query-plans.js';

const ITEMS = 100_000;
const READERS = 2_000;
const THREADS = 500;
const ESCALATED = 500;
const TABLES = [
  'comments',
  'comment_revisions',
  'comment_words',
  'queue_items',
  'queue_counts',
  'queue_skips',
  'readers',
] as const;

/** As many open items as a newsroom that was asleep for a month has. */
const SEED = `
  WITH site AS (SELECT id FROM sites WHERE key = 'demo'), thread AS (
    INSERT INTO threads (id, site_id, key, url, title)
    SELECT gen_random_uuid(), site.id, 'many-' || t, 'https://news.example/' || t, 'Many' FROM site, generate_series(0, ${THREADS - 1}) t
    RETURNING id, site_id, split_part(key, '-', 2)::int AS t
  ), reader AS (
    INSERT INTO readers (id, site_id, display_name)
    SELECT gen_random_uuid(), site.id, 'Reader ' || r FROM site, generate_series(0, ${READERS - 1}) r
    RETURNING id, split_part(display_name, ' ', 2)::int AS r
  ), n AS (
    SELECT gen_random_uuid() AS id, n, clock_timestamp() - make_interval(secs => n) AS at FROM generate_series(1, ${ITEMS}) n
  ), made AS (
    INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by, created_at)
    SELECT n.id, thread.site_id, thread.id, n.id, 1, reader.id, 'pending', 'none', n.at
    FROM n JOIN thread ON thread.t = n.n % ${THREADS} JOIN reader ON reader.r = n.n % ${READERS}
    RETURNING id, site_id, thread_id, created_at
  ), texts AS (
    INSERT INTO comment_revisions (comment_id, revision, site_id, body, html)
    SELECT made.id, 1, made.site_id, 'A comment of some words, number ' || n.n || CASE WHEN n.n % 40000 = 0 THEN ', with a medlar' ELSE '' END, ''
    FROM made JOIN n USING (id)
  )
  INSERT INTO queue_items (id, site_id, thread_id, queue, comment_id, revision, priority, reasons, entered_at)
  SELECT gen_random_uuid(), made.site_id, made.thread_id, 'pending', made.id, 1, (n.n % 10) / 10.0,
         CASE WHEN n.n % 49 = 0 THEN '[{"rule": "links", "score": 0.5}]'::jsonb ELSE '[{"rule": "mode", "score": 0}]' END, made.created_at
  FROM made JOIN n USING (id)`;

/** As src/moderation/search writes them: each word begins with its site. */
const WORDS = `
  INSERT INTO comment_words (comment_id, site_id, thread_id, reader_id, created_at, revision, language, words)
  SELECT c.id, c.site_id, c.thread_id, c.reader_id, c.created_at, 1, CASE WHEN n.n % 100 = 0 THEN 'fr' ELSE 'en' END,
         (SELECT string_agg(format('''%s%s'':%s', right(c.site_id::text, 6), w.word, w.at), ' ')
          FROM regexp_split_to_table(lower(rv.body), '[ ,]+') WITH ORDINALITY AS w(word, at))::tsvector
  FROM comments c JOIN comment_revisions rv ON rv.comment_id = c.id
  CROSS JOIN LATERAL (SELECT substring(rv.body FROM '[0-9]+')::int AS n) n`;

describe(`the plans at ${ITEMS} open items`, () => {
  let app: App;
  let moderator: Person;
  let reader: string;

  beforeAll(async () => {
    app = await startApp();
    moderator = await app.staff('moderator');
    await app.pool.query(SEED);
    await app.pool.query(
      `INSERT INTO queue_skips (item_id, staff_id, site_id) SELECT id, $1, site_id FROM queue_items LIMIT 10000`,
      [app.owner.id],
    );
    await app.pool.query(WORDS);
    await app.pool.query(
      'INSERT INTO thread_heads (thread_id, site_id) SELECT id, site_id FROM threads ON CONFLICT DO NOTHING',
    );
    await app.pool.query(
      `UPDATE queue_items SET escalation_id = gen_random_uuid() WHERE id IN (
         SELECT id FROM queue_items ORDER BY rank DESC, entered_at, id LIMIT ${ESCALATED})`,
    );
    // What autovacuum does before long; the relay folds the ledger of counts.
    for (const table of [...TABLES, 'threads', 'readers', 'staff']) await app.pool.query(`VACUUM ANALYZE ${table}`);
    const { rows } = await app.pool.query<{ id: string }>(`SELECT id FROM readers WHERE display_name = 'Reader 7'`);
    reader = rows[0]?.id ?? '';
  }, 120_000);
  afterAll(() => app.stop());

  /** What a call looked at in each table, by index, under both ways of planning. */
  const looked = async (path: string, call: { method?: string; body?: object } = {}) => {
    const recorded = recordStatements();
    try {
      await app.expect(200, path, { ...call, token: moderator.token });
    } finally {
      recorded.stop();
    }
    // Not those of the relay, which works in this process too.
    const statements = recorded.used.filter(({ name }) => /^(items\.|queues\.counts$|search\.)/.test(name));
    expect(statements.length).toBeGreaterThan(0);
    const found: Record<string, number>[] = [];
    for (const statement of statements) {
      for (const mode of ['force_custom_plan', 'force_generic_plan'] as const)
        found.push(await rowsOf(statement, mode));
    }
    return found;
  };
  const rowsOf = async (statement: UsedStatement, mode: 'force_custom_plan' | 'force_generic_plan') => {
    const all: Record<string, number> = {};
    const found = await rowsByTable(app.pool, statement, mode);
    for (const table of TABLES) {
      // A ledger of a few rows is a page.
      for (const [index, rows] of Object.entries(found.get(table) ?? {})) {
        if (table !== 'queue_counts') expect([statement.text, mode, table, index]).not.toContain('Seq Scan');
        all[index] = rows;
      }
    }
    return all;
  };
  const most = (found: Record<string, number>[]) => Math.max(...found.flatMap((one) => Object.values(one)));
  const items = (query: string) => looked(`/moderation/queues/pending/items?site=demo&limit=20&${query}`);

  it.each(['priority', 'oldest', 'newest'])(
    'a page by %s is read as a page, the first and a later one',
    async (sort) => {
      expect(most(await items(`sort=${sort}`))).toBeLessThan(100);
      const { nextCursor } = await app.expect<{ nextCursor: string }>(
        200,
        `/moderation/queues/pending/items?site=demo&limit=100&sort=${sort}`,
        { token: moderator.token },
      );
      expect(most(await items(`sort=${sort}&cursor=${nextCursor}`))).toBeLessThan(100);
    },
  );

  it.each(['priority', 'oldest', 'newest'])('what a thread or a reader has is found by it, by %s', async (sort) => {
    const perThread = ITEMS / THREADS;
    expect(most(await items(`sort=${sort}&thread=many-3`))).toBeLessThanOrEqual(perThread);
    expect(most(await items(`sort=${sort}&reader=${reader}`))).toBeLessThanOrEqual(ITEMS / READERS);
  });

  it.each(['priority', 'oldest', 'newest'])(
    'rules and words look at so many items and no more, by %s',
    async (sort) => {
      expect(most(await items(`sort=${sort}&reason=links`))).toBeLessThan(2_000);
      for (const query of ['reason=nothing', 'q=medlar', 'q=quince']) {
        expect(most(await items(`sort=${sort}&${query}`))).toBeLessThanOrEqual(5_000);
      }
    },
  );

  it.each(['priority', 'oldest', 'newest'])('what is escalated, or reads as a language, by %s', async (sort) => {
    // Those of the other sorts are all there are.
    const most100 = sort === 'priority' ? 100 : ESCALATED;
    expect(most(await items(`sort=${sort}&escalated=true`))).toBeLessThanOrEqual(most100);
    expect(most(await items(`sort=${sort}&escalated=false`))).toBeLessThanOrEqual(ESCALATED + 100);
    expect(most(await items(`sort=${sort}&language=fr`))).toBeLessThanOrEqual(5_000);
    expect(most(await items(`sort=${sort}&language=de&q=medlar`))).toBeLessThanOrEqual(5_000);
  });

  it('all filters at once look at what the narrowest leaves', async () => {
    const all = `thread=many-7&reader=${reader}&reason=links&language=en&escalated=false&q=comment%20words`;
    for (const sort of ['priority', 'oldest', 'newest']) {
      expect(most(await items(`sort=${sort}&${all}`))).toBeLessThanOrEqual(ITEMS / THREADS);
    }
  });

  it('searching looks at 5,000 comments at most, or at those that have the words', async () => {
    const search = (query: string) => looked(`/moderation/comments?site=demo&limit=20&${query}`);
    // In each comment: the newest have it.
    expect(most(await search('q=comment%20words'))).toBeLessThan(100);
    expect(most(await search(''))).toBeLessThan(100);
    // In two of them, and in none.
    for (const q of ['medlar', 'quince', 'med', '"a%20medlar"']) {
      expect(most(await search(`q=${q}`))).toBeLessThanOrEqual(5_000);
    }
    for (const narrow of ['thread=many-3', `reader=${reader}`]) {
      expect(most(await search(`${narrow}&q=medlar`))).toBeLessThanOrEqual(ITEMS / THREADS);
      expect(most(await search(narrow))).toBeLessThanOrEqual(ITEMS / THREADS);
    }
    // As many readers as are looked at for the beginning of a name.
    for (const words of ['', '&q=medlar']) {
      expect(most(await search(`reader=Reader%207${words}`))).toBeLessThanOrEqual((100 * ITEMS) / READERS);
    }
    for (const status of ['pending', 'spam']) expect(most(await search(`status=${status}`))).toBeLessThanOrEqual(5_000);
    expect(most(await search('status=spam&q=comment'))).toBeLessThanOrEqual(ITEMS);
    const from = new Date(Date.now() - 3_600_000).toISOString();
    expect(most(await search(`from=${from}&q=medlar&status=pending`))).toBeLessThanOrEqual(5_000);
  });

  it('counts and claims read what they need', async () => {
    expect(most(await looked('/moderation/queues?site=demo'))).toBeLessThan(20);
    const claim = { method: 'POST', body: { queue: 'pending', limit: 20 } };
    // Those that were escalated stand before all others, and are not for a moderator.
    expect(most(await looked('/moderation/claims', claim))).toBeLessThan(200 + ESCALATED);
    expect(most(await looked('/moderation/claims', claim))).toBeLessThan(200 + ESCALATED);
  });
});
