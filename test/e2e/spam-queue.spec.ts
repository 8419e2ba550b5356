import { ADVERTISING } from '../../src/moderation/queues.js';
import type { Comment, CommentItem } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';

const LINKS = 'Buy at https://a.example and https://b.example';

/** What a rule holds because it advertises waits in `pending` like all that is held, and in `spam` for who clears that. */
describe('the queue spam', () => {
  let app: App;
  let [ada, moderator] = [] as unknown as [Person, Person];
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post', maxLinks: 1 } });
    [ada, moderator] = await Promise.all([app.guest(), app.staff('moderator')]);
    thread = await app.thread();
  });
  afterAll(() => app.stop());
  beforeEach(() => app.pool.query('DELETE FROM queue_items'));

  const as = (method = 'GET', body?: object) => ({ method, token: moderator.token, body });
  const post = async (body: string): Promise<Comment> => {
    const comment = await app.post(ada, thread, body);
    await app.settled();
    return comment;
  };
  const queuesWith = async ({ id }: Comment) =>
    (
      await app.pool.query<{ queue: string }>('SELECT queue FROM queue_items WHERE comment_id = $1 ORDER BY queue', [
        id,
      ])
    ).rows.map((row) => row.queue);
  const open = async () => {
    const { items } = await app.expect<{ items: { queue: string; open: number }[] }>(
      200,
      '/moderation/queues?site=demo',
      as(),
    );
    return Object.fromEntries(items.map(({ queue, open: count }) => [queue, count]));
  };

  it('holds comments with too many links, and a decision settles both items', async () => {
    const [advert, plain] = [await post(LINKS), await post('No links')];
    expect(await queuesWith(advert)).toEqual(['pending', 'spam']);
    expect(await queuesWith(plain)).toEqual(['unmoderated']);
    expect(await open()).toMatchObject({ pending: 1, spam: 1 });
    const { items } = await app.expect<{ items: CommentItem[] }>(200, '/moderation/queues/spam/items?site=demo', as());
    expect(items.map((item) => [item.queue, item.comment.id])).toEqual([['spam', advert.id]]);
    await app.decide(moderator, 'spam', [advert]);
    expect(await queuesWith(advert)).toEqual([]);
    expect(await open()).toMatchObject({ pending: 0, spam: 0 });
  });

  it('offers nothing that somebody else holds by its other item', async () => {
    const advert = await post(LINKS);
    const claim = (token: string, queue: string) =>
      app.expect<{ items: CommentItem[] }>(200, '/moderation/claims', {
        ...{ method: 'POST', token },
        body: { queue, limit: 5 },
      });
    expect((await claim(moderator.token, 'spam')).items.map((item) => item.comment.id)).toEqual([advert.id]);
    expect((await claim(app.owner.token, 'pending')).items).toEqual([]);
  });

  it('is left when an edit takes the links away', async () => {
    const advert = await post(LINKS);
    await app.expect(200, `/comments/${advert.id}`, { method: 'PATCH', token: ada.token, body: { body: 'Sorry.' } });
    await app.settled();
    expect(await queuesWith(advert)).toEqual(['unmoderated']);
  });

  it.each(ADVERTISING)('takes what %s holds, whatever the rule is called, and not what it only notes', async (kind) => {
    const advert = await post(LINKS);
    const screened = async (action: string) => {
      const finding = { rule: 'a-rule-of-ours', kind, score: 0.5, action, evidence: [], explanation: '' };
      await app.pool.query('UPDATE comment_revisions SET screening = $2 WHERE comment_id = $1', [
        advert.id,
        JSON.stringify([finding]),
      ]);
      await app.pool.query(
        `INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status)
         SELECT site_id, thread_id, id, 'comment.edited', status, status FROM comments WHERE id = $1`,
        [advert.id],
      );
      await app.settled();
      return queuesWith(advert);
    };
    expect(await screened('hold')).toEqual(['pending', 'spam']);
    expect(await screened('note')).toEqual(['pending']);
  });
});
