import { DEMO_SITE } from '../../src/demo.js';
import { PAGE_ORIGIN, startApp, type App, type Person } from '../support/app.js';
import { mailsAreOut } from '../support/mailbox.js';
import { PushService } from '../support/push-service.js';
import { until } from '../support/until.js';

interface Notification {
  id: string;
  kind: string;
  at: string;
  readAt: string | null;
  thread: { key: string; title: string } | null;
  comment: { id: string; authorName: string; excerpt: string } | null;
  outcome: string | null;
}
interface Inbox {
  items: Notification[];
  nextCursor: string | null;
  unread: number;
}

describe('the inbox', () => {
  let app: App;
  let moderator: Person;

  beforeAll(async () => {
    app = await startApp({
      jobs: true,
      settings: { moderationMode: 'post', undoSeconds: 0, mailWindowSeconds: 0 },
      config: { outgoingNetworks: ['127.0.0.0/8'] },
    });
    moderator = await app.staff('moderator');
  });
  afterAll(() => app.stop());

  const inbox = (reader: Person, query: Record<string, string | number> = {}) =>
    app.expect<Inbox>(200, '/me/notifications', { token: reader.token, query });
  const kinds = async (reader: Person) => (await inbox(reader)).items.map(({ kind }) => kind);
  const told = async (reader: Person, count: number) => {
    await mailsAreOut(app);
    await until(async () => (await inbox(reader)).items.length >= count, `${count} notifications`);
    return inbox(reader);
  };
  const answered = async (title = 'The bridge') => {
    const [thread, ada, grace] = [await app.thread({ title }), await app.guest('Ada'), await app.guest('Grace')];
    const root = await app.post(ada, thread, 'A question?');
    const answer = await app.post(grace, thread, 'An *answer*.', { parentId: root.id });
    return { thread, ada, grace, root, answer };
  };

  it('tells readers of answers to their comments, asked for or not, and nobody of the own ones', async () => {
    const { thread, ada, grace, root, answer } = await answered();
    await app.post(ada, thread, 'And I say too.', { parentId: root.id });
    const { items, unread } = await told(ada, 1);
    expect(unread).toBe(1);
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'reply',
        readAt: null,
        thread: { key: thread, title: 'The bridge', url: `${PAGE_ORIGIN}/${thread}` },
        comment: { id: answer.id, authorName: 'Grace', excerpt: 'An answer.' },
        outcome: null,
      }),
    ]);
    expect(await kinds(grace)).toEqual([]);
  });

  it('forgets what was taken down, and knows it again when it is back', async () => {
    const { ada, answer } = await answered();
    await told(ada, 1);
    await app.decide(moderator, 'reject', [answer], { reason: 'abuse' });
    expect(await inbox(ada)).toMatchObject({ items: [], unread: 0 });
    await app.decide(moderator, 'restore', [{ id: answer.id, revision: 1 }]);
    await mailsAreOut(app);
    expect(await inbox(ada)).toMatchObject({ items: [{ kind: 'reply' }], unread: 1 });
  });

  it('says what was decided about a reader, and what became of reports', async () => {
    const { ada, grace, answer } = await answered();
    await app.settled();
    await app.expect(201, `/comments/${answer.id}/reports`, {
      method: 'POST',
      token: ada.token,
      body: { reason: 'abuse' },
    });
    await app.decide(moderator, 'reject', [answer], { reason: 'abuse' });
    await told(grace, 1);
    expect(await inbox(grace)).toMatchObject({ items: [{ kind: 'rejected', comment: null }] });
    expect(await told(ada, 1)).toMatchObject({ items: [{ kind: 'report', outcome: 'agreed', comment: null }] });
    await app.decide(moderator, 'restore', [{ id: answer.id, revision: 1 }]);
    expect(await kinds(grace)).toEqual([]);
  });

  it('marks some, or all up to a moment, as read, and only the own ones', async () => {
    const { thread, ada, grace, root } = await answered();
    for (const word of ['Two', 'Three']) await app.post(grace, thread, word, { parentId: root.id });
    const { items } = await told(ada, 3);
    const read = (reader: Person, body: object, status = 200) =>
      app.expect<{ unread: number }>(status, '/me/notifications/read', { method: 'POST', token: reader.token, body });
    expect(await read(grace, { ids: [items[0]?.id] })).toEqual({ unread: 0 });
    expect((await inbox(ada)).unread).toBe(3);
    expect(await read(ada, { ids: [items[0]?.id] })).toEqual({ unread: 2 });
    expect(await read(ada, { before: items[1]?.at })).toEqual({ unread: 0 });
    expect((await inbox(ada)).items.every(({ readAt }) => readAt !== null)).toBe(true);
    await read(ada, {}, 422);
    await read(ada, { ids: [items[0]?.id], before: items[0]?.at }, 422);
    await read(ada, { before: 'yesterday' }, 422);
    await read(ada, { ids: ['x'] }, 422);
  });

  it('comes in pages', async () => {
    const { thread, ada, grace, root } = await answered();
    for (let n = 0; n < 4; n++) await app.post(grace, thread, `Answer ${n}`, { parentId: root.id });
    const all = (await told(ada, 5)).items.map(({ id }) => id);
    const walked: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Inbox = await inbox(ada, { limit: 2, ...(cursor === null ? {} : { cursor }) });
      walked.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(walked).toEqual(all);
    expect((await app.call('/me/notifications', { token: ada.token, query: { cursor: 'x' } })).status).toBe(400);
  });

  it('is of readers with a session', async () => {
    expect((await app.call('/me/notifications')).status).toBe(401);
    expect((await app.call('/me/notifications', { token: moderator.token })).status).toBe(401);
    const elsewhere = { method: 'POST', body: { ids: [] }, headers: { origin: 'https://elsewhere.example' } };
    const { token } = await app.guest();
    expect(
      (await app.call('/me/notifications/read', { ...elsewhere, token, body: { before: new Date().toISOString() } }))
        .status,
    ).toBe(403);
  });

  it('is live on the pages where the reader has signed in, as long as the session lasts', async () => {
    const { thread, ada, grace, root } = await answered();
    await told(ada, 1);
    const [signedIn, byHandshake, other] = [
      app.socket('/live'),
      app.socket('/live', { auth: { token: ada.token } }),
      app.socket('/live'),
    ];
    const sockets = [signedIn, byHandshake, other];
    const frames = sockets.map((socket) => {
      const seen: unknown[] = [];
      socket.on('inbox', (frame) => seen.push(frame));
      return seen;
    });
    expect(await signedIn.emitWithAck('sign-in', { token: ada.token })).toEqual({ ok: true, inbox: { unread: 1 } });
    expect(await byHandshake.emitWithAck('sign-in', {})).toEqual({ ok: true, inbox: { unread: 1 } });
    expect(await other.emitWithAck('join', { site: DEMO_SITE, thread })).toMatchObject({ ok: true });
    for (const payload of [{}, { token: 'x' }, { token: moderator.token }]) {
      expect(await other.emitWithAck('sign-in', payload)).toMatchObject({ ok: false, problem: { status: 401 } });
    }
    await app.post(grace, thread, 'Live.', { parentId: root.id });
    await until(() => frames.slice(0, 2).every((seen) => seen.length === 1), 'both pages to be told');
    expect(frames).toEqual([[{ unread: 2 }], [{ unread: 2 }], []]);
    expect(await byHandshake.emitWithAck('sign-out', {})).toEqual({ ok: true });
    await app.expect(200, '/me/notifications/read', {
      method: 'POST',
      token: ada.token,
      body: { before: new Date().toISOString() },
    });
    await until(() => frames[0]?.length === 2, 'the page to be told that all is read');
    await app.expect(204, `/sites/${DEMO_SITE}/sessions`, { method: 'DELETE', token: ada.token });
    await app.post(grace, thread, 'Nobody listens.', { parentId: root.id });
    await mailsAreOut(app);
    expect(frames).toEqual([[{ unread: 2 }, { unread: 0 }], [{ unread: 2 }], []]);
    for (const socket of sockets) socket.disconnect();
  });

  it('is counted again where a comment that it tells of is taken down, comes back, or mentions nobody any more', async () => {
    const { thread, ada, grace, root, answer } = await answered();
    await app.post(grace, thread, 'More.', { parentId: root.id });
    const mentioning = await app.post(grace, thread, `Is that so, @[Ada](reader:${ada.id})?`);
    await told(ada, 3);
    const socket = app.socket('/live');
    const frames: unknown[] = [];
    socket.on('inbox', (frame) => frames.push(frame));
    expect(await socket.emitWithAck('sign-in', { token: ada.token })).toEqual({ ok: true, inbox: { unread: 3 } });
    const isTold = (unread: number) =>
      until(() => JSON.stringify(frames.at(-1)) === JSON.stringify({ unread }), `the page to count ${unread}`);
    await app.decide(moderator, 'reject', [answer], { reason: 'abuse' });
    await isTold(2);
    expect((await inbox(ada)).items.map(({ comment }) => comment?.id)).not.toContain(answer.id);
    await app.decide(moderator, 'restore', [{ id: answer.id, revision: 1 }]);
    await isTold(3);
    await app.expect(200, `/comments/${mentioning.id}`, {
      method: 'PATCH',
      token: grace.token,
      body: { body: 'Is that so?' },
    });
    await isTold(2);
    await app.expect(204, `/comments/${answer.id}`, { method: 'DELETE', token: grace.token });
    await isTold(1);
    socket.disconnect();
  });

  describe('pushed to browsers', () => {
    let service: PushService;

    beforeEach(async () => {
      service = new PushService();
      await service.start();
    });
    afterEach(() => service.stop());

    const allow = (reader: Person, body: object, status = 201) =>
      app.expect<{ id: string; host: string }>(status, '/me/push', { method: 'POST', token: reader.token, body });
    const allowed = (reader: Person) =>
      app.expect<{ publicKey: string; subscriptions: { id: string }[] }>(200, '/me/push', { token: reader.token });

    it('says what the inbox says, sealed for the browser and signed by the key that it was given', async () => {
      const [thread, ada, grace] = [
        await app.thread({ title: 'The bridge' }),
        await app.guest(),
        await app.guest('Grace'),
      ];
      await allow(ada, service.subscription());
      await allow(ada, service.subscription());
      const { publicKey, subscriptions } = await allowed(ada);
      expect(subscriptions).toHaveLength(1);
      const root = await app.post(ada, thread, 'A question?');
      await app.post(grace, thread, 'An answer.', { parentId: root.id });
      await until(() => service.pushed.length === 1, 'the push');
      const { items } = await inbox(ada);
      expect(service.pushed[0]?.payload).toEqual(items[0]);
      const { headers } = service.pushed[0] ?? {};
      expect(headers).toMatchObject({ ttl: '86400', 'content-encoding': 'aes128gcm' });
      expect(headers?.authorization).toMatch(new RegExp(`^vapid t=[\\w.-]+, k=${publicKey}$`));
    });

    it('says nothing of what was taken down meanwhile, tries again what was not taken, and lets go who is gone', async () => {
      const [thread, ada, grace] = [await app.thread(), await app.guest(), await app.guest('Grace')];
      const root = await app.post(ada, thread, 'A question?');
      await allow(ada, service.subscription());
      service.status = 503;
      const answer = await app.post(grace, thread, 'An answer.', { parentId: root.id });
      await until(() => service.pushed.length === 1, 'the first attempt');
      const waiting = `SELECT count(*) FROM pushes WHERE next_at > clock_timestamp()`;
      await app.decide(moderator, 'reject', [answer], { reason: 'abuse' });
      await app.pool.query('UPDATE pushes SET next_at = clock_timestamp()');
      await until(async () => (await app.count(waiting)) === 0, 'it to be let go');
      expect(service.pushed).toHaveLength(1);
      service.status = 410;
      await app.post(grace, thread, 'Another answer.', { parentId: root.id });
      await until(async () => (await allowed(ada)).subscriptions.length === 0, 'the browser to be forgotten');
    });

    it('is of whoever uses the browser now', async () => {
      const [ada, grace] = [await app.guest(), await app.guest('Grace')];
      const browser = service.subscription();
      await allow(ada, browser);
      await allow(ada, service.subscription('at-home'));
      await allow(grace, browser);
      expect([(await allowed(ada)).subscriptions.length, (await allowed(grace)).subscriptions.length]).toEqual([1, 1]);
    });

    it('waits for nobody whose push service takes its time', async () => {
      const [thread, ada, grace] = [await app.thread(), await app.guest(), await app.guest('Grace')];
      for (let n = 0; n < 20; n++) await allow(ada, service.subscription(`silent/${n}`));
      await allow(grace, service.subscription());
      const [one, other] = [await app.post(ada, thread, 'One.'), await app.post(grace, thread, 'Other.')];
      await app.post(grace, thread, 'To Ada.', { parentId: one.id });
      await until(() => service.silent.length === 20, 'the silent ones to be asked');
      await app.post(ada, thread, 'To Grace.', { parentId: other.id });
      await until(() => service.pushed.length === 1, 'the push to Grace');
      // All of them are still waited for.
      expect(service.silent.every(({ destroyed }) => !destroyed)).toBe(true);
    });

    it('is no longer than push services take', async () => {
      const [ada, grace] = [await app.guest(), await app.guest('Grace')];
      const url = `${PAGE_ORIGIN}/`.padEnd(1_990, 'x');
      const thread = await app.thread({ title: '橋'.repeat(500), url }, `é${'ü'.repeat(240)}`);
      await allow(ada, service.subscription());
      const root = await app.post(ada, thread, 'A question?');
      await app.post(grace, thread, '答'.repeat(400), { parentId: root.id });
      await until(() => service.pushed.length === 1, 'the push');
      expect(service.pushed[0]?.bytes).toBeLessThanOrEqual(4_096);
      expect(service.pushed[0]?.payload).toMatchObject({
        kind: 'reply',
        thread: { url, title: `${'橋'.repeat(120)}…` },
      });
    });

    it('takes no address that nobody outside may name, and is the reader’s own', async () => {
      const [ada, grace] = [await app.guest(), await app.guest('Grace')];
      const { keys } = service.subscription();
      for (const endpoint of ['http://10.0.0.1/x', 'ftp://push.example/x', 'nowhere', 'https://a:b@push.example/']) {
        await allow(ada, { endpoint, keys }, 422);
      }
      await allow(ada, { endpoint: 'http://93.184.215.14/x', keys }, 422);
      await allow(ada, { endpoint: `https://push.example/${'ä'.repeat(900)}`, keys }, 422);
      const noPoint = { ...keys, p256dh: `B${'A'.repeat(86)}` };
      await allow(ada, { endpoint: 'https://push.example/x', keys: noPoint }, 422);
      await allow(ada, { endpoint: 'https://push.example/x', keys: { ...keys, auth: 'short' } }, 422);
      const { id, host } = await allow(ada, service.subscription());
      expect(host).toMatch(/^127\.0\.0\.1:/);
      const end = (reader: Person) => app.call(`/me/push/${id}`, { method: 'DELETE', token: reader.token });
      expect([(await end(grace)).status, (await end(ada)).status, (await end(ada)).status]).toEqual([404, 204, 404]);
      expect((await app.call('/me/push')).status).toBe(401);
    });
  });
});
