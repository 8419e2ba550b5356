import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { AuthorRecord, Needs, PriorText } from '../../screening/index.js';
import type { PastComment } from './past-comments.store.js';

/** How far back a rule looks, and at how many of the newest. */
type Reach = NonNullable<ReturnType<Needs['get']>>;

/** The comments of a page, as a table. */
const PAGE_OF = `unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS p(id, reader_id, at)`;
const valuesOf = (page: readonly PastComment[]) => [
  page.map(({ id }) => id),
  page.map(({ readerId }) => readerId),
  page.map(({ createdAt }) => createdAt.toISOString()),
];

const POSTED = new Statement<{ id: string; postedAt: number[] }>(
  'pastHistory.posted',
  `SELECT p.id, ARRAY(
     SELECT (extract(epoch FROM o.created_at) * 1000)::float8 FROM comments o
     WHERE o.reader_id = p.reader_id AND o.id < p.id AND o.created_at > p.at - make_interval(secs => $4)
   ) AS "postedAt"
   FROM ${PAGE_OF}`,
);

/**
 * What stood published then: what the first later decision found, or else what stands now. What its author has taken
 * back since counts by the last decision on it.
 */
const STOOD = `coalesce(
    (SELECT d.from_status FROM decisions d WHERE d.comment_id = o.id AND d.at > p.at ORDER BY d.at LIMIT 1),
    CASE WHEN o.status <> 'deleted' THEN o.status
         ELSE (SELECT d.to_status FROM decisions d WHERE d.comment_id = o.id ORDER BY d.at DESC LIMIT 1) END)`;
const PUBLISHED = new Statement<{ id: string; published: number }>(
  'pastHistory.published',
  `SELECT p.id, (
     SELECT count(*)::int FROM (
       SELECT FROM comments o WHERE o.reader_id = p.reader_id AND o.id < p.id AND ${STOOD} = 'published' LIMIT $4
     ) enough
   ) AS published
   FROM ${PAGE_OF}`,
);

const DECIDED = new Statement<{ id: string; published: number; rejected: number }>(
  'pastHistory.decided',
  `SELECT p.id, count(*) FILTER (WHERE r.to_status = 'published')::int AS published,
          count(*) FILTER (WHERE r.to_status IN ('rejected', 'spam'))::int AS rejected
   FROM ${PAGE_OF} LEFT JOIN LATERAL (
     SELECT l.to_status FROM comments o CROSS JOIN LATERAL (
       SELECT d.to_status, d.decided_by FROM decisions d WHERE d.comment_id = o.id AND d.at <= p.at ORDER BY d.at DESC LIMIT 1
     ) l
     WHERE o.reader_id = p.reader_id AND o.id < p.id AND l.decided_by = 'human'
       AND o.created_at > p.at - make_interval(secs => $4)
     ORDER BY o.created_at DESC LIMIT $5
   ) r ON true
   GROUP BY p.id`,
);

const NOTE_TEXTS = new Statement<never>(
  'pastHistory.noteTexts',
  `INSERT INTO dry_run_texts (dry_run_id, site_id, comment_id, digest, reader_id, at)
   SELECT $1, $2, t.* FROM unnest($3::uuid[], $4::text[], $5::uuid[], $6::timestamptz[]) AS t
   ON CONFLICT DO NOTHING`,
);
const SAME_TEXTS = new Statement<{ commentId: string; digest: string; readerId: string; at: Date }>(
  'pastHistory.sameTexts',
  `SELECT comment_id AS "commentId", digest, reader_id AS "readerId", at FROM dry_run_texts
   WHERE dry_run_id = $1 AND digest = ANY($2::text[]) AND at >= $3`,
);
const FORGET_TEXTS = new Statement<never>('pastHistory.forgetTexts', 'DELETE FROM dry_run_texts WHERE dry_run_id = $1');

const NOTHING: AuthorRecord = { published: 0, decided: { published: 0, rejected: 0 }, postedAt: [] };

/** Of each comment what was known of its author when it came: only what is asked for, the rest is empty. */
export const pastHistoryStore = {
  async posted(
    em: EntityManager,
    page: readonly PastComment[],
    { seconds }: Reach,
  ): Promise<Map<string, AuthorRecord>> {
    const rows = await POSTED.run(em, [...valuesOf(page), seconds]);
    return new Map(rows.map(({ id, postedAt }) => [id, { ...NOTHING, postedAt }]));
  },

  /** More than `most` are not counted. */
  async published(
    em: EntityManager,
    page: readonly PastComment[],
    { most }: Reach,
  ): Promise<Map<string, AuthorRecord>> {
    const rows = await PUBLISHED.run(em, [...valuesOf(page), most]);
    return new Map(rows.map(({ id, published }) => [id, { ...NOTHING, published }]));
  },

  async decided(
    em: EntityManager,
    page: readonly PastComment[],
    { seconds, most }: Reach,
  ): Promise<Map<string, AuthorRecord>> {
    const rows = await DECIDED.run(em, [...valuesOf(page), seconds, most]);
    return new Map(rows.map(({ id, published, rejected }) => [id, { ...NOTHING, decided: { published, rejected } }]));
  },

  async noteTexts(
    em: EntityManager,
    dryRun: { id: string; siteId: string },
    texts: readonly { comment: PastComment; digest: string }[],
  ): Promise<void> {
    const { id, siteId } = dryRun;
    const comments = texts.map(({ comment }) => comment);
    const [ids, readers, times] = valuesOf(comments);
    await NOTE_TEXTS.run(em, [id, siteId, ids, texts.map(({ digest }) => digest), readers, times]);
  },

  /** What had been posted with these texts, by digest. The same reader's: `own` is for the caller to say. */
  async sameTexts(
    em: EntityManager,
    id: string,
    digests: readonly string[],
    since: Date,
  ): Promise<Map<string, (Omit<PriorText, 'own'> & { commentId: string })[]>> {
    const rows = await SAME_TEXTS.run(em, [id, digests, since]);
    const texts = rows.map(({ commentId, digest, readerId, at }) => ({
      ...{ commentId, digest, reader: readerId, at: at.getTime() },
    }));
    return Map.groupBy(texts, ({ digest }) => digest);
  },

  async forgetTexts(em: EntityManager, id: string): Promise<void> {
    await FORGET_TEXTS.run(em, [id]);
  },
};
