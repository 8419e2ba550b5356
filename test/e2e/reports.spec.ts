import type { Comment } from '../../web/shared/api-types.js';
import { startApp, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { until } from '../support/until.js';

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown as string;

interface Receipt {
  id: string;
  commentId: string;
  reason: string;
  createdAt: string;
}
interface MyReport extends Receipt {
  text: string | null;
  state: string;
  settledAt: string | null;
}
interface Item {
  id: string;
  queue: string;
  priority: number;
  priorityParts: Record<string, number>;
  reasons: { rule: string; score: number; explanation: string }[];
  reports: (MyReport & { by: { id: string; name: string }; weight: number; revision: number })[];
  reportCount: number;
  reportReasons: Record<string, number>;
  notices: object[];
  claim: object | null;
  comment: { id: string; status: string };
}
interface Detail {
  comment: { status: string; decidedBy: string };
  reports: { state: string }[];
  decisions: {
    action: string;
    by: object | null;
    decidedBy: string;
    reason: string | null;
    from: string;
    to: string;
  }[];
}
interface Frame {
  queue: string;
  type: string;
  counts: { queue: string; open: number }[];
}

describe('reports', () => {
  let app: App;
  let author: Person;
  let moderator: Person;
  let other: Person;

  beforeAll(async () => {
    app = await startApp({
      settings: { moderationMode: 'post', reportThreshold: 3, undoSeconds: 60, editWindowSeconds: 600 },
    });
    [author, moderator, other] = await Promise.all([
      app.guest('Author'),
      app.staff('moderator'),
      app.staff('moderator'),
    ]);
  });
  afterAll(() => app.stop());

  const as = (by: Person, method = 'GET', body?: object) => ({ method, token: by.token, body });
  const posted = async (text = 'A comment that some do not like'): Promise<Comment> => {
    const comment = await app.post(author, await app.thread(), text);
    await app.settled();
    return comment;
  };
  const report = (by: Person, { id }: { id: string }, reason = 'spam', text?: string) =>
    app.expect<Receipt>(201, `/comments/${id}/reports`, as(by, 'POST', { reason, text }));
  const readers = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => app.guest(`Reader ${n}`)));
  const refused = async (status: number, code: string, path: string, call: Parameters<App['call']>[1]) => {
    const answer = await app.call<ProblemBody>(path, call);
    expect([path, answer.status, answer.body?.code]).toEqual([path, status, code]);
    return answer.body;
  };
  const detail = (id: string) => app.expect<Detail>(200, `/moderation/comments/${id}`, as(moderator));
  /** As it is now, and not as it was answered when it was posted. */
  const present = ({ id }: Comment, revision = 1) => ({ id, revision });
  const statusOf = async (id: string) => (await detail(id)).comment.status;
  const items = async ({ threadKey }: Comment, queue = 'reported') => {
    await app.settled();
    const query = { site: 'demo', thread: threadKey };
    return (await app.expect<{ items: Item[] }>(200, `/moderation/queues/${queue}/items`, { ...as(moderator), query }))
      .items;
  };
  const mine = async (by: Person) => (await app.expect<{ items: MyReport[] }>(200, '/me/reports', as(by))).items;
  const states = async (by: Person) => (await mine(by)).map((one) => one.state);
  const shown = async ({ threadKey }: Comment) => (await app.list(threadKey)).items.map((one) => one.id);

  it('are taken once a reader and revision, and answered alike', async () => {
    const comment = await posted();
    const [ben] = (await readers(1)) as [Person];
    const first = await report(ben, comment, 'abuse', 'He means my neighbour.\u202e');
    expect(first).toEqual({ id: first.id, commentId: comment.id, reason: 'abuse', createdAt: instant });
    expect(await report(ben, comment, 'spam', 'Again')).toEqual(first);
    expect(await mine(ben)).toEqual([{ ...first, text: 'He means my neighbour.', state: 'open', settledAt: null }]);
    expect(await app.count('SELECT count(*) FROM reports WHERE comment_id = $1', [comment.id])).toBe(1);
  });

  it('are of a reader, on a published comment of another one of the same site, for a reason of the site', async () => {
    const comment = await posted();
    const [ben] = (await readers(1)) as [Person];
    await app.site('elsewhere', { name: 'Elsewhere' });
    const stranger = await app.guest('Stranger', 'elsewhere');
    const path = `/comments/${comment.id}/reports`;
    const spam = { reason: 'spam' };
    await refused(401, 'unauthenticated', path, { method: 'POST', body: spam });
    await refused(401, 'unauthenticated', path, as(moderator, 'POST', spam));
    await refused(404, 'not-found', path, as(stranger, 'POST', spam));
    await refused(409, 'own-comment', path, as(author, 'POST', spam));
    const unknown = await refused(422, 'validation', path, as(ben, 'POST', { reason: 'dislike' }));
    expect(unknown.errors).toEqual([{ pointer: '/reason', detail: expect.stringContaining('off-topic') as string }]);
    await refused(422, 'validation', path, as(ben, 'POST', { ...spam, text: 'x'.repeat(1_001) }));
    await refused(422, 'validation', path, as(ben, 'POST', { ...spam, verdict: 'agreed' }));
    const page = { ...as(ben, 'POST', spam), headers: { origin: 'https://other.example' } };
    await refused(403, 'origin-not-permitted', path, page);
    await refused(404, 'not-found', '/comments/019aab2e-5d0f-7c05-9d9c-0f5b6e1f4d11/reports', as(ben, 'POST', spam));
    await app.decide(moderator, 'reject', [present(comment)]);
    await refused(409, 'not-reportable', path, as(ben, 'POST', spam));
    await app.expect(204, `/comments/${comment.id}`, as(author, 'DELETE'));
    await refused(404, 'not-found', path, as(ben, 'POST', spam));
    await refused(401, 'unauthenticated', '/me/reports', {});
  });

  it("take their reasons from the site's list", async () => {
    const defaults = await app.expect<{ settings: { reportReasons: { code: string }[] } }>(200, '/sites/demo', {});
    expect(defaults.settings.reportReasons.map(({ code }) => code)).toEqual([
      ...['spam', 'abuse', 'hate', 'illegal', 'off-topic', 'other'],
    ]);
    const reportReasons = [{ code: 'doxxing', label: 'It says where somebody lives' }];
    await app.settings({ reportReasons });
    const comment = await posted();
    const [ben] = (await readers(1)) as [Person];
    await until(
      async () => (await app.expect<typeof defaults>(200, '/sites/demo', {})).settings.reportReasons.length === 1,
      'the setting',
    );
    expect((await report(ben, comment, 'doxxing')).reason).toBe('doxxing');
    await refused(422, 'validation', `/comments/${comment.id}/reports`, as(ben, 'POST', { reason: 'spam' }));
    await app.settings({ reportReasons: defaults.settings.reportReasons });
  });

  it('bring a comment into the queue, with what it needs to be judged, and it stays where it stood', async () => {
    const comment = await posted();
    const [ben, cleo] = (await readers(2)) as [Person, Person];
    await report(ben, comment, 'abuse', 'Rude');
    await report(cleo, comment, 'hate');
    const [item, ...more] = await items(comment);
    expect(more).toEqual([]);
    expect(item).toMatchObject({
      queue: 'reported',
      priority: expect.closeTo(2, 1),
      priorityParts: { scores: 0, reports: 2, notices: 0, reach: 0, age: expect.closeTo(0, 1) },
      reports: [
        { by: { id: cleo.id }, reason: 'hate', text: null, weight: 1, revision: 1 },
        { by: { id: ben.id, name: ben.name }, reason: 'abuse', text: 'Rude' },
      ],
      reportCount: 2,
      reportReasons: { abuse: 1, hate: 1 },
      notices: [],
      comment: { id: comment.id, status: 'published' },
    });
    expect(item?.reasons.find(({ rule }) => rule === 'reports')).toMatchObject({
      score: 0.667,
      explanation: 'Open reports of readers: 2 (abuse, hate).',
    });
    expect(await items(comment, 'unmoderated')).toHaveLength(1);
    expect(await shown(comment)).toEqual([comment.id]);
  });

  it('take a comment out of sight at the threshold, live, and say why', async () => {
    const comment = await posted();
    const socket = app.socket('/live');
    const events: { type: string; commentId?: string }[] = [];
    socket.on('events', (frame: { events: typeof events }) => events.push(...frame.events));
    await socket.emitWithAck('join', { site: 'demo', thread: comment.threadKey });
    const three = await readers(3);
    for (const reader of three) {
      expect(await statusOf(comment.id)).toBe('published');
      await report(reader, comment);
    }
    await until(
      () => events.some(({ type, commentId }) => type === 'comment.removed' && commentId === comment.id),
      'it',
    );
    socket.close();
    expect(await shown(comment)).toEqual([]);
    const { comment: held, decisions } = await detail(comment.id);
    expect(held).toMatchObject({ status: 'pending', decidedBy: 'rule' });
    expect(decisions).toMatchObject([
      { action: 'hold', by: null, decidedBy: 'rule', reason: 'reports', from: 'published', to: 'pending' },
    ]);
    for (const queue of ['reported', 'pending']) {
      const [item] = await items(comment, queue);
      expect(item).toMatchObject({ reportCount: 3, comment: { id: comment.id, status: 'pending' } });
      expect(item?.reasons.map(({ rule }) => rule)).toEqual(['reports']);
    }
    expect(await items(comment, 'unmoderated')).toEqual([]);
    const { items: log } = await app.expect<{ items: { action: string; subject: { id: string }; codes: object }[] }>(
      200,
      '/moderation/log',
      as(moderator),
    );
    expect(log.find(({ subject }) => subject.id === comment.id)).toMatchObject({
      action: 'comment.held',
      codes: { reason: 'reports', readers: 3, threshold: 3 },
    });
    // An answer that was lost on the way: the reader asks again, and gets the same.
    expect(await report(three[2] as Person, comment)).toMatchObject({ commentId: comment.id });
  });

  it('cross the threshold once when 50 readers report at the same time', async () => {
    const comment = await posted();
    const fifty = await readers(50);
    const answers = await Promise.all(
      fifty.map((reader) =>
        app.call<ProblemBody>(`/comments/${comment.id}/reports`, as(reader, 'POST', { reason: 'hate' })),
      ),
    );
    await app.settled();
    const taken = answers.filter(({ status }) => status === 201).length;
    expect(answers.filter(({ status }) => status !== 201).every(({ body }) => body.code === 'not-reportable')).toBe(
      true,
    );
    expect(taken).toBe(3);
    expect(await app.count('SELECT count(*) FROM decisions WHERE comment_id = $1', [comment.id])).toBe(1);
    const events = `SELECT count(*) FROM thread_events WHERE comment_id = $1 AND type = 'comment.removed'`;
    expect(await app.count(events, [comment.id])).toBe(1);
    expect((await items(comment))[0]).toMatchObject({ reportCount: 3 });
  });

  it.each([
    ['approve', undefined, 'published', 'disagreed'],
    ['reject', undefined, 'rejected', 'agreed'],
    ['spam', undefined, 'spam', 'agreed'],
    ['reject', 'ignored', 'rejected', 'ignored'],
    ['approve', 'agreed', 'published', 'agreed'],
  ])('are settled by a decision: %s with verdict %s', async (action, reportVerdict, status, state) => {
    const comment = await posted();
    const two = (await readers(2)) as [Person, Person];
    for (const reader of two) await report(reader, comment);
    const { results } = await app.decide(moderator, action, [comment], { reportVerdict });
    expect(results).toEqual([{ commentId: comment.id, status, outcome: 'applied' }]);
    expect(await items(comment)).toEqual([]);
    for (const reader of two) expect(await mine(reader)).toMatchObject([{ state, settledAt: instant }]);
  });

  it('put back in order by an undo: the comment is held, the reports are open, the item is back', async () => {
    const comment = await posted();
    const three = (await readers(3)) as [Person, Person, Person];
    for (const reader of three) await report(reader, comment);
    const { batchId } = await app.decide(moderator, 'approve', [present(comment)]);
    const late = await app.guest('Late');
    await report(late, comment);
    expect(await states(late)).toEqual(['ignored']);
    await app.expect(200, `/moderation/decisions/${batchId}/undo`, as(moderator, 'POST'));
    expect(await statusOf(comment.id)).toBe('pending');
    for (const reader of [...three, late]) expect(await states(reader)).toEqual(['open']);
    expect((await items(comment))[0]).toMatchObject({ reportCount: 4, comment: { status: 'pending' } });
    await app.decide(moderator, 'reject', [present(comment)]);
    expect(await states(late)).toEqual(['agreed']);
  });

  it('open again one of a reader who has reported both the revision before and the one that was judged', async () => {
    const comment = await posted('What was edited while it was reported');
    const reader = await app.guest('Reports twice');
    await report(reader, comment);
    await app.expect(200, `/comments/${comment.id}`, as(author, 'PATCH', { body: 'What it says now' }));
    const { batchId } = await app.decide(moderator, 'approve', [present(comment, 2)]);
    await report(reader, comment, 'hate');
    await app.expect(200, `/moderation/decisions/${batchId}/undo`, as(moderator, 'POST'));
    expect(await states(reader)).toEqual(['open', 'ignored']);
  });

  it('do not open again what was judged, however many come, until the comment changes', async () => {
    const comment = await posted();
    const [ben] = (await readers(1)) as [Person];
    await report(ben, comment);
    await app.decide(moderator, 'approve', [present(comment)]);
    const mob = await readers(10);
    const answers = await Promise.all(mob.map((reader) => report(reader, comment)));
    expect(answers.map((answer) => Object.keys(answer).sort().join(' '))).toEqual(
      mob.map(() => 'commentId createdAt id reason'),
    );
    await report(ben, comment, 'hate');
    expect(await items(comment)).toEqual([]);
    expect(await statusOf(comment.id)).toBe('published');
    expect(await states(ben)).toEqual(['disagreed']);
    expect(await states(mob[0] as Person)).toEqual(['ignored']);

    await app.expect(200, `/comments/${comment.id}`, as(author, 'PATCH', { body: 'And now it is really bad' }));
    await report(ben, comment, 'hate');
    expect((await items(comment))[0]).toMatchObject({ reportCount: 1, reports: [{ revision: 2, reason: 'hate' }] });
    expect(await states(ben)).toEqual(['open', 'disagreed']);
  });

  it('hold a comment whatever its author makes of it meanwhile', async () => {
    const comment = await posted();
    for (const reader of await readers(3)) await report(reader, comment);
    await app.expect(200, `/comments/${comment.id}`, as(author, 'PATCH', { body: 'I meant no harm' }));
    expect(await statusOf(comment.id)).toBe('pending');
    expect((await items(comment))[0]).toMatchObject({ reportCount: 3, comment: { revision: 2 } });
    const { results } = await app.decide(moderator, 'approve', [present(comment, 1)]);
    expect(results[0]?.outcome).toBe('conflict');
    await app.decide(moderator, 'approve', [present(comment, 2)]);
    await app.settled();
    expect(await shown(comment)).toEqual([comment.id]);
  });

  it('weigh by the record of who reports', async () => {
    const [wolf, owl] = (await readers(2)) as [Person, Person];
    for (let n = 0; n < 3; n++) {
      const fine = await posted(`Fine ${n}`);
      await report(wolf, fine);
      await app.decide(moderator, 'approve', [fine]);
      const bad = await posted(`Bad ${n}`);
      await report(owl, bad);
      await app.decide(moderator, 'reject', [bad]);
    }
    const [doubtful, likely] = [await posted('Doubtful'), await posted('Likely')];
    await report(wolf, doubtful);
    await report(owl, likely);
    // (0 + 1) / (0 + 3 + 2) and (3 + 1) / (3 + 0 + 2), twice
    expect((await items(doubtful))[0]?.priorityParts).toMatchObject({ reports: 0.4 });
    expect((await items(likely))[0]).toMatchObject({ priority: expect.closeTo(1.6, 1), reports: [{ weight: 1.6 }] });
    // Whoever is mostly wrong takes nothing down: two others and the wolf are not three.
    for (const reader of await readers(2)) await report(reader, doubtful);
    expect(await statusOf(doubtful.id)).toBe('published');
    await report(owl, doubtful);
    expect(await statusOf(doubtful.id)).toBe('pending');
  });

  it('and decisions at the same time end in one order or the other', async () => {
    const three = (await readers(3)) as [Person, Person, Person];
    for (let round = 0; round < 8; round++) {
      const comment = await posted(`Round ${round}`);
      const [decided, ...reports] = await Promise.all([
        app.decide(moderator, 'approve', [present(comment)]),
        ...three.map((reader) => report(reader, comment)),
      ]);
      expect(decided.results).toEqual([{ commentId: comment.id, status: 'published', outcome: 'applied' }]);
      expect(reports).toHaveLength(3);
      expect(await items(comment)).toEqual([]);
      expect(await statusOf(comment.id)).toBe('published');
      const open = `SELECT count(*) FROM reports WHERE comment_id = $1 AND state = 'open'`;
      expect(await app.count(open, [comment.id])).toBe(0);
    }
  });

  it('are closed, for nobody and against nobody, when the author takes the comment back', async () => {
    const comment = await posted();
    const [ben] = (await readers(1)) as [Person];
    await report(ben, comment);
    expect(await items(comment)).toHaveLength(1);
    await app.expect(204, `/comments/${comment.id}`, as(author, 'DELETE'));
    expect(await items(comment)).toEqual([]);
    expect(await states(ben)).toEqual(['ignored']);
  });

  it('page by key, newest first', async () => {
    const [ben] = (await readers(1)) as [Person];
    const expected: string[] = [];
    for (let n = 0; n < 5; n++) expected.unshift((await report(ben, await posted(`Page ${n}`))).id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = { limit: 2, cursor: cursor === '' ? undefined : cursor };
      const page: { items: MyReport[]; nextCursor: string | null } = await app.expect(200, '/me/reports', {
        ...as(ben),
        query,
      });
      seen.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(expected);
    await refused(400, 'malformed-cursor', '/me/reports', { ...as(ben), query: { cursor: 'no' } });
    await refused(400, 'malformed-parameter', '/me/reports', { ...as(ben), query: { limit: 0 } });
  });

  it('are counted and told to consoles, and claimed by one', async () => {
    const comment = await posted();
    const socket = app.socket('/moderation', { auth: { token: moderator.token } });
    const frames: Frame[] = [];
    socket.on('queue', (frame: Frame) => frames.push(frame));
    await socket.emitWithAck('join', { site: 'demo', queues: ['reported', 'illegal'] });
    const open = async () => {
      const { items: counts } = await app.expect<{ items: Frame['counts'] }>(
        200,
        '/moderation/queues?site=demo',
        as(moderator),
      );
      return counts.find(({ queue }) => queue === 'reported')?.open ?? NaN;
    };
    const before = await open();
    const [ben, cleo] = (await readers(2)) as [Person, Person];
    await report(ben, comment);
    const heard = (type: string) => until(() => frames.some((frame) => frame.type === type), type);
    await heard('entered');
    expect(await open()).toBe(before + 1);
    await report(cleo, comment);
    await heard('changed');

    const claim = (by: Person, queue: string) =>
      app.expect<{ items: Item[] }>(200, '/moderation/claims', {
        ...as(by, 'POST', { queue, site: 'demo', limit: 100 }),
      });
    const held = await claim(moderator, 'reported');
    expect(held.items.map((item) => item.comment.id)).toContain(comment.id);
    await heard('claimed');
    // Of one comment that stands in two queues, nobody else is offered the other item.
    expect((await claim(other, 'unmoderated')).items.map((item) => item.comment.id)).not.toContain(comment.id);
    expect((await app.decide(other, 'approve', [comment])).results[0]?.outcome).toBe('conflict');
    await app.decide(moderator, 'reject', [present(comment)]);
    await heard('left');
    expect(await open()).toBe(before);
    socket.close();
  });

  it('leave the thread as it was for who reads it', async () => {
    const comment = await posted();
    const before = await app.readThread(comment.threadKey);
    const [ben] = (await readers(1)) as [Person];
    await report(ben, comment);
    await app.settled();
    const after = await app.readThread(comment.threadKey);
    expect(after).toEqual(before);
    const events = await app.expect<{ items: object[] }>(200, `${threadPath(comment.threadKey)}/events?after=1`, {});
    expect(events.items).toEqual([]);
  });
});
