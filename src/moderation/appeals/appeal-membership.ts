import { Statement } from '../../platform/database/statement.js';
import type { ChangedItem } from '../queue-membership.js';
import { STANDS } from './appeal.store.js';

/**
 * Brings the appeals of comments, decided on in another way, to what these are now: moot where nothing keeps the comment
 * down any more that stands on the decision, open again where it does again. Another restriction on top of it leaves the
 * appeal open. The threads' projection has locked the comments in this transaction. Of each at most one
 * appeal is open: $2 and $3 are ids for the log, $4 the fact that the reader is told of.
 */
export const FOLLOW_COMMENTS = new Statement<never>(
  'appeals.follow',
  `WITH present AS MATERIALIZED (
     SELECT a.id, g.closing, g.reopening, CASE WHEN ${STANDS} THEN 'open' ELSE 'moot' END AS state
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS g(comment_id, closing, reopening)
     JOIN appeals a ON a.comment_id = g.comment_id AND a.state IN ('open', 'moot')
   ), changed AS (
     UPDATE appeals a SET state = p.state, decided_at = CASE WHEN p.state = 'moot' THEN clock_timestamp() END
     FROM present p WHERE a.id = p.id AND a.state <> p.state
     RETURNING a.id, a.site_id, a.comment_id, a.decision_id, a.state, p.closing, p.reopening
   ), told AS (
     INSERT INTO outbox (site_id, subject_id, topic, data)
     SELECT site_id, id, $4, jsonb_build_object('commentId', comment_id, 'decisionId', decision_id, 'outcome', state)
     FROM changed WHERE state = 'moot'
   )
   INSERT INTO log_entries (id, site_id, actor_kind, action, subject_kind, subject_id, codes)
   SELECT CASE WHEN state = 'moot' THEN closing ELSE reopening END, site_id, 'system',
          CASE WHEN state = 'moot' THEN 'appeal.closed' ELSE 'appeal.reopened' END, 'comment', comment_id,
          jsonb_build_object('appealId', id, 'decisionId', decision_id)
   FROM changed`,
);

/**
 * An item for each open appeal, and none for the others: of the appeals $1, and of those of the comments $3. $2 and $4
 * are ids for the items. Nothing weighs more than age: priority is 0 for all.
 */
export const BRING_UP_APPEALS = new Statement<ChangedItem>(
  'appeals.bringUp',
  `WITH subject AS MATERIALIZED (
     SELECT a.*, g.item_id FROM unnest($1::uuid[], $2::uuid[]) AS g(id, item_id) JOIN appeals a ON a.id = g.id
     UNION ALL
     SELECT a.*, g.item_id FROM unnest($3::uuid[], $4::uuid[]) AS g(comment_id, item_id)
     JOIN appeals a ON a.comment_id = g.comment_id AND a.state IN ('open', 'moot')
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
