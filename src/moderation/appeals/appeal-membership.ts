import { Statement } from '../../platform/database/statement.js';
import type { ChangedItem } from '../queue-membership.js';
import { STANDS } from './appeal.store.js';

export interface FollowedAppeal {
  id: string;
  siteId: string;
  commentId: string;
  decisionId: string;
  state: 'open' | 'moot';
}

/**
 * Brings the appeals of comments, decided on in another way, to what these are now: moot where nothing keeps the comment
 * down any more that stands on the decision, open again where it does again. Another restriction on top of it leaves the
 * appeal open. The threads' projection has locked the comments in this transaction.
 */
export const FOLLOW_COMMENTS = new Statement<FollowedAppeal>(
  'appeals.follow',
  `UPDATE appeals a SET state = p.state, decided_at = CASE WHEN p.state = 'moot' THEN clock_timestamp() END
   FROM (
     SELECT a.id, CASE WHEN ${STANDS} THEN 'open' ELSE 'moot' END AS state
     FROM appeals a WHERE a.comment_id = ANY($1::uuid[]) AND a.state IN ('open', 'moot')
   ) p
   WHERE a.id = p.id AND a.state <> p.state
   RETURNING a.id, a.site_id AS "siteId", a.comment_id AS "commentId", a.decision_id AS "decisionId", a.state`,
);

/** Of what has changed so: the log, and the fact that the reader is told of. */
export const TELL_FOLLOWED = new Statement<never>(
  'appeals.tellFollowed',
  `WITH changed AS (
     SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS n(id uuid, "siteId" uuid, "commentId" uuid, "decisionId" uuid, state text, "entryId" uuid)
   ), told AS (
     INSERT INTO outbox (site_id, subject_id, topic, data)
     SELECT "siteId", id, $2, jsonb_build_object('commentId', "commentId", 'decisionId', "decisionId", 'outcome', state)
     FROM changed WHERE state = 'moot'
   )
   INSERT INTO log_entries (id, site_id, actor_kind, action, subject_kind, subject_id, codes)
   SELECT "entryId", "siteId", 'system', CASE WHEN state = 'moot' THEN 'appeal.closed' ELSE 'appeal.reopened' END,
          'comment', "commentId", jsonb_build_object('appealId', id, 'decisionId', "decisionId")
   FROM changed`,
);

/** An item for each of the appeals $1 that is open, and none for the others. $2: ids for the items. The oldest comes first. */
export const BRING_UP_APPEALS = new Statement<ChangedItem>(
  'appeals.bringUp',
  `WITH subject AS MATERIALIZED (
     SELECT a.*, g.item_id FROM unnest($1::uuid[], $2::uuid[]) AS g(id, item_id) JOIN appeals a ON a.id = g.id
   ), gone AS (
     DELETE FROM queue_items q USING subject s WHERE q.appeal_id = s.id AND s.state <> 'open'
     RETURNING q.site_id, q.queue, q.id
   ), here AS (
     INSERT INTO queue_items (id, site_id, thread_id, queue, appeal_id, revision, reasons, entered_at)
     SELECT s.item_id, s.site_id, s.thread_id, 'appeals', s.id, s.revision, coalesce(rv.screening, '[]'), s.at
     FROM subject s LEFT JOIN comment_revisions rv ON rv.comment_id = s.comment_id AND rv.revision = s.revision
     WHERE s.state = 'open'
     ON CONFLICT (appeal_id) WHERE appeal_id IS NOT NULL DO NOTHING
     RETURNING site_id, queue, id
   )
   SELECT site_id AS "siteId", queue, id AS "itemId", 'left' AS change FROM gone
   UNION ALL
   SELECT site_id, queue, id, 'entered' FROM here`,
);
