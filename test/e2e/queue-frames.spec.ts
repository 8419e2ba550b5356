import { BUILT_QUEUES } from '../../src/moderation/queues.js';
import { startApp, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

const MANY = 1_000;

interface Frame {
  site: string;
  queue: string;
  type: string;
  itemId: string | null;
  counts: { queue: string; open: number }[];
}

describe('what consoles are told', () => {
  let app: App;
  let [ada, moderator] = [] as unknown as [Person, Person];

  beforeAll(async () => {
    app = await startApp();
    [ada, moderator] = await Promise.all([app.guest(), app.staff('moderator')]);
    await app.site('elsewhere', { name: 'Elsewhere', origins: [] });
  });
  afterAll(() => app.stop());

  const follow = async (by: Person, site = 'demo') => {
    const socket = app.socket('/moderation', { auth: { token: by.token } });
    const frames: Frame[] = [];
    socket.on('queue', (frame: Frame) => frames.push(frame));
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
    const answer = (await socket.emitWithAck('join', { site, queues: BUILT_QUEUES })) as { ok: boolean };
    return { frames, answer, connected: () => socket.connected, stop: () => socket.disconnect() };
  };

  it('of a thousand decisions in one call is a few frames', async () => {
    const comment = await app.post(ada, await app.thread(), 'The first');
    await app.settled();
    const { rows } = await app.pool.query<{ id: string }>(
      `WITH made AS (
         INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by)
         SELECT gen_random_uuid(), site_id, thread_id, id, 1, reader_id, 'pending', 'none'
         FROM comments, generate_series(1, ${MANY}) WHERE id = $1 RETURNING id, site_id, thread_id
       ), texts AS (
         INSERT INTO comment_revisions (comment_id, revision, site_id, body, html) SELECT id, 1, site_id, 'x', '' FROM made
       )
       INSERT INTO queue_items (id, site_id, thread_id, queue, comment_id, revision, entered_at)
       SELECT gen_random_uuid(), site_id, thread_id, 'pending', id, 1, clock_timestamp() FROM made
       RETURNING comment_id AS id`,
      [comment.id],
    );
    const console = await follow(moderator);
    try {
      const answer = await app.decide(
        moderator,
        'approve',
        rows.map(({ id }) => ({ id, revision: 1 })),
      );
      expect(answer.results.filter((one) => one.outcome === 'applied')).toHaveLength(MANY);
      await app.settled();
      const open = () => console.frames.at(-1)?.counts.find(({ queue }) => queue === 'pending')?.open;
      await until(() => open() === 1, 'the last frame to count what is left');
      // 1,000 rows of the outbox are two batches of the relay; each may come in two moments.
      expect(console.frames.length).toBeLessThan(10);
      expect(console.frames).toContainEqual(expect.objectContaining({ type: 'changed', itemId: null }));
    } finally {
      console.stop();
    }
  });

  it('is told to those who may see it, as long as they may', async () => {
    const [mine, stranger] = [await follow(moderator), await follow(await app.staff('owner', 'elsewhere'))];
    const theirs = await follow(await app.staff('moderator', 'elsewhere'), 'elsewhere');
    try {
      expect([mine.answer.ok, stranger.answer.ok, theirs.answer.ok]).toEqual([true, false, true]);
      const comment = await app.post(ada, await app.thread(), 'Somebody sees it');
      const types = () => mine.frames.map((frame) => frame.type);
      await until(() => types().includes('entered'), 'the item to enter');
      const call = (method: string, path: string, body?: object) =>
        app.call(path, { method, token: app.owner.token, body });
      const { items } = (await call('POST', '/moderation/claims', { queue: 'pending', limit: 2 })).body as {
        items: { id: string; comment: { id: string } }[];
      };
      const item = items.find((one) => one.comment.id === comment.id);
      await until(() => types().includes('claimed'), 'the claim');
      await call('DELETE', `/moderation/claims/${item?.id}`);
      await until(() => types().includes('released'), 'the release');
      await app.decide(moderator, 'escalate', [comment]);
      await until(() => types().includes('changed'), 'the escalation');
      await app.decide(app.owner, 'reject', [comment]);
      await until(() => types().includes('left'), 'the item to leave');
      expect([...stranger.frames, ...theirs.frames]).toEqual([]);
      expect(new Set(mine.frames.map((frame) => frame.site))).toEqual(new Set(['demo']));
    } finally {
      for (const each of [mine, stranger, theirs]) each.stop();
    }
  });

  it('is told no more to whoever has signed out, or was disabled', async () => {
    const [left, disabled] = [await app.staff('moderator'), await app.staff('moderator')];
    const [stays, signedOut, switchedOff] = [await follow(moderator), await follow(left), await follow(disabled)];
    try {
      await app.call('/staff/sessions/current', { method: 'DELETE', token: left.token });
      const { token } = app.owner;
      const change = { method: 'PATCH', token, body: { disabled: true } };
      expect((await app.call(`/staff/${disabled.id}`, change)).status).toBe(200);
      await app.post(ada, await app.thread(), 'After they left');
      await until(() => stays.frames.some((frame) => frame.type === 'entered'), 'the item to enter');
      expect([...signedOut.frames, ...switchedOff.frames]).toEqual([]);
      await until(() => !signedOut.connected() && !switchedOff.connected(), 'the end of their connections');
      expect(stays.connected()).toBe(true);
    } finally {
      for (const each of [stays, signedOut, switchedOff]) each.stop();
    }
  });
});
