import type { Socket as TcpSocket } from 'node:net';
import type { Socket } from 'socket.io-client';
import { BUILT_QUEUES } from '../../src/moderation/index.js';
import type { Comment, LiveEvent, QueueItem } from '../../web/shared/api-types.js';
import { PAGE_ORIGIN, startTwoNodes, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { until } from '../support/until.js';

type Joined = {
  ok: boolean;
  seq?: number;
  events?: LiveEvent[];
  resync?: boolean;
  problem?: ProblemBody;
  counts?: object[];
};
interface Frame {
  site: string;
  thread: string;
  seq: number;
  events: LiveEvent[];
}
interface QueueFrame {
  site: string;
  queue: string;
  type: string;
  itemId: string;
  counts: { queue: string; open: number; claimed: number }[];
}

describe('the live protocol', () => {
  let nodes: [App, App];
  let app: App;
  let ada: Person;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    nodes = await startTwoNodes({ settings: { moderationMode: 'post' } });
    app = nodes[0];
    ada = await app.guest();
  });

  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

  afterAll(async () => {
    await nodes[1].stop();
    await nodes[0].stop();
  });

  const connect = async (namespace: '/live' | '/moderation', options = {}, on = app) => {
    const socket = on.socket(namespace, { reconnection: false, ...options });
    sockets.push(socket);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return socket;
  };
  const emit = (socket: Socket, event: string, ...payload: unknown[]): Promise<Joined> =>
    socket.timeout(5_000).emitWithAck(event, ...payload) as Promise<Joined>;
  const follow = async (thread: string, after?: number, on = app) => {
    const socket = await connect('/live', {}, on);
    const frames: Frame[] = [];
    socket.on('events', (frame: Frame) => frames.push(frame));
    const joined = await emit(socket, 'join', { site: 'demo', thread, after });
    return { socket, frames, joined, seqs: () => frames.flatMap((frame) => frame.events.map((event) => event.seq)) };
  };
  const post = async (thread: string, body: string, by = ada): Promise<Comment> => {
    const comment = await app.post(by, thread, body);
    await app.settled();
    return comment;
  };

  it('tells pages on both nodes what is published, edited, voted on, pinned, removed and changed', async () => {
    const thread = await app.thread();
    const pages = [await follow(thread), await follow(thread, 0, nodes[1])];
    for (const page of pages) expect(page.joined).toEqual({ ok: true, seq: 0, events: [] });
    // What is delivered is read at delivery: the next thing must not happen before.
    const delivered = (seq: number) =>
      until(
        () => pages.every(({ frames }) => frames.at(-1)?.seq === seq),
        `event ${seq} on both nodes`,
        () => JSON.stringify(pages.map(({ frames }) => frames)),
      );
    const comment = await post(thread, 'First');
    await delivered(1);
    const token = ada.token;
    await app.expect(200, `/comments/${comment.id}`, { method: 'PATCH', token, body: { body: 'Second' } });
    await delivered(2);
    await app.expect(200, `/comments/${comment.id}/vote`, { method: 'PUT', token, body: { value: 1 } });
    await delivered(3);
    const pin = { method: 'PUT', token: app.owner.token, body: { pinned: true } };
    await app.expect(200, `/moderation/comments/${comment.id}/pin`, pin);
    await delivered(4);
    await app.decide(app.owner, 'reject', [{ id: comment.id, revision: 2 }]);
    await delivered(5);
    await app.thread({ title: 'Another' }, thread);
    await delivered(6);
    for (const { frames } of pages) {
      const events = frames.flatMap((frame) => frame.events);
      for (const frame of frames) {
        expect([frame.site, frame.thread, frame.seq]).toEqual(['demo', thread, frame.events.at(-1)?.seq]);
      }
      expect(events.map(({ seq, type }) => [seq, type])).toEqual([
        [1, 'comment.published'],
        [2, 'comment.edited'],
        [3, 'comment.voted'],
        [4, 'comment.pinned'],
        [5, 'comment.removed'],
        [6, 'thread.changed'],
      ]);
      expect(events[0]).toEqual({
        seq: 1,
        type: 'comment.published',
        at: expect.any(String),
        commentId: comment.id,
        comment: expect.objectContaining({ id: comment.id, html: '<p>First</p>\n', status: 'published' }),
        counts: { total: 1, replies: {} },
      });
      expect(events[1]?.comment).toMatchObject({ html: '<p>Second</p>\n', revision: 2 });
      expect(events[2]?.comment).toMatchObject({ votes: { up: 1, down: 0 } });
      expect(events[3]?.comment).toMatchObject({ pinned: true });
      expect(events[4]).toEqual({
        seq: 5,
        type: 'comment.removed',
        at: expect.any(String),
        commentId: comment.id,
        counts: { total: 0, replies: {} },
      });
      expect(JSON.stringify(events)).not.toContain('"body"');
    }
  });

  it('answers join with what was missed, or resync', async () => {
    const thread = await app.thread();
    for (let n = 0; n < 3; n++) await post(thread, `Missed ${n}`);
    expect((await follow(thread)).joined).toEqual({ ok: true, seq: 3, events: [] });
    const { joined } = await follow(thread, 1);
    expect(joined).toMatchObject({ ok: true, seq: 3, events: [{ seq: 2 }, { seq: 3 }] });
    expect((await follow(thread, 3)).joined).toEqual({ ok: true, seq: 3, events: [] });
    expect((await follow(thread, 4)).joined).toEqual({ ok: true, seq: 3, resync: true });
    await app.pool.query(`UPDATE thread_events SET at = at - interval '8 days' WHERE seq <= 2`);
    expect((await follow(thread, 1)).joined).toEqual({ ok: true, seq: 3, resync: true });
    expect((await follow(thread, 2)).joined).toMatchObject({ ok: true, events: [{ seq: 3 }] });
  });

  it('sends a burst in frames of at most 100, in order and without a gap, and then a heartbeat', async () => {
    const thread = await app.thread();
    const { joined, frames, seqs } = await follow(thread, 0, nodes[1]);
    expect(joined.ok).toBe(true);
    const { id: threadId } = await app.readThread(thread);
    await app.pool.query(
      `WITH h AS (UPDATE thread_heads SET seq = 250 WHERE thread_id = $1 RETURNING *)
       INSERT INTO thread_events (thread_id, seq, site_id, type, at)
       SELECT thread_id, n, site_id, 'thread.changed', clock_timestamp() FROM h, generate_series(1, 250) n`,
      [threadId],
    );
    await post(thread, 'And one more');
    await until(() => frames.at(-1)?.seq === 251, 'the burst');
    expect(seqs()).toEqual(Array.from({ length: 251 }, (_, n) => n + 1));
    expect(Math.max(...frames.map((frame) => frame.events.length))).toBe(100);
    const changed = Date.now();
    await until(() => frames.at(-1)?.events.length === 0, 'the heartbeat', undefined, 10_000);
    expect(frames.at(-1)).toEqual({ site: 'demo', thread, seq: 251, events: [] });
    expect(Date.now() - changed).toBeLessThan(10_000);
  });

  it('keeps the order for a page that takes nothing for a while', async () => {
    const thread = await app.thread({ moderationMode: 'post' });
    const comment = await post(thread, 'a long comment. '.repeat(300));
    const slow = await follow(thread, 1);
    const quick = await follow(thread, 1);
    const connection = tcpOf(slow.socket);
    connection.pause();
    const { id: threadId } = await app.readThread(thread);
    // A frame of 100 of them is half a megabyte: no buffer of the system holds twenty.
    await app.pool.query(
      `WITH h AS (UPDATE thread_heads SET seq = 2001 WHERE thread_id = $1 RETURNING *)
       INSERT INTO thread_events (thread_id, seq, site_id, type, comment_id, at)
       SELECT thread_id, n, site_id, 'comment.edited', $2, clock_timestamp() FROM h, generate_series(2, 2001) n`,
      [threadId, comment.id],
    );
    await app.thread({ title: 'The last thing' }, thread);
    await until(() => quick.frames.at(-1)?.seq === 2_002, 'the page that reads to have everything');
    expect(slow.seqs().length).toBeLessThan(2_001);
    connection.resume();
    await until(() => slow.frames.at(-1)?.seq === 2_002, 'the slow page to have everything');
    expect(slow.seqs()).toEqual(Array.from({ length: 2_001 }, (_, n) => n + 2));
  });

  it('sends nothing after leave, nor of threads that were not joined', async () => {
    const [one, two] = [await app.thread(), await app.thread()];
    const page = await follow(one);
    const other = await follow(two);
    expect(await emit(page.socket, 'leave', { site: 'demo', thread: one })).toEqual({ ok: true });
    await post(one, 'Unheard');
    await post(two, 'Heard');
    await until(() => other.seqs().length === 1, 'the other page to hear');
    expect(page.frames).toEqual([]);
    expect(other.frames.every((frame) => frame.thread === two)).toBe(true);
    // Back again, it hears of what comes and can ask for what was.
    expect(await emit(page.socket, 'join', { site: 'demo', thread: one, after: 0 })).toMatchObject({
      events: [{ seq: 1 }],
    });
    await post(one, 'Heard again');
    await until(() => page.seqs().includes(2), 'what came after');
  });

  it.each<[string, unknown[], number]>([
    ['no payload', [], 422],
    ['null', [null], 422],
    ['a string', ['demo'], 422],
    ['a list', [['demo', 'welcome']], 422],
    ['no thread', [{ site: 'demo' }], 422],
    ['an unknown field', [{ site: 'demo', thread: 'welcome', as: 'admin' }], 422],
    ['an after below 0', [{ site: 'demo', thread: 'welcome', after: -1 }], 422],
    ['an after beyond counting', [{ site: 'demo', thread: 'welcome', after: 1e300 }], 422],
    ['an after that is no number', [{ site: 'demo', thread: 'welcome', after: '1' }], 422],
    ['an unknown site', [{ site: 'none', thread: 'welcome' }], 404],
    ['an unknown thread', [{ site: 'demo', thread: 'none' }], 404],
    ['a key that can not be', [{ site: 'demo', thread: 'a\0b' }], 404],
  ])('answers a join with %s', async (_what, payload, status) => {
    const socket = await connect('/live');
    expect(await emit(socket, 'join', ...payload)).toMatchObject({ ok: false, problem: { status } });
  });

  it('answers events that there are not, and stays', async () => {
    const socket = await connect('/live');
    expect(await emit(socket, 'shout', { site: 'demo' })).toMatchObject({
      ok: false,
      problem: { code: 'unknown-event' },
    });
    socket.emit('join');
    socket.emit('join', 5);
    expect(await emit(socket, 'join', { site: 'demo', thread: 'welcome' })).toMatchObject({ ok: true });
  });

  it('lets pages of permitted origins join, others not', async () => {
    const join = async (origin?: string) => {
      const socket = await connect('/live', origin === undefined ? {} : { extraHeaders: { origin } });
      return emit(socket, 'join', { site: 'demo', thread: 'welcome' });
    };
    expect(await join()).toMatchObject({ ok: true });
    expect(await join(PAGE_ORIGIN)).toMatchObject({ ok: true });
    const refused = await join('https://elsewhere.example');
    expect(refused).toMatchObject({ ok: false, problem: { status: 403, code: 'origin-not-permitted' } });
  });

  it('bounds how many threads a connection watches', async () => {
    const threads = await Promise.all(Array.from({ length: 51 }, () => app.thread()));
    const socket = await connect('/live');
    const answers: Joined[] = [];
    for (const thread of threads) answers.push(await emit(socket, 'join', { site: 'demo', thread }));
    expect(answers.map((answer) => answer.ok)).toEqual([...Array.from({ length: 50 }, () => true), false]);
    expect(answers.at(-1)?.problem).toMatchObject({ status: 429, code: 'too-many-threads' });
  });

  describe('of moderators', () => {
    it('is for staff alone', async () => {
      const refused = async (auth: object) => {
        const socket = app.socket('/moderation', { auth, reconnection: false });
        sockets.push(socket);
        type Refusal = Error & { data?: ProblemBody };
        const error = await new Promise<Refusal>((resolve) => socket.once('connect_error', resolve));
        return error.data?.status;
      };
      expect(await refused({})).toBe(401);
      expect(await refused({ token: 'made.up' })).toBe(401);
      expect(await refused({ token: ada.token })).toBe(401);
      await app.site('apart', { name: 'Apart' });
      const stranger = await app.staff('admin', 'apart');
      const socket = await connect('/moderation', { auth: { token: stranger.token } });
      const join = (site: string, queues: unknown) => emit(socket, 'join', { site, queues });
      expect(await join('demo', ['pending'])).toMatchObject({ ok: false, problem: { status: 404 } });
      expect(await join('apart', ['pending'])).toMatchObject({ ok: true });
      expect(await join('apart', ['no queue'])).toMatchObject({ ok: false, problem: { status: 422 } });
      expect(await join('apart', 'pending')).toMatchObject({ ok: false, problem: { status: 422 } });
    });

    it('tells consoles on both nodes what enters, is claimed, released, changed and leaves', async () => {
      const thread = await app.thread({ moderationMode: 'pre' });
      const token = app.owner.token;
      const frames: QueueFrame[][] = [];
      for (const node of nodes) {
        const socket = await connect('/moderation', { auth: { token } }, node);
        const heard: QueueFrame[] = [];
        frames.push(heard);
        socket.on('queue', (frame: QueueFrame) => heard.push(frame));
        const joined = await emit(socket, 'join', { site: 'demo', queues: ['pending'] });
        expect(joined).toMatchObject({
          ok: true,
          counts: [{ queue: 'pending', open: 0, claimed: 0 }, ...BUILT_QUEUES.slice(1).map((queue) => ({ queue }))],
        });
      }
      const heard = async (type: string, count: number) => {
        for (const each of frames) {
          await until(
            () => each.filter((frame) => frame.type === type).length === count,
            type,
            () => JSON.stringify(each),
          );
        }
      };
      const comment = await app.post(ada, thread, 'Waiting');
      await heard('entered', 1);
      const claim = { method: 'POST', token, body: { queue: 'pending', site: 'demo', limit: 1 } };
      const { items } = await app.expect<{ items: QueueItem[] }>(200, '/moderation/claims', claim);
      await heard('claimed', 1);
      await app.expect(204, `/moderation/claims/${items[0]?.id}`, { method: 'DELETE', token });
      await heard('released', 1);
      await app.expect(200, `/comments/${comment.id}`, { method: 'PATCH', token: ada.token, body: { body: 'Edited' } });
      await heard('changed', 1);
      await app.decide(app.owner, 'approve', [{ id: comment.id, revision: 2 }]);
      await heard('left', 1);
      for (const each of frames) {
        expect(each.map((frame) => [frame.type, frame.counts[0]?.open, frame.counts[0]?.claimed])).toEqual([
          ['entered', 1, 0],
          ['claimed', 1, 1],
          ['released', 1, 0],
          ['changed', 1, 0],
          ['left', 0, 0],
        ]);
        expect(new Set(each.map((frame) => frame.itemId))).toEqual(new Set([items[0]?.id]));
        // Ids and counts alone: what it says is read by those who may.
        expect(JSON.stringify(each)).not.toContain('Waiting');
      }
      await app.expect(200, threadPath(thread));
    });
  });
});

/** The connection below a client's socket. */
function tcpOf(socket: Socket): { pause(): void; resume(): void } {
  const { transport } = socket.io.engine as unknown as { transport: { ws: { _socket: TcpSocket } } };
  return transport.ws._socket;
}
