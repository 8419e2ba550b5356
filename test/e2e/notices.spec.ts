import type { Comment } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown as string;
const CONTACT = { name: 'Nora  Notifier', email: 'nora@example.org' };
const NOTICE = { law: '§ 185 StGB', explanation: 'It insults a named person.', goodFaith: true, contact: CONTACT };

interface Outcome {
  id: string;
  commentId: string;
  receivedAt: string;
  state: string;
  decidedAt: string | null;
}
type Receipt = Outcome & { receipt: string };
interface Item {
  priorityParts: Record<string, number>;
  reasons: { rule: string }[];
  notices: (Outcome & { law: string; explanation: string; category: string; contact?: object })[];
  comment: { id: string; status: string };
}

/** Article 16 of the EU's Digital Services Act. */
describe('notices of illegal content', () => {
  let app: App;
  let author: Person;
  let moderator: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post', undoSeconds: 60 } });
    [author, moderator] = await Promise.all([app.guest('Author'), app.staff('moderator')]);
  });
  afterAll(() => app.stop());

  const as = (by: Person, method = 'GET', body?: object) => ({ method, token: by.token, body });
  const posted = async (): Promise<Comment> => {
    const comment = await app.post(author, await app.thread(), 'A comment that may be against the law');
    await app.settled();
    return comment;
  };
  const present = ({ id }: Comment) => ({ id, revision: 1 });
  const send = ({ id: commentId }: { id: string }, change: object = {}, site = 'demo') =>
    app.call<Receipt>(`/sites/${site}/notices`, { method: 'POST', body: { ...NOTICE, commentId, ...change } });
  const sent = async (comment: Comment, change: object = {}) => {
    const { status, body } = await send(comment, change);
    expect(status).toBe(201);
    return body;
  };
  const outcome = ({ receipt }: Receipt) => app.expect<Outcome>(200, `/notices/${receipt}`, {});
  const items = async ({ threadKey }: Comment) => {
    await app.settled();
    const query = { site: 'demo', thread: threadKey };
    const path = '/moderation/queues/illegal/items';
    return (await app.expect<{ items: Item[] }>(200, path, { ...as(moderator), query })).items;
  };
  const facts = async () => {
    const { rows } = await app.pool.query<{ data: object }>(`SELECT data FROM heard ORDER BY at`);
    return rows.map(({ data }) => data);
  };

  it('are taken from anybody, with a receipt that tells the outcome', async () => {
    const comment = await posted();
    const receipt = await sent(comment);
    expect(receipt).toEqual({
      id: receipt.id,
      commentId: comment.id,
      receivedAt: instant,
      state: 'open',
      decidedAt: null,
      receipt: expect.stringMatching(/^pn_/) as string,
    });
    const { receipt: _receipt, ...told } = receipt;
    expect(await outcome(receipt)).toEqual(told);
    const [item] = await items(comment);
    expect(item).toMatchObject({
      priorityParts: { notices: 1, reports: 0 },
      notices: [{ id: receipt.id, law: NOTICE.law, explanation: NOTICE.explanation, category: 'other', state: 'open' }],
      comment: { id: comment.id, status: 'published' },
    });
    expect(item?.reasons.map(({ rule }) => rule)).toEqual(['notices']);
    expect(JSON.stringify(item)).not.toContain('nora@example.org');
    await app.decide(moderator, 'reject', [present(comment)]);
    expect(await outcome(receipt)).toEqual({ ...told, state: 'removed', decidedAt: instant });
    expect(await items(comment)).toEqual([]);
  });

  it.each([
    [{ goodFaith: false }, '/goodFaith'],
    [{ goodFaith: undefined }, '/goodFaith'],
    [{ law: '' }, '/law'],
    [{ law: ' \u200b ' }, '/law'],
    [{ explanation: 'x'.repeat(5_001) }, '/explanation'],
    [{ explanation: undefined }, '/explanation'],
    [{ contact: undefined }, '/contact'],
    [{ contact: null }, '/contact'],
    [{ contact: { ...CONTACT, email: 'nora' } }, '/contact/email'],
    [{ contact: { email: 'nora@example.org' } }, '/contact/name'],
    [{ contact: { ...CONTACT, name: ' ' } }, '/contact/name'],
    [{ category: 'theft' }, '/category'],
    [{ commentId: 'x' }, '/commentId'],
  ])('are refused with %j', async (change, pointer) => {
    const { status, body } = await send({ id: '019aab2e-5d0f-7c05-9d9c-0f5b6e1f4d11' }, change);
    const problem = body as unknown as ProblemBody;
    expect([status, problem.errors?.map((error) => error.pointer)]).toEqual([422, [pointer]]);
  });

  it('are of a comment that the site has', async () => {
    const comment = await posted();
    await app.site('elsewhere', { name: 'Elsewhere' });
    for (const answer of [
      await send(comment, {}, 'elsewhere'),
      await send({ id: '019aab2e-5d0f-7c05-9d9c-0f5b6e1f4d11' }),
    ]) {
      expect([answer.status, (answer.body as unknown as ProblemBody).code]).toEqual([422, 'comment-not-found']);
    }
    expect((await send(comment, {}, 'nowhere')).status).toBe(404);
    expect((await app.call('/notices/pn_forged', {})).status).toBe(404);
  });

  it('need no name in the one case that the law exempts', async () => {
    const comment = await posted();
    await sent(comment, { contact: null, category: 'child-sexual-abuse' });
    const detail = await app.expect<{ notices: { contact: object | null }[] }>(
      200,
      `/moderation/comments/${comment.id}`,
      as(app.owner),
    );
    expect(detail.notices).toMatchObject([{ category: 'child-sexual-abuse', contact: null }]);
  });

  it('show who sent them to admins and owners alone, and to the log never', async () => {
    const comment = await posted();
    await sent(comment);
    const notices = async (by: Person) =>
      (await app.expect<{ notices: object[] }>(200, `/moderation/comments/${comment.id}`, as(by))).notices;
    const named = { contact: { name: 'Nora Notifier', email: 'nora@example.org' } };
    expect(await notices(app.owner)).toMatchObject([named]);
    expect(await notices(await app.staff('admin'))).toMatchObject([named]);
    expect(await notices(moderator)).toMatchObject([{ law: NOTICE.law, contact: null }]);
    const { rows } = await app.pool.query<{ entry: string }>('SELECT log_entries::text AS entry FROM log_entries');
    const log = rows.map(({ entry }) => entry).join('\n');
    expect(log).toContain('notice.received');
    for (const secret of ['nora', 'Nora', 'StGB', 'insults']) expect(log).not.toContain(secret);
  });

  it('are answered whatever was judged before: of what is hidden, and of what a person let stand', async () => {
    const [hidden, approved] = [await posted(), await posted()];
    await app.decide(moderator, 'reject', [present(hidden)]);
    await app.decide(moderator, 'approve', [present(approved)]);
    const [ofHidden, ofApproved] = [await sent(hidden), await sent(approved)];
    expect(await items(hidden)).toMatchObject([{ comment: { status: 'rejected' } }]);
    expect(await items(approved)).toMatchObject([{ comment: { status: 'published' } }]);
    // Nothing about the comments changes, and yet both decisions are new: they answer the notices.
    const rejected = await app.decide(moderator, 'reject', [present(hidden)]);
    expect(rejected.results).toMatchObject([{ outcome: 'applied', status: 'rejected' }]);
    const kept = await app.decide(moderator, 'approve', [present(approved)]);
    expect(kept.results).toMatchObject([{ outcome: 'applied', status: 'published' }]);
    expect((await outcome(ofHidden)).state).toBe('removed');
    expect((await outcome(ofApproved)).state).toBe('kept');
    expect((await app.decide(moderator, 'approve', [present(approved)])).results[0]?.outcome).toBe('unchanged');
  });

  it('are open again when their decision is undone', async () => {
    const comment = await posted();
    const receipt = await sent(comment);
    const { batchId } = await app.decide(moderator, 'reject', [present(comment)]);
    expect((await outcome(receipt)).state).toBe('removed');
    await app.expect(200, `/moderation/decisions/${batchId}/undo`, as(moderator, 'POST'));
    expect(await outcome(receipt)).toMatchObject({ state: 'open', decidedAt: null });
    expect(await items(comment)).toHaveLength(1);
  });

  it('leave a fact for the mail to the notifier, also when the author was first', async () => {
    await app.pool.query(`
      CREATE TABLE heard (at timestamptz DEFAULT clock_timestamp(), data jsonb);
      CREATE FUNCTION hear() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO heard (data) VALUES (NEW.data || jsonb_build_object('noticeId', NEW.subject_id)); RETURN NULL; END $$;
      CREATE TRIGGER hear AFTER INSERT ON outbox FOR EACH ROW WHEN (NEW.topic = 'notice.decided') EXECUTE FUNCTION hear();`);
    const [decided, gone] = [await posted(), await posted()];
    const [first, second, third] = [await sent(decided), await sent(decided), await sent(gone)];
    await app.decide(moderator, 'spam', [present(decided)]);
    await app.expect(204, `/comments/${gone.id}`, as(author, 'DELETE'));
    await app.settled();
    const { rows } = await app.pool.query<{ id: string }>('SELECT id FROM decisions WHERE comment_id = $1', [
      decided.id,
    ]);
    const removed = { commentId: decided.id, decisionId: rows[0]?.id, outcome: 'removed' };
    expect(await facts()).toEqual(
      expect.arrayContaining([
        { ...removed, noticeId: first.id },
        { ...removed, noticeId: second.id },
        { commentId: gone.id, outcome: 'withdrawn', noticeId: third.id },
      ]),
    );
    expect(await facts()).toHaveLength(3);
    expect((await outcome(third)).state).toBe('withdrawn');
    expect(await items(gone)).toEqual([]);
  });
});
