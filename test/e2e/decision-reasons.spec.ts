import { startApp, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';

const house = {
  code: 'house-rule',
  label: 'House rule',
  explanation: 'We do not discuss this here.',
  ground: { kind: 'incompatible', reference: 'House rules, no. 4' },
  category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
};

/** Each site has a list of its own: what one site says of a code is nothing to the readers of another. */
describe('the reason of a decision', () => {
  let app: App;
  let here: Person;
  let there: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    await app.site('elsewhere', {
      ...{ name: 'Elsewhere', origins: ['https://news.example'] },
      settings: { moderationMode: 'post', decisionReasons: [house] },
    });
    await app.expect(200, '/sites/elsewhere/threads/there', {
      ...{ method: 'PUT', token: app.owner.token, body: { url: 'https://news.example/there', title: 'There' } },
    });
    here = await app.guest();
    there = await app.guest('Bea', 'elsewhere');
  });
  afterAll(() => app.stop());

  const postThere = () =>
    app.expect<{ id: string; revision: number }>(201, '/sites/elsewhere/threads/there/comments', {
      ...{ method: 'POST', token: there.token, body: { body: 'Written elsewhere' } },
    });
  const decide = (comments: readonly { id: string }[], more: object) =>
    app.call<ProblemBody>('/moderation/decisions', {
      method: 'POST',
      token: app.owner.token,
      body: { items: comments.map(({ id }) => ({ commentId: id, revision: 1 })), ...more },
    });
  const untouched = (ids: readonly string[]) =>
    app.count(`SELECT count(*) FROM comments WHERE id = ANY($1) AND status = 'published' AND decided_by = 'none'`, [
      ids,
    ]);

  it.each(['reject', 'spam', 'escalate'])('%s: is one of the site on which the comment stands', async (action) => {
    const [mine, theirs] = [await app.post(here, await app.thread(), 'Written here'), await postThere()];
    const ids = [mine.id, theirs.id];
    const refused = { status: 422, body: { errors: [{ pointer: '/reason' }] } };
    // Alone, which is the quick way, with words, which is the long one, and among others.
    expect(await decide([mine], { action, reason: house.code })).toMatchObject(refused);
    expect(await decide([theirs], { action, reason: 'abuse', note: 'Of another list' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason', detail: expect.stringContaining('house-rule') }] },
    });
    expect(await decide([mine, theirs], { action, reason: house.code })).toMatchObject(refused);
    expect(await untouched(ids)).toBe(2);
    expect(await app.count('SELECT count(*) FROM decisions WHERE comment_id = ANY($1)', [ids])).toBe(0);
    expect(await decide([theirs], { action, reason: house.code })).toMatchObject({
      status: 200,
      body: { results: [{ outcome: 'applied' }] },
    });
    expect((await decide([mine], { action, reason: 'abuse' })).status).toBe(200);
  });

  it('tells nobody the reasons of a site that is not theirs', async () => {
    const moderator = await app.staff('moderator');
    const theirs = await postThere();
    const answer = await app.call('/moderation/decisions', {
      method: 'POST',
      token: moderator.token,
      body: { items: [{ commentId: theirs.id, revision: 1 }], action: 'reject', reason: 'abuse' },
    });
    expect(answer).toMatchObject({ status: 200, body: { results: [{ outcome: 'not-found' }] } });
    expect(answer.text).not.toContain('house-rule');
  });
});
