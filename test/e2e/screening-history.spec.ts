import type { Comment } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import { recordStatements, rowsByIndex, type UsedStatement } from '../support/query-plans.js';

const COMMENTS = 40_000;
const OF_ONE = 4_000;

/** A site with many comments, a tenth of them by one reader, and one text that five hundred have posted. */
const SEED = `
  WITH thread AS (SELECT t.id, t.site_id FROM threads t WHERE t.key = $1), n AS (
    SELECT gen_random_uuid() AS id, n, clock_timestamp() - make_interval(mins => n) AS at FROM generate_series(1, ${COMMENTS}) n
  ), made AS (
    INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by, created_at)
    SELECT n.id, thread.site_id, thread.id, n.id, 0, CASE WHEN n.n % 10 = 0 THEN $2::uuid ELSE gen_random_uuid() END,
           CASE WHEN n.n % 3 = 0 THEN 'rejected' ELSE 'published' END, CASE WHEN n.n % 2 = 0 THEN 'human' ELSE 'none' END, n.at
    FROM n, thread RETURNING id, site_id, created_at
  )
  INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, digest, created_at)
  SELECT made.id, 1, made.site_id, 'Words', '', CASE WHEN n.n <= 500 THEN 'often' ELSE 'once-' || n.n END, made.created_at
  FROM made JOIN n USING (id)`;

describe('what screening knows of earlier comments', () => {
  let app: App;
  let ada: Person;
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    [ada, thread] = await Promise.all([app.guest('Ada'), app.thread()]);
    await app.pool.query(SEED, [thread, ada.id]);
    for (const table of ['comments', 'comment_revisions']) await app.pool.query(`VACUUM ANALYZE ${table}`);
  }, 120_000);

  afterAll(() => app.stop());

  const replace = async (rules: readonly object[]) => {
    const call = { token: app.owner.token };
    const { version } = await app.expect<{ version: number }>(200, '/moderation/rules?site=demo', call);
    await app.expect(200, '/moderation/rules', { ...call, method: 'PUT', body: { site: 'demo', version, rules } });
  };
  const statementsOf = async (body: string): Promise<{ comment: Comment; used: UsedStatement[] }> => {
    const recorded = recordStatements();
    try {
      const comment = await app.post(ada, thread, body);
      return { comment, used: recorded.used.filter(({ name }) => name.startsWith('comments.')) };
    } finally {
      recorded.stop();
    }
  };

  it('is asked for in one statement, and not at all where no live rule needs it', async () => {
    await replace([
      { id: 'words', kind: 'words', params: { words: ['scum'] } },
      { id: 'again', kind: 'repeats', mode: 'off' },
    ]);
    const without = await statementsOf('A text that is long enough to have a digest');
    expect(without.used.map(({ name }) => name)).toEqual(['comments.post.root']);
    const { rows } = await app.pool.query('SELECT digest FROM comment_revisions WHERE comment_id = $1', [
      without.comment.id,
    ]);
    expect(rows).toEqual([{ digest: null }]);

    await replace([
      { id: 'again', kind: 'repeats', mode: 'shadow' },
      { id: 'rage', kind: 'flood', params: { posts: 1_000 } },
      { id: 'first', kind: 'new-reader', params: { published: 1_000 } },
      { id: 'often', kind: 'rejection-rate' },
    ]);
    const all = await statementsOf('A text that is long enough to have a digest');
    expect(all.used.map(({ name }) => name)).toEqual([
      'comments.history.published.decided.posted.texts',
      'comments.post.root',
    ]);
    expect(all.comment.status).toBe('published');
  });

  it('is found by indexes, whoever writes', async () => {
    const { used } = await statementsOf('Another text that is long enough to have a digest');
    const statement = used.find(({ name }) => name.startsWith('comments.history.'));
    if (!statement) throw new Error('no history was read');
    for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
      const often = { ...statement, values: statement.values.with(2, 'often') };
      const comments = await rowsByIndex(app.pool, often, mode, 'comments');
      const revisions = await rowsByIndex(app.pool, often, mode, 'comment_revisions');
      expect([mode, Object.keys(comments).sort()]).toEqual([mode, ['comments_pkey', 'comments_reader']]);
      expect([mode, Object.keys(revisions)]).toEqual([mode, ['comment_revisions_digest']]);
      // 1,000 published at most, those decided, those of the last minute; and of the 500 times the newest that can matter.
      expect(comments.comments_reader).toBeLessThan(1_000 + OF_ONE + 20);
      expect(revisions.comment_revisions_digest).toBe(30);
    }
  });

  it('lets through what is posted at the same moment, and no more', async () => {
    const bo = await app.guest('Bo');
    await replace([{ id: 'rage', kind: 'flood', params: { posts: 3, perSeconds: 3_600 } }]);
    const at = await app.thread();
    await Promise.all(Array.from({ length: 6 }, (_, n) => app.post(bo, at, `At once ${n}`)));
    expect((await app.post(bo, at, 'And one more')).status).toBe('pending');
  });
});
