import type { Thread } from '../../web/shared/api-types.js';
import { startApp, threadPath, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

describe('the state of a thread, by a moderator', () => {
  let app: App;
  let [ada, moderator] = [] as unknown as [Person, Person];

  beforeAll(async () => {
    app = await startApp();
    [ada, moderator] = await Promise.all([app.guest(), app.staff('moderator')]);
  });
  afterAll(() => app.stop());

  const put = (by: Person, id: string, state: string) => ({
    path: `/moderation/threads/${id}/state`,
    call: { method: 'PUT', token: by.token, body: { state } },
  });
  const set = ({ path, call }: ReturnType<typeof put>, status = 200) => app.expect<Thread>(status, path, call);
  const entries = (id: string) =>
    app.count(`SELECT count(*) FROM log_entries WHERE subject_id = $1 AND action = 'thread.changed'`, [id]);

  it('closes, freezes and opens it; open pages are told, and the log says who did', async () => {
    const key = await app.thread();
    const { id } = await app.readThread(key);
    const socket = app.socket('/live');
    try {
      const types: string[] = [];
      socket.on('events', ({ events }: { events: { type: string }[] }) =>
        types.push(...events.map(({ type }) => type)),
      );
      await socket.emitWithAck('join', { site: 'demo', thread: key });
      const before = await entries(id);
      expect((await set(put(moderator, id, 'closed'))).state).toBe('closed');
      const posting = { method: 'POST', token: ada.token, body: { body: 'Late' } };
      await app.expect(409, `${threadPath(key)}/comments`, posting);
      await until(() => types.includes('thread.changed'), 'the page to be told');
      await until(async () => (await app.readThread(key)).state === 'closed', 'the page to be read anew');
      expect((await set(put(moderator, id, 'frozen'))).state).toBe('frozen');
      expect((await set(put(moderator, id, 'open'))).state).toBe('open');
      await app.post(ada, key, 'In time');
      expect(await entries(id)).toBe(before + 3);
      // Nothing changed, nothing is said.
      await set(put(moderator, id, 'open'));
      expect(await entries(id)).toBe(before + 3);
    } finally {
      socket.disconnect();
    }
  });

  it('opens what a time has closed, for good, and leaves a time that is ahead', async () => {
    const [past, ahead] = [new Date(Date.now() - 1_000), new Date(Date.now() + 3_600_000)].map((at) =>
      at.toISOString(),
    );
    const closed = await app.thread({ closesAt: past });
    const { id, state } = await app.readThread(closed);
    expect(state).toBe('closed');
    expect((await set(put(moderator, id, 'open'))).state).toBe('open');
    await app.post(ada, closed, 'Again');

    const { id: later } = await app.readThread(await app.thread({ closesAt: ahead, state: 'closed' }));
    await set(put(moderator, later, 'open'));
    const kept = 'SELECT count(*) FROM threads WHERE id = $1 AND closes_at IS NOT NULL';
    expect(await app.count(kept, [later])).toBe(1);
  });

  it('is set by staff of the site alone', async () => {
    const { id } = await app.readThread(await app.thread());
    await app.site('elsewhere', { name: 'Elsewhere', origins: [] });
    await set(put(await app.staff('owner', 'elsewhere'), id, 'closed'), 404);
    await set(put(ada, id, 'closed'), 401);
    await set(put(moderator, id, 'shut'), 422);
    await set(put(moderator, '01900000-0000-7000-8000-000000000000', 'closed'), 404);
    for (const role of ['admin', 'owner'] as const) await set(put(await app.staff(role), id, 'closed'));
    // The rest of a thread stays the publisher's.
    await app.expect(403, threadPath('thread-1'), { method: 'PUT', token: moderator.token, body: { title: 'Mine' } });
  });
});
