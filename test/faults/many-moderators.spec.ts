import pg from 'pg';
import { startApp, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

const ITEMS = 5_000;
const MODERATORS = 20;
const AT_ONCE = 25;
/** Of the moderators: so many drop their calls half-way, take longer than their claims last, or lose the database. */
const CRASHING = 4;
const SLOW = 3;

interface Claimed {
  items: { id: string; comment: { id: string; revision: number } }[];
}

/** A day in a newsroom: whatever breaks, each item is decided once and none is lost. */
describe(`${MODERATORS} moderators over ${ITEMS} items`, () => {
  let app: App;
  let people: Person[];

  beforeAll(async () => {
    app = await startApp();
    people = await Promise.all(Array.from({ length: MODERATORS }, () => app.staff('moderator')));
    const { id } = await app.post(await app.guest(), await app.thread(), 'The first of them');
    await app.settled();
    await app.pool.query(
      `WITH made AS (
         INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by)
         SELECT made.id, site_id, thread_id, made.id, 0, reader_id, 'pending', 'none'
         FROM comments, LATERAL (SELECT gen_random_uuid() AS id FROM generate_series(2, ${ITEMS}) n WHERE comments.id IS NOT NULL) made
         WHERE comments.id = $1 RETURNING id, site_id, thread_id
       ), texts AS (
         INSERT INTO comment_revisions (comment_id, revision, site_id, body, html) SELECT id, 1, site_id, 'x', '' FROM made
       )
       INSERT INTO queue_items (id, site_id, thread_id, queue, comment_id, revision, entered_at)
       SELECT gen_random_uuid(), site_id, thread_id, 'pending', id, 1, clock_timestamp() FROM made`,
      [id],
    );
    await app.pool.query('ANALYZE');
  }, 120_000);
  afterAll(() => app.stop());

  const open = () => app.count('SELECT count(*) FROM queue_items');
  const claim = async (by: Person) =>
    app.call<Claimed>('/moderation/claims', {
      method: 'POST',
      token: by.token,
      body: { queue: 'pending', limit: AT_ONCE },
    });
  const decideBody = ({ items }: Claimed) => ({
    action: 'approve',
    items: items.map(({ comment }) => ({ commentId: comment.id, revision: comment.revision, status: 'pending' })),
  });

  /** Works until nothing is left; what breaks is tried again, as a console does. */
  const work = async (by: Person, n: number): Promise<{ applied: string[]; conflicts: number }> => {
    const applied: string[] = [];
    let conflicts = 0;
    for (let round = 0; (await open()) > 0; round++) {
      const claimed = await claim(by);
      if (claimed.status !== 200) continue;
      const held = claimed.body;
      if (held.items.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      if (n < CRASHING && round % 2 === 0) await dropped(by, held);
      // The slow ones' claims run out, and others take the items.
      if (n >= MODERATORS - SLOW && round % 2 === 0) await lapse(by);
      const answer = await app.call<{ results: { commentId: string; outcome: string }[] }>('/moderation/decisions', {
        ...{ method: 'POST', token: by.token, body: decideBody(held) },
      });
      if (answer.status !== 200) continue;
      for (const { commentId, outcome } of answer.body.results) {
        if (outcome === 'applied') applied.push(commentId);
        else if (outcome === 'conflict') conflicts++;
        else if (outcome !== 'unchanged') throw new Error(`${commentId}: ${outcome}`);
      }
    }
    return { applied, conflicts };
  };

  /** The browser is closed while the call is under way: it may have been done, or not. */
  const dropped = async (by: Person, held: Claimed) => {
    const aborted = new AbortController();
    const sent = fetch(`${app.address}/api/v1/moderation/decisions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(decideBody(held)),
      signal: aborted.signal,
    });
    setTimeout(() => aborted.abort(), Math.random() * 30);
    await sent.then((response) => response.arrayBuffer()).catch(() => undefined);
  };
  const lapse = (by: Person) =>
    app.pool.query(
      `UPDATE queue_items SET claimed_until = clock_timestamp() WHERE id IN (
         SELECT id FROM queue_items WHERE claimed_by = $1 FOR UPDATE SKIP LOCKED)`,
      [by.id],
    );

  it('decide each item once, and lose none', async () => {
    const seen = { twice: 0, kills: 0 };
    let working = true;
    const killer = (async () => {
      const client = new pg.Client({ connectionString: app.database.url });
      await client.connect();
      // Somebody pulls plugs: connections of the pool end in the middle of what they do.
      while (working) {
        const { rowCount } = await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
             AND application_name NOT IN ('suite', 'postil-relay') LIMIT 1`,
        );
        seen.kills += rowCount ?? 0;
        // Of one comment, two claims that both hold.
        const { rows } = await client.query(
          `SELECT comment_id FROM queue_items WHERE claimed_until > clock_timestamp() GROUP BY comment_id
           HAVING count(DISTINCT claimed_by) > 1`,
        );
        seen.twice += rows.length;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      await client.end();
    })();
    const results = await Promise.all(people.map(work));
    working = false;
    await killer;
    expect(seen.kills).toBeGreaterThan(0);
    expect(seen.twice).toBe(0);

    const decided = await app.pool.query<{ comments: number; decisions: number; logged: number }>(
      `SELECT count(DISTINCT comment_id)::int AS comments, count(*)::int AS decisions,
              (SELECT count(*)::int FROM log_entries WHERE action = 'comment.approved') AS logged FROM decisions`,
    );
    expect(decided.rows).toEqual([{ comments: ITEMS, decisions: ITEMS, logged: ITEMS }]);
    const told = results.flatMap(({ applied }) => applied);
    // What was answered was done, and nobody was told of the same one as another.
    expect(new Set(told).size).toBe(told.length);
    expect(told.length).toBeGreaterThan(ITEMS / 2);
    await until(async () => (await app.count('SELECT count(*) FROM outbox')) === 0, 'the relay to fold all of it');
    expect(await app.count(`SELECT count(*) FROM comments WHERE status <> 'published' OR decided_by <> 'human'`)).toBe(
      0,
    );
    expect(await app.count('SELECT count(*) FROM listed_comments WHERE published')).toBe(ITEMS);
    const counts = await app.expect<{ items: { open: number; claimed: number }[] }>(
      200,
      '/moderation/queues?site=demo',
      { token: app.owner.token },
    );
    for (const queue of counts.items) expect(queue).toMatchObject({ open: 0, claimed: 0 });
    process.stdout.write(
      `${seen.kills} connections were ended, ${results.reduce((sum, one) => sum + one.conflicts, 0)} conflicts told\n`,
    );
  }, 180_000);
});
