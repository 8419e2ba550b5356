import type { Comment, CommentItem } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

type Item = CommentItem & {
  claim: { by: { id: string } } | null;
  escalated: { by: { id: string; name: string }; at: string; reason: string | null; note: string | null } | null;
};
interface Entry {
  action: string;
  actor: { id: string };
  codes: { escalationId?: string; reason?: string; texts?: { note: string } };
}

describe('an escalated comment', () => {
  let app: App;
  let [ada, moderator, other, admin] = [] as unknown as [Person, Person, Person, Person];
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ settings: { undoSeconds: 3_600 } });
    [ada, moderator, other, admin] = await Promise.all([
      app.guest(),
      app.staff('moderator'),
      app.staff('moderator'),
      app.staff('admin'),
    ]);
    thread = await app.thread();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    // Else the relay brings items of the test before in again.
    await app.settled();
    await app.pool.query('DELETE FROM queue_items');
  });

  const as = (by: Person, method = 'GET', body?: object) => ({ method, token: by.token, body });
  const held = async (body = 'What is this?') => {
    const comment = await app.post(ada, thread, body);
    await app.settled();
    return comment;
  };
  const items = async (query = '', queue = 'pending') =>
    (await app.expect<{ items: Item[] }>(200, `/moderation/queues/${queue}/items?site=demo${query}`, as(other))).items;
  const claim = async (by: Person, queue = 'pending') =>
    (await app.expect<{ items: Item[] }>(200, '/moderation/claims', as(by, 'POST', { queue, limit: 10 }))).items;
  const outcome = async (by: Person, action: string, comment: Comment, more: object = {}) =>
    (await app.decide(by, action, [{ id: comment.id, revision: comment.revision }], { ...more })).results[0];
  const undo = (by: Person, batchId: string) =>
    app.expect<{ results: { outcome: string }[] }>(200, `/moderation/decisions/${batchId}/undo`, as(by, 'POST'));
  const log = async () => (await app.expect<{ items: Entry[] }>(200, '/moderation/log?site=demo', as(admin))).items;

  it('stays in its queue, marked, and out of the hands of moderators until an admin decides', async () => {
    const [comment, beside] = [await held(), await held('Beside it')];
    const said = { reason: 'illegal', note: 'Is this defamation?' };
    expect(await claim(moderator)).toHaveLength(2);
    expect(await outcome(moderator, 'escalate', comment, said)).toEqual({
      commentId: comment.id,
      status: 'pending',
      outcome: 'applied',
    });
    const [marked] = await items('&escalated=true');
    expect(marked).toMatchObject({ claim: null, comment: { id: comment.id } });
    expect(marked?.escalated).toEqual({
      by: { id: moderator.id, name: moderator.name },
      at: expect.any(String),
      ...said,
    });
    expect((await items('&escalated=false')).map((item) => item.comment.id)).toEqual([beside.id]);
    expect(await items()).toHaveLength(2);

    expect(await outcome(moderator, 'escalate', comment)).toMatchObject({ outcome: 'unchanged' });
    for (const action of ['approve', 'reject', 'spam']) {
      expect(await outcome(other, action, comment)).toEqual({
        commentId: comment.id,
        status: 'pending',
        outcome: 'forbidden',
      });
    }
    expect((await claim(other)).map((item) => item.comment.id)).toEqual([]);
    expect((await claim(moderator)).map((item) => item.comment.id)).toEqual([beside.id]);
    expect((await claim(admin)).map((item) => item.comment.id)).toEqual([comment.id]);
    expect(await outcome(admin, 'approve', comment)).toMatchObject({ outcome: 'applied', status: 'published' });
    expect(await items('&escalated=true')).toEqual([]);

    const [entry] = (await log()).filter(({ action }) => action === 'comment.escalated');
    expect(entry).toMatchObject({ actor: { id: moderator.id }, codes: { reason: 'illegal' } });
    expect(JSON.stringify(entry)).not.toContain('defamation');
    expect(entry?.codes.texts?.note).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is one when a queue that it enters later offers it', async () => {
    const comment = await held();
    await outcome(moderator, 'escalate', comment);
    await app.expect(201, '/sites/demo/notices', {
      method: 'POST',
      body: {
        commentId: comment.id,
        law: 'Some law',
        explanation: 'It is against it.',
        goodFaith: true,
        contact: { name: 'Someone', email: 'someone@example.org' },
      },
    });
    await app.settled();
    expect((await items('', 'illegal')).map((item) => item.escalated?.by.id)).toEqual([moderator.id]);
    expect(await claim(other, 'illegal')).toEqual([]);
    expect(await claim(admin, 'illegal')).toHaveLength(1);
  });

  it('that the public sees enters a queue again, though somebody had approved it', async () => {
    const comment = await held();
    await app.decide(other, 'approve', [comment]);
    await app.settled();
    expect(await items('', 'unmoderated')).toEqual([]);
    expect(await outcome(moderator, 'escalate', comment)).toMatchObject({ outcome: 'applied', status: 'published' });
    await app.settled();
    expect((await items('', 'unmoderated')).map((item) => [item.comment.id, item.escalated?.by.id])).toEqual([
      [comment.id, moderator.id],
    ]);
    expect(await outcome(admin, 'approve', comment)).toMatchObject({ outcome: 'unchanged' });
    expect(await outcome(admin, 'reject', comment)).toMatchObject({ outcome: 'applied', status: 'rejected' });
    await app.settled();
    expect(await items('', 'unmoderated')).toEqual([]);
    // What is down and waits nowhere has nothing to be decided.
    expect(await outcome(moderator, 'escalate', comment)).toMatchObject({
      outcome: 'conflict',
      current: { status: 'rejected', revision: 1, decidedBy: 'human' },
    });
  });

  it('is refused where the page was out of date, or another one holds it', async () => {
    const comment = await held();
    expect(await outcome(moderator, 'escalate', { ...comment, revision: 2 })).toMatchObject({ outcome: 'conflict' });
    const wrong = await app.decide(moderator, 'escalate', [{ ...comment, status: 'published' }]);
    expect(wrong.results[0]?.outcome).toBe('conflict');
    await claim(other);
    expect(await outcome(moderator, 'escalate', comment)).toMatchObject({ outcome: 'conflict' });
    expect(await outcome(other, 'escalate', comment)).toMatchObject({ outcome: 'applied' });
    const missing = { ...comment, id: '01900000-0000-7000-8000-000000000000' };
    expect(await outcome(moderator, 'escalate', missing)).toMatchObject({ outcome: 'not-found', status: null });
    await app.site('elsewhere', { name: 'Elsewhere', origins: [] });
    const stranger = await app.staff('admin', 'elsewhere');
    expect(await outcome(stranger, 'escalate', comment)).toMatchObject({ outcome: 'not-found', status: null });
  });

  it('says nothing to the author, and settles no report', async () => {
    const comment = await held();
    for (const more of [{ explanation: 'You there' }, { reportVerdict: 'agreed' }]) {
      const body = { items: [{ commentId: comment.id, revision: 1 }], action: 'escalate', ...more };
      const { status, text } = await app.call('/moderation/decisions', as(moderator, 'POST', body));
      expect([status, text]).toEqual([422, expect.stringContaining(Object.keys(more)[0] ?? '')]);
    }
  });

  it('comes back when it is undone in time by whoever sent it, and never behind a decision', async () => {
    const [first, second] = [await held(), await held('And that?')];
    const sent = await app.decide(moderator, 'escalate', [first, second]);
    await app.expect(404, `/moderation/decisions/${sent.batchId}/undo`, as(other, 'POST'));
    await app.decide(admin, 'approve', [second]);
    const answers = await Promise.all([undo(moderator, sent.batchId), undo(moderator, sent.batchId)]);
    for (const { results } of answers)
      expect(results.map((one) => one.outcome).sort()).toEqual(['applied', 'conflict']);
    expect(answers[0]).toEqual(answers[1]);
    await app.settled();
    expect((await items()).map((item) => [item.comment.id, item.escalated])).toEqual([[first.id, null]]);
    expect(await outcome(other, 'approve', first)).toMatchObject({ outcome: 'applied' });

    const late = await held('Too late');
    const batch = await app.decide(moderator, 'escalate', [late]);
    await app.pool.query(`UPDATE escalations SET undo_until = clock_timestamp() WHERE batch_id = $1`, [batch.batchId]);
    await app.expect(409, `/moderation/decisions/${batch.batchId}/undo`, as(moderator, 'POST'));
  });

  it('is escalated again when the decision on it is undone', async () => {
    const comment = await held();
    await outcome(moderator, 'escalate', comment);
    const { batchId } = await app.decide(admin, 'approve', [comment]);
    await undo(admin, batchId);
    await app.settled();
    expect((await items()).map((item) => item.escalated?.by.id)).toEqual([moderator.id]);
    expect(await outcome(moderator, 'approve', comment)).toMatchObject({ outcome: 'forbidden' });
  });

  it('keeps a moderator from undoing what has been escalated since', async () => {
    const comment = await held();
    const { batchId } = await app.decide(moderator, 'approve', [comment]);
    await outcome(other, 'escalate', comment);
    await app.settled();
    expect((await undo(moderator, batchId)).results.map((one) => one.outcome)).toEqual(['forbidden']);
  });

  it('is escalated by no edit less, and no more when it is gone', async () => {
    const comment = await held();
    await outcome(moderator, 'escalate', comment);
    const path = `/comments/${comment.id}`;
    await app.expect(200, path, as(ada, 'PATCH', { body: 'Something else' }));
    await app.settled();
    expect((await items('&escalated=true')).map((item) => item.comment.revision)).toEqual([2]);
    await app.expect(204, path, as(ada, 'DELETE'));
    await app.settled();
    expect(await items()).toEqual([]);
    expect(
      await app.count(`SELECT count(*) FROM escalations WHERE comment_id = $1 AND state = 'open'`, [comment.id]),
    ).toBe(0);
  });

  it('is escalated once, however many do it at once, and answers a repeated call as before', async () => {
    const comment = await held();
    const people = [moderator, other, admin, app.owner];
    const results = await Promise.all(people.map((by) => outcome(by, 'escalate', comment)));
    expect(results.map((one) => one?.outcome).sort()).toEqual(['applied', 'unchanged', 'unchanged', 'unchanged']);

    const next = await held('Next');
    const body = { items: [{ commentId: next.id, revision: 1 }], action: 'escalate', note: 'Look' };
    const call = { ...as(moderator, 'POST', body), headers: { 'idempotency-key': 'once' } };
    const first = await app.expect(200, '/moderation/decisions', call);
    expect(await app.expect(200, '/moderation/decisions', call)).toEqual(first);
    await app.expect(422, '/moderation/decisions', { ...call, body: { ...body, note: 'Other' } });
  });

  it('is seen by the consoles, a thousand of them in a few frames', async () => {
    const socket = app.socket('/moderation', { auth: { token: other.token } });
    try {
      const frames: { type: string; itemId: string | null }[] = [];
      socket.on('queue', (frame: { type: string; itemId: string | null }) => frames.push(frame));
      await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
      await socket.emitWithAck('join', { site: 'demo', queues: ['pending'] });
      const comment = await held();
      await until(() => frames.length > 0, 'the item to enter');
      frames.length = 0;
      await outcome(moderator, 'escalate', comment);
      await until(() => frames.some((frame) => frame.type === 'changed'), 'the consoles to be told');
      const [item] = await items();
      expect(frames).toEqual([expect.objectContaining({ type: 'changed', itemId: item?.id })]);
    } finally {
      socket.disconnect();
    }
  });
});
