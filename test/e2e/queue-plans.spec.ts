import { startApp, type App, type Person } from '../support/app.js';
import { recordStatements, rowsByIndex, type UsedStatement } from '../support/query-plans.js';

const ITEMS = 100_000;
const READERS = 2_000;
const THREADS = 500;
const TABLES = ['comments', 'comment_revisions', 'queue_items', 'queue_counts', 'queue_skips'] as const;

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
    const statements = recorded.used.filter(({ name }) => /^(items\.|queues\.counts$)/.test(name));
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
    for (const table of TABLES) {
      const by = await rowsByIndex(app.pool, statement, mode, table);
      // A ledger of a few rows is a page.
      for (const [index, rows] of Object.entries(by)) {
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

  it('counts and claims read what they need', async () => {
    expect(most(await looked('/moderation/queues?site=demo'))).toBeLessThan(20);
    const claim = { method: 'POST', body: { queue: 'pending', limit: 20 } };
    expect(most(await looked('/moderation/claims', claim))).toBeLessThan(200);
    expect(most(await looked('/moderation/claims', claim))).toBeLessThan(200);
  });
});
