import { reachInSql } from '../../src/moderation/priority.js';
import type { Comment, CommentItem } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';

interface Items {
  items: (CommentItem & { priority: number; priorityParts: Record<string, number> })[];
}

describe('the priority of an item', () => {
  let app: App;
  let moderator: Person;
  let ada: Person;

  beforeAll(async () => {
    app = await startApp();
    [moderator, ada] = await Promise.all([app.staff('moderator'), app.guest()]);
  });
  afterAll(() => app.stop());

  const waiting = async () =>
    (await app.expect<Items>(200, '/moderation/queues/pending/items?site=demo&limit=100', { token: moderator.token }))
      .items;

  it('has a reach in steps', async () => {
    const counts = [0, 1, 9, 10, 99, 100, 999, 1_000, 9_999, 10_000, 2_000_000];
    const { rows } = await app.pool.query<{ reach: number }>(
      `SELECT (${reachInSql('n')})::float8 AS reach FROM unnest($1::int[]) WITH ORDINALITY AS u(n, i) ORDER BY i`,
      [counts],
    );
    expect(rows.map((row) => row.reach)).toEqual([0, 0, 0, 0.05, 0.05, 0.1, 0.1, 0.15, 0.15, 0.2, 0.2]);
  });

  it('is the sum of its parts: scores before reach, and among equals what came first', async () => {
    const [quiet, busy] = [await app.thread(), await app.thread()];
    const published: Comment[] = [];
    for (let n = 0; n < 10; n++) published.push(await app.post(ada, busy, `Opening ${n}`));
    await app.decide(moderator, 'approve', published);
    await app.settled();
    const links = (count: number) => Array.from({ length: count }, (_, n) => `https://${n}.example`).join(' ');
    const [first, second, wide, wider, linked] = [
      await app.post(ada, quiet, 'First in a quiet thread'),
      await app.post(ada, quiet, 'Second in a quiet thread'),
      await app.post(ada, busy, 'First in a busy thread'),
      await app.post(ada, busy, 'Second in a busy thread'),
      await app.post(ada, quiet, `Links ${links(5)}`),
    ];
    await app.settled();
    const items = await waiting();
    expect(items.map((item) => item.comment.id)).toEqual([linked, wide, wider, first, second].map(({ id }) => id));
    for (const { priority, priorityParts } of items) {
      expect(Object.keys(priorityParts).sort()).toEqual(['age', 'notices', 'reach', 'reports', 'scores']);
      expect(priority).toBeCloseTo(Object.values(priorityParts).reduce((sum, part) => sum + part));
    }
    expect(items.map((item) => item.priorityParts['reach'])).toEqual([0, 0.05, 0.05, 0, 0]);
    expect(items[0]?.priorityParts['scores']).toBeGreaterThan(0.05);

    // The thread grows: what waits keeps its place, what comes knows the new reach.
    await app.decide(moderator, 'approve', [wide]);
    const [last] = [await app.post(ada, quiet, 'Third in a quiet thread')];
    await app.settled();
    expect((await waiting()).map((item) => item.comment.id)).toEqual(
      [linked, wider, first, second, last].map(({ id }) => id),
    );
  });

  it('grows while an item waits, for all alike: what is less urgent comes first in the end, and pages stay in order', async () => {
    const thread = await app.thread();
    const posted: Comment[] = [];
    for (const n of [0, 1, 2, 3]) posted.push(await app.post(ada, thread, `Waiting ${n}`));
    await app.settled();
    // By a rule's highest score two days ahead of what is not flagged at all.
    const [scored, day, three, late] = posted.map(({ id }) => id);
    const set = (id: string | undefined, days: number, priority: number) =>
      app.pool.query(
        `UPDATE queue_items SET entered_at = clock_timestamp() - make_interval(days => $2), priority = $3
         WHERE comment_id = $1`,
        [id, days, priority],
      );
    await Promise.all([set(scored, 0, 1), set(day, 1, 0), set(three, 3, 0), set(late, 0, 0)]);
    const path = `/moderation/queues/pending/items?site=demo&thread=${thread}&limit=1`;
    const walked: Items['items'] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Items & { nextCursor: string | null } = await app.expect(200, path + after, {
        token: moderator.token,
      });
      walked.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(walked.map(({ comment }) => comment.id)).toEqual([three, scored, day, late]);
    expect(walked.map(({ priorityParts }) => priorityParts['age'])).toEqual(
      [1.5, 0, 0.5, 0].map((age) => expect.closeTo(age, 1)),
    );
    expect(walked.map(({ priority }) => priority)).toEqual([1.5, 1, 0.5, 0].map((sum) => expect.closeTo(sum, 1)));
    const claim = { queue: 'pending', site: 'demo', limit: 1 };
    const first = await app.expect<Items>(200, '/moderation/claims', {
      ...{ method: 'POST', token: moderator.token, body: claim },
    });
    expect(first.items.map(({ comment }) => comment.id)).toEqual([three]);
  });
});
