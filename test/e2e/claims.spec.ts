import type { Comment, CommentItem } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

interface Items {
  items: (CommentItem & { claim: { by: { id: string }; until: string } | null })[];
}

const PASSWORD = 'only tests know this one';

describe('a claim', () => {
  let app: App;
  let ada: Person;
  let moderator: Person;
  let other: Person;
  let thread: string;
  let comments: Comment[];

  beforeAll(async () => {
    app = await startApp({ settings: { claimSeconds: 60 } });
    [ada, moderator, other] = await Promise.all([app.guest(), app.staff('moderator'), app.staff('moderator')]);
  });
  afterAll(() => app.stop());

  beforeEach(async () => {
    await app.pool.query('DELETE FROM queue_items');
    thread = await app.thread();
    comments = [];
    for (let n = 0; n < 4; n++) comments.push(await app.post(ada, thread, `Held ${n}`));
    await app.settled();
  });

  const as = (by: Person, method = 'GET', body?: object) => ({ method, token: by.token, body });
  const claim = async (by: Person, limit = 4) =>
    (await app.expect<Items>(200, '/moderation/claims', as(by, 'POST', { queue: 'pending', limit }))).items;
  const listed = async () =>
    (await app.expect<Items>(200, '/moderation/queues/pending/items?site=demo', as(other))).items;
  const holders = async () => (await listed()).map((item) => item.claim?.by.id);
  const secondsLeft = async () =>
    (
      await app.pool.query<{ left: number }>(
        'SELECT extract(epoch FROM claimed_until - clock_timestamp())::float8 AS left FROM queue_items WHERE claimed_by IS NOT NULL',
      )
    ).rows.map((row) => row.left);
  const shorten = (seconds: number) =>
    app.pool.query(`UPDATE queue_items SET claimed_until = clock_timestamp() + make_interval(secs => $1)`, [seconds]);
  const person = (id: string, body: object) => app.expect(200, `/staff/${id}`, as(app.owner, 'PATCH', body));
  /** Somebody new, who holds everything. */
  const holder = async () => {
    const email = `holder-${Math.random()}@example.org`;
    const body = { email, password: PASSWORD, displayName: 'Holder', site: 'demo', role: 'moderator' };
    await app.expect(201, '/staff', as(app.owner, 'POST', body));
    const signedIn = await app.signIn(email, PASSWORD);
    expect(await claim(signedIn)).toHaveLength(4);
    return { ...signedIn, email };
  };

  it('ends when its holder signs out of the last session, and the consoles learn of it', async () => {
    const held = await holder();
    const elsewhere = await app.signIn(held.email, PASSWORD);
    const socket = app.socket('/moderation', { auth: { token: other.token } });
    try {
      const frames: { type: string; itemId: string }[] = [];
      socket.on('queue', (frame: { type: string; itemId: string }) => frames.push(frame));
      await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
      await socket.emitWithAck('join', { site: 'demo', queues: ['pending'] });

      await app.expect(204, '/staff/sessions/current', as(held, 'DELETE'));
      expect(await holders()).toEqual(Array(4).fill(held.id));
      await app.expect(204, '/staff/sessions/current', as(elsewhere, 'DELETE'));
      expect(await holders()).toEqual(Array(4).fill(undefined));
      await until(() => frames.filter((frame) => frame.type === 'released').length >= 4, 'the consoles to be told');
      expect(await claim(other)).toHaveLength(4);
    } finally {
      socket.disconnect();
    }
  });

  it('ends when both of two sessions end at once', async () => {
    for (let round = 0; round < 5; round++) {
      const held = await holder();
      const elsewhere = await app.signIn(held.email, PASSWORD);
      const out = (by: Person) => app.expect(204, '/staff/sessions/current', as(by, 'DELETE'));
      await Promise.all([out(held), out(elsewhere)]);
      expect(await secondsLeft()).toEqual([]);
    }
  });

  it('ends when its holder is disabled, gets another password, or loses the role', async () => {
    for (const change of [{ disabled: true }, { password: 'another that tests know' }, { site: 'demo', role: null }]) {
      const held = await holder();
      await person(held.id, { displayName: 'Renamed' });
      expect(await secondsLeft()).toHaveLength(4);
      await person(held.id, change);
      expect(await secondsLeft()).toEqual([]);
    }
  });

  it('that ran out hides nothing, and keeps nobody from deciding', async () => {
    expect(await claim(moderator)).toHaveLength(4);
    await shorten(-0.001);
    const all = await listed();
    expect(all.map((item) => [item.comment.id, item.claim])).toEqual(comments.map(({ id }) => [id, null]));
    const { items: counts } = await app.expect<{ items: object[] }>(200, '/moderation/queues?site=demo', as(other));
    expect(counts[0]).toMatchObject({ queue: 'pending', open: 4, claimed: 0 });
    const [first, ...rest] = comments;
    expect((await app.decide(other, 'approve', [first as Comment])).results[0]?.outcome).toBe('applied');
    expect((await claim(other)).map((item) => item.comment.id)).toEqual(rest.map(({ id }) => id));
    // Whoever held them finds out.
    const late = await app.decide(moderator, 'reject', rest);
    expect(late.results.map((result) => result.outcome)).toEqual(['conflict', 'conflict', 'conflict']);
  });

  it('is renewed by work, but not by each decision', async () => {
    const worker = await holder();
    await shorten(5);
    const [first, second, third] = comments as [Comment, Comment, Comment];
    await app.decide(worker, 'approve', [first]);
    await until(async () => (await secondsLeft()).every((left) => left > 50), 'what is held to be renewed');
    expect(await secondsLeft()).toHaveLength(3);
    await shorten(5);
    await app.decide(worker, 'approve', [second]);
    await app.decide(worker, 'approve', [third]);
    const [left] = await secondsLeft();
    expect(left).toBeLessThan(6);
    // Nor does it come back to life.
    await shorten(-1);
    const again = await app.signIn(worker.email, PASSWORD);
    const [, , , last] = comments as [Comment, Comment, Comment, Comment];
    expect((await app.decide(again, 'approve', [last])).results[0]?.outcome).toBe('applied');
    expect(await secondsLeft()).toEqual([]);
  });

  it('that is asked for again is left as it is, until a quarter of it is over', async () => {
    const worker = await holder();
    const rows = () => app.count('SELECT max(xmin::text::bigint) AS count FROM queue_items');
    const before = await rows();
    expect(await claim(worker)).toHaveLength(4);
    expect(await rows()).toBe(before);
    await shorten(40);
    expect(await claim(worker)).toHaveLength(4);
    expect(await rows()).toBeGreaterThan(before);
    expect((await secondsLeft()).every((left) => left > 50)).toBe(true);
  });

  it('leaves no trace in the log, whatever ends it', async () => {
    const before = await app.count('SELECT count(*) FROM log_entries');
    const [first, second] = await claim(moderator);
    await app.expect(200, `/moderation/claims/${first?.id}`, as(moderator, 'PUT'));
    await app.expect(204, `/moderation/claims/${first?.id}`, as(moderator, 'DELETE'));
    await app.expect(204, `/moderation/claims/${second?.id}/skip`, as(moderator, 'POST'));
    await shorten(-1);
    await until(async () => (await secondsLeft()).length === 0, 'the rest to lapse');
    expect(await app.count('SELECT count(*) FROM log_entries')).toBe(before);
  });

  it('does not help against a text that was edited meanwhile', async () => {
    const [item] = await claim(moderator, 1);
    const id = item?.comment.id ?? '';
    await app.expect(200, `/comments/${id}`, as(ada, 'PATCH', { body: 'Another text' }));
    const current = { status: 'pending', revision: 2, decidedBy: 'none' };
    const { results } = await app.decide(moderator, 'approve', [{ id, revision: 1 }]);
    expect(results).toEqual([{ commentId: id, status: 'pending', outcome: 'conflict', current }]);
    await app.settled();
    const [edited] = await listed();
    expect(edited).toMatchObject({ id: item?.id, claim: { by: { id: moderator.id } }, comment: { revision: 2 } });
    expect((await app.decide(moderator, 'approve', [{ id, revision: 2 }])).results[0]?.outcome).toBe('applied');
  });
});
