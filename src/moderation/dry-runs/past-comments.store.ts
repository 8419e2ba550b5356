import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { CLOCKS_DIFFER_MS, idAt } from '../../platform/id-time.js';
import type { HumanVerdict } from './tally.js';

export interface PastComment {
  id: string;
  readerId: string;
  revision: number;
  createdAt: Date;
  body: string;
  html: string;
  human: HumanVerdict;
}

/** So many comments are read, judged and noted at once. */
export const PAGE = 200;

interface Chosen {
  total: number;
  firstId: string | null;
  lastId: string | null;
}

/** By their ids, which begin with the time: the order in which comments came, also those that were imported. */
const CHOOSE = new Statement<Chosen>(
  'pastComments.choose',
  `SELECT count(*)::int AS total, min(id::text) AS "firstId", max(id::text) AS "lastId"
   FROM (SELECT id FROM comments WHERE site_id = $1 AND id >= $2 AND created_at >= $3 ORDER BY id DESC LIMIT $4) chosen`,
);
/** What people decided stands in the decision, also where the author has taken the comment back since. */
const NEXT = new Statement<PastComment>(
  'pastComments.next',
  `SELECT c.id, c.reader_id AS "readerId", c.revision, c.created_at AS "createdAt", rv.body, rv.html,
          CASE WHEN c.decided_by <> 'human' THEN NULL
               WHEN coalesce(d.to_status, c.status) = 'published' THEN 'published'
               WHEN coalesce(d.to_status, c.status) IN ('rejected', 'spam') THEN 'rejected' END AS human
   FROM (SELECT * FROM comments WHERE site_id = $1 AND id > $2 AND id <= $3 ORDER BY id LIMIT ${PAGE}) c
   JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
   LEFT JOIN decisions d ON d.id = c.decision_id
   ORDER BY c.id`,
);

const TEXTS = new Statement<{ id: string; body: string }>(
  'pastComments.texts',
  `SELECT rv.comment_id AS id, rv.body FROM unnest($1::uuid[], $2::int[]) AS e(id, revision)
   JOIN comment_revisions rv ON rv.comment_id = e.id AND rv.revision = e.revision`,
);

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export const pastCommentStore = {
  async choose(
    em: EntityManager,
    { siteId, since, lastComments }: { siteId: string; since: Date | null; lastComments: number | null },
  ): Promise<Chosen> {
    const from = idAt(since ? since.getTime() - CLOCKS_DIFFER_MS : 0);
    const [chosen] = await CHOOSE.run(em, [siteId, from, since ?? '-infinity', lastComments]);
    return chosen ?? { total: 0, firstId: null, lastId: null };
  },

  /** The oldest behind the cursor, up to the last one that was chosen. */
  next: (em: EntityManager, { siteId, cursor, lastId }: { siteId: string; cursor: string; lastId: string | null }) =>
    NEXT.run(em, [siteId, cursor, lastId ?? NEWEST]),

  /** Of these revisions, by comment: as they stand now. */
  async texts(
    em: EntityManager,
    revisions: readonly { commentId: string; revision: number }[],
  ): Promise<Map<string, string>> {
    if (revisions.length === 0) return new Map();
    const ids = revisions.map(({ commentId }) => commentId);
    const rows = await TEXTS.run(em, [ids, revisions.map(({ revision }) => revision)]);
    return new Map(rows.map(({ id, body }) => [id, body]));
  },
};
