import type { Comment, CommentItem } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';

interface Items {
  items: CommentItem[];
  nextCursor: string | null;
}

type Query = Record<string, string | number | undefined>;

describe('the filters of a queue', () => {
  let app: App;
  let moderator: Person;
  let ada: Person;
  let bob: Person;
  let first: string;
  let second: string;
  const comments: Record<string, Comment> = {};

  beforeAll(async () => {
    app = await startApp();
    [moderator, ada, bob] = await Promise.all([app.staff('moderator'), app.guest('Ada'), app.guest('Bob')]);
    first = await app.thread();
    second = await app.thread();
    const links = 'https://a.example https://b.example https://c.example https://d.example';
    for (const [name, author, thread, body] of [
      ['plain', ada, first, 'An apple a day'],
      ['linked', ada, first, `Apples are at ${links}`],
      ['bobs', bob, first, 'Pears, and 100% PINEAPPLE'],
      ['elsewhere', bob, second, 'An apple of another article'],
      ['percent', ada, second, 'Under_score and 100 percent \\ backslash'],
    ] as const) {
      comments[name] = await app.post(author, thread, body);
    }
    await app.settled();
  });
  afterAll(() => app.stop());

  const list = (query: Query, queue = 'pending') =>
    app.expect<Items>(200, `/moderation/queues/${queue}/items`, {
      token: moderator.token,
      query: { site: 'demo', sort: 'oldest', ...query },
    });
  const names = async (query: Query) => {
    const { items } = await list(query);
    return items.map(({ comment }) => Object.keys(comments).find((name) => comments[name]?.id === comment.id));
  };

  it.each<[string, () => Query, string[]]>([
    ['nothing', () => ({}), ['plain', 'linked', 'bobs', 'elsewhere', 'percent']],
    ['thread', () => ({ thread: first }), ['plain', 'linked', 'bobs']],
    ['a thread that is not there', () => ({ thread: 'none' }), []],
    ['reader', () => ({ reader: ada.id }), ['plain', 'linked', 'percent']],
    ['nobody', () => ({ reader: moderator.id }), []],
    ['rule', () => ({ reason: 'links' }), ['linked']],
    ['a rule of all', () => ({ reason: 'mode' }), ['plain', 'linked', 'bobs', 'elsewhere', 'percent']],
    ['a word', () => ({ q: 'apple' }), ['plain', 'linked', 'bobs', 'elsewhere']],
    ['words', () => ({ q: '  ARTICLE apple ' }), ['elsewhere']],
    ['words, one of which is not there', () => ({ q: 'apple quince' }), []],
    ['blanks', () => ({ q: '  ' }), ['plain', 'linked', 'bobs', 'elsewhere', 'percent']],
    ['what patterns are made of', () => ({ q: '100%' }), ['bobs']],
    ['an underscore', () => ({ q: 'r_s' }), ['percent']],
    ['a backslash', () => ({ q: '\\' }), ['percent']],
    ['thread and reader', () => ({ thread: second, reader: ada.id }), ['percent']],
    ['reader and rule', () => ({ reader: ada.id, reason: 'links' }), ['linked']],
    ['reader and word', () => ({ reader: bob.id, q: 'apple' }), ['bobs', 'elsewhere']],
    ['all', () => ({ thread: first, reader: ada.id, reason: 'links', q: 'apples' }), ['linked']],
  ])('by %s', async (_what, query, expected) => {
    expect(await names(query())).toEqual(expected);
  });

  it('go with each sort, page by page', async () => {
    for (const sort of ['priority', 'oldest', 'newest']) {
      const whole = await list({ sort, q: 'apple', limit: 100 });
      expect(whole.nextCursor).toBeNull();
      const paged: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page: Items = await list({ sort, q: 'apple', limit: 1, cursor });
        paged.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(whole.items.map((item) => item.id));
      expect(new Set(paged).size).toBe(4);
    }
  });

  it('see the text that stands now', async () => {
    const { id } = comments['percent'] as Comment;
    await app.expect(200, `/comments/${id}`, {
      method: 'PATCH',
      token: ada.token,
      body: { body: 'An apple after all' },
    });
    await app.settled();
    expect(await names({ q: 'percent' })).toEqual([]);
    expect(await names({ q: 'after' })).toEqual(['percent']);
  });

  it('look at so many items a page, and miss and double none', async () => {
    const { rows } = await app.pool.query<{ site: string; reader: string }>(
      'SELECT site_id AS site, reader_id AS reader FROM comments LIMIT 1',
    );
    // Every 700th has the word; 12,000 are three pages of looking.
    await app.pool.query(
      `WITH thread AS (
         INSERT INTO threads (id, site_id, key, url, title) SELECT gen_random_uuid(), $1, 'many', 'https://news.example/many', 'Many'
         RETURNING id
       ), made AS (
         INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by)
         SELECT c.id, $1, thread.id, c.id, 1, $2, 'pending', 'none'
         FROM thread, (SELECT gen_random_uuid() AS id FROM generate_series(1, 12000)) c RETURNING *
       ), numbered AS (SELECT *, row_number() OVER () AS n FROM made), texts AS (
         INSERT INTO comment_revisions (comment_id, revision, site_id, body, html)
         SELECT id, 1, site_id, CASE WHEN n % 700 = 0 THEN 'A medlar' ELSE 'Nothing' END, '' FROM numbered
       )
       INSERT INTO queue_items (id, site_id, thread_id, queue, comment_id, revision, entered_at)
       SELECT gen_random_uuid(), site_id, thread_id, 'pending', id, 1, clock_timestamp() - make_interval(secs => n / 3) FROM numbered`,
      [rows[0]?.site, rows[0]?.reader],
    );
    for (const sort of ['priority', 'oldest', 'newest']) {
      const found: CommentItem[] = [];
      let pages = 0;
      for (let cursor: string | null | undefined; cursor !== null; pages += 1) {
        const page: Items = await list({ sort, q: 'medlar', limit: 10, cursor });
        found.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(found).toHaveLength(17);
      expect(new Set(found.map((item) => item.id)).size).toBe(17);
      expect(pages).toBe(3);
      const times = found.map((item) => item.enteredAt);
      if (sort !== 'priority') expect(times).toEqual(sort === 'newest' ? times.toSorted().reverse() : times.toSorted());
    }
  });

  it('are validated', async () => {
    for (const [query, code] of [
      [{ reader: 'x' }, 'malformed-parameter'],
      [{ q: 'x'.repeat(201) }, 'malformed-parameter'],
      [{ q: '\0' }, 'malformed'],
    ] as const) {
      const call = { token: moderator.token, query: { site: 'demo', ...query } };
      const answer = await app.call<ProblemBody>('/moderation/queues/pending/items', call);
      expect([answer.status, answer.body.code]).toEqual([400, code]);
    }
  });
});
