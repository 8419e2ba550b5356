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
      expect(Object.keys(priorityParts).sort()).toEqual(['notices', 'reach', 'reports', 'scores']);
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
});
