import type { Socket } from 'socket.io-client';
import { DEMO_SITE } from '../../src/demo.js';
import { quoting, startApp, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';
import { committed, Schemas } from './documents.js';

interface LiveDocument {
  channels: Record<string, { address: string; messages: Record<string, { $ref: string }> }>;
  components: {
    messages: Record<string, { name: string; payload: { $ref: string } }>;
    schemas: Record<string, Record<string, unknown>>;
  };
}

/** What a running node says over its sockets, and what it takes, against docs/api/asyncapi.json. */
describe('the live protocol', () => {
  const document = committed<LiveDocument>('asyncapi');
  const schemas = new Schemas(document);
  let app: App;
  let reader: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    reader = await app.guest();
  });
  afterAll(() => app.stop());

  function expectMessage(name: string, payload: unknown): void {
    const message = document.components.messages[name];
    if (!message) throw new Error(`${name} is not in the document`);
    expect(schemas.problems(message.payload, payload)).toBeUndefined();
  }

  /** Emits, and holds both what is sent and what is answered against the document. */
  async function ask(
    socket: Socket,
    event: string,
    message: string,
    payload: object,
  ): Promise<Record<string, unknown>> {
    expectMessage(message, payload);
    const answer = (await socket.emitWithAck(event, payload)) as Record<string, unknown>;
    expectMessage(`${message}Answer`, answer);
    return answer;
  }

  it('is spoken on the namespaces of the document', () => {
    expect(Object.values(document.channels).map((channel) => channel.address)).toEqual(['/live', '/moderation']);
  });

  it('says on /live what the document says', async () => {
    const thread = await app.thread();
    const socket = app.socket('/live');
    const frames: { seq: number; events: { type: string }[] }[] = [];
    socket.on('events', (frame: { seq: number; events: { type: string }[] }) => frames.push(frame));

    expect(await ask(socket, 'join', 'joinThread', { site: DEMO_SITE, thread })).toMatchObject({ ok: true, seq: 0 });
    const root = await app.post(reader, thread, 'A root');
    await app.post(reader, thread, 'A reply', { parentId: root.id });
    await app.settled();
    await app.decide(app.owner, 'reject', [root]);
    await app.settled();
    const seen = () => frames.flatMap((frame) => frame.events.map((event) => event.type));
    await until(
      () => seen().includes('comment.removed'),
      'the removal',
      () => seen().join(' '),
    );
    await app.thread({ text: 'The ferry leaves the old pier at seven.' }, thread);
    const marked = await app.post(reader, thread, 'Which one?', { anchor: quoting('the old pier') });
    await app.settled();
    await app.decide(app.owner, 'reject', [marked]);
    await until(
      () => seen().filter((type) => type === 'passage.changed').length === 2,
      'the passage to come and go',
      () => seen().join(' '),
    );
    for (const frame of frames) expectMessage('events', frame);

    const again = { site: DEMO_SITE, thread, after: 1 };
    expect(await ask(socket, 'join', 'joinThread', again)).toHaveProperty('events');
    expect(await ask(socket, 'join', 'joinThread', { ...again, after: 1_000 })).toHaveProperty('resync', true);
    expect(await ask(socket, 'leave', 'leaveThread', { site: DEMO_SITE, thread })).toEqual({ ok: true });
    socket.close();
  });

  it('refuses on /live what the document does not allow, with the problem that it describes', async () => {
    const thread = await app.thread();
    const socket = app.socket('/live');
    const payloads = [undefined, {}, { site: DEMO_SITE }, { site: '', thread }, { site: DEMO_SITE, thread, after: -1 }];
    for (const payload of [...payloads, { site: DEMO_SITE, thread, more: 1 }, { site: 1, thread }]) {
      expect(schemas.named('JoinThread', payload)).toBeDefined();
      const answer = (await socket.emitWithAck('join', payload)) as unknown;
      expectMessage('joinThreadAnswer', answer);
      expect(answer).toMatchObject({ ok: false, problem: { status: 422 } });
    }
    const unknown = await ask(socket, 'join', 'joinThread', { site: DEMO_SITE, thread: 'unknown' });
    expect(unknown).toMatchObject({ ok: false, problem: { status: 404 } });
    socket.close();
  });

  it('says on /moderation what the document says', async () => {
    const socket = app.socket('/moderation', { auth: { token: app.owner.token } });
    const changes: { type: string }[] = [];
    socket.on('queue', (change: { type: string }) => changes.push(change));
    const thread = await app.thread();
    const join = { site: DEMO_SITE, queues: ['pending', 'unmoderated'] };
    expect(await ask(socket, 'join', 'joinQueues', join)).toHaveProperty('counts');

    const comment = await app.post(reader, thread, 'To be looked at');
    const types = () => changes.map((change) => change.type);
    await until(
      () => types().includes('entered'),
      'the entry',
      () => types().join(' '),
    );
    const claim = { queue: 'unmoderated', site: DEMO_SITE, limit: 100 };
    await app.expect(200, '/moderation/claims', { method: 'POST', token: app.owner.token, body: claim });
    await until(
      () => types().includes('claimed'),
      'the claim',
      () => types().join(' '),
    );
    await app.decide(app.owner, 'approve', [comment]);
    await until(
      () => types().includes('left'),
      'the leaving',
      () => types().join(' '),
    );
    for (const change of changes) expectMessage('queue', change);

    for (const payload of [{ site: DEMO_SITE }, { site: DEMO_SITE, queues: ['imaginary'] }, { queues: [] }]) {
      expect(schemas.named('JoinQueues', payload)).toBeDefined();
      const answer = (await socket.emitWithAck('join', payload)) as unknown;
      expectMessage('joinQueuesAnswer', answer);
      expect(answer).toMatchObject({ ok: false });
    }
    socket.close();
  });
});
