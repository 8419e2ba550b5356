import type { Comment } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

type Row = Record<string, unknown>;

const STATES = [
  ['pending', []],
  ['published', ['approve']],
  ['rejected', ['reject']],
  ['spam', ['spam']],
  ['published', ['reject', 'restore']],
] as const;
const ACTIONS = ['approve', 'reject', 'spam', 'restore'] as const;

/** A plain decision goes a way of its own to the database. What it leaves there must be what the long way leaves. */
describe('one decision', () => {
  let app: App;
  let ada: Person;
  let moderator: Person;
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ settings: { undoSeconds: 60 } });
    [ada, moderator] = await Promise.all([app.guest('Ada'), app.staff('moderator')]);
    thread = await app.thread();
  });

  afterAll(() => app.stop());

  const decide = (comment: Comment, action: string, more: object = {}, key?: string) =>
    app.call<{ batchId: string; results: Row[] }>('/moderation/decisions', {
      ...{ method: 'POST', token: moderator.token, ...(key ? { headers: { 'idempotency-key': key } } : {}) },
      body: { items: [{ commentId: comment.id, revision: comment.revision, ...more }], action },
    });

  /** All that one comment has in the tables, with its ids named by what they are. */
  const tracesOf = async (comment: Comment): Promise<string> => {
    const of = async (sql: string) => (await app.pool.query<Row>(sql, [comment.id])).rows;
    const decisions = await of('SELECT * FROM decisions WHERE comment_id = $1 ORDER BY at, id');
    const names = new Map<unknown, string>([[comment.id, 'comment']]);
    decisions.forEach((row, n) => names.set(row['id'], `decision ${n}`).set(row['batch_id'], `batch ${n}`));
    const rows = {
      comment: await of('SELECT * FROM comments WHERE id = $1'),
      items: await of('SELECT queue, revision FROM queue_items WHERE comment_id = $1'),
      decisions: decisions.map(({ at: _at, undo_until: until, ...row }) => ({
        ...row,
        undoable: (until as Date) > new Date(),
      })),
      log: await of(
        'SELECT site_id, actor_kind, actor_id, action, subject_kind, codes FROM log_entries WHERE subject_id = $1 ORDER BY at, id',
      ),
    };
    const text = JSON.stringify(rows, (key, value: unknown) =>
      key === 'created_at' || key === 'root_id' ? 'left out' : (names.get(value) ?? value),
    );
    return text;
  };

  const facts = (comment: Comment) =>
    app.pool.query<Row>('SELECT from_status, to_status, data FROM outbox WHERE subject_id = $1 ORDER BY id', [
      comment.id,
    ]);

  const made = async (steps: readonly string[]): Promise<Comment> => {
    const comment = await app.post(ada, thread, 'Plain.');
    await app.settled();
    for (const step of steps)
      expect((await decide(comment, step)).body.results).toMatchObject([{ outcome: 'applied' }]);
    await app.settled();
    return comment;
  };

  it.each(STATES.flatMap(([status, steps]) => ACTIONS.map((action) => [action, status, steps] as const)))(
    'is the same with a key and without: %s what is %s (%j)',
    async (action, _status, steps) => {
      const [quick, long] = [await made(steps), await made(steps)];
      const answers = [await decide(quick, action), await decide(long, action, {}, `long-${long.id}`)];
      const [said, saidAtLength] = answers.map(({ status, body }) => [
        status,
        body.results.map(({ commentId: _id, ...rest }) => rest),
      ]);
      expect(said).toEqual(saidAtLength);
      await app.settled();
      expect(await tracesOf(quick)).toBe(await tracesOf(long));
    },
  );

  it('tells the relay the same', async () => {
    const [quick, long] = [await made([]), await made([])];
    await app.withoutRelay(async () => {
      await Promise.all([decide(quick, 'approve'), decide(long, 'approve', {}, 'key')]);
      const [one, other] = [(await facts(quick)).rows, (await facts(long)).rows];
      const bare = (rows: Row[]) =>
        JSON.stringify(rows, (key, value: unknown) => (key === 'itemId' ? 'an item' : value));
      expect(one).toEqual([
        {
          from_status: 'pending',
          to_status: 'published',
          data: { settled: true, left: [expect.objectContaining({ queue: 'pending' })] },
        },
      ]);
      expect(bare(one)).toBe(bare(other));
    });
  });

  it('sees what was committed while it waited for the comment', async () => {
    const comment = await made([]);
    const client = await app.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT FROM comments WHERE id = $1 FOR NO KEY UPDATE', [comment.id]);
      const answer = decide(comment, 'approve', { status: 'pending' });
      const [{ pid } = { pid: 0 }] = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
      const blocked = 'SELECT count(*)::int AS count FROM pg_stat_activity WHERE $1::int = ANY(pg_blocking_pids(pid))';
      await until(async () => (await app.count(blocked, [pid])) === 1, 'the decision to wait for the row');
      await client.query(
        `UPDATE queue_items SET claimed_by = $2, claimed_until = clock_timestamp() + interval '1 minute' WHERE comment_id = $1`,
        [comment.id, app.owner.id],
      );
      await client.query('COMMIT');
      expect((await answer).body.results).toMatchObject([{ outcome: 'conflict', current: { status: 'pending' } }]);
    } finally {
      client.release();
    }
  });

  it('leaves what is escalated to those who may decide it', async () => {
    const comment = await made([]);
    await app.decide(moderator, 'escalate', [comment]);
    await app.settled();
    expect((await decide(comment, 'approve')).body.results).toMatchObject([{ outcome: 'forbidden' }]);
    expect(await app.decide(app.owner, 'approve', [comment])).toMatchObject({ results: [{ outcome: 'applied' }] });
    const open = `SELECT count(*) FROM escalations WHERE comment_id = $1 AND state = 'open'`;
    expect(await app.count(open, [comment.id])).toBe(0);
  });

  it('is one of many at the same moment', async () => {
    const comment = await made([]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => decide(comment, n % 2 ? 'approve' : 'reject', { status: 'pending' })),
    );
    const outcomes = answers.flatMap(({ body }) => body.results.map(({ outcome }) => outcome));
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(11);
  });
});
