import { Statement } from '../platform/database/statement.js';
import { reachInSql } from './priority.js';
import { ADVERTISING, BUILT_QUEUES, type BuiltQueue, type QueueChange } from './queues.js';

export interface ChangedItem {
  siteId: string;
  queue: BuiltQueue;
  itemId: string;
  change: QueueChange;
}

/** The highest score that a rule gave the text. That moderation comes first says nothing of it. */
const SCORES = `coalesce((SELECT max((f->>'score')::float8) FROM jsonb_array_elements(rv.screening) f
                          WHERE f->>'rule' <> 'mode'), 0)`;

/** Since when a comment waits for its first decision: a rule that held it later began a new wait. */
const WAITS_SINCE = `coalesce(CASE WHEN c.decided_by = 'rule'
                          THEN (SELECT d.at FROM decisions d WHERE d.id = c.decision_id) END, rv.created_at)`;

/** Whether a rule holds it because it advertises. */
const ADVERTISES = `EXISTS (SELECT FROM jsonb_array_elements(rv.screening) f WHERE f->>'action' IN ('hold', 'reject')
                            AND coalesce(f->>'kind', f->>'rule') = ANY('{${ADVERTISING.join(',')}}'))`;

const REACH = reachInSql(`coalesce((SELECT h.comment_count FROM thread_heads h WHERE h.thread_id = c.thread_id), 0)`);

/** What people say of it, in the form of a rule's finding: score w / (w + 1) of a weight w, 0.5 of one newcomer. */
const CASES_AS_FINDINGS = `
  CASE WHEN r.count > 0 THEN jsonb_build_array(jsonb_build_object(
    'rule', 'reports', 'score', round((r.weight / (r.weight + 1))::numeric, 3), 'action', 'note', 'evidence', '[]'::jsonb,
    'explanation', format('Open reports of readers: %s (%s).', r.count, r.reasons))) ELSE '[]' END ||
  CASE WHEN n.count > 0 THEN jsonb_build_array(jsonb_build_object(
    'rule', 'notices', 'score', 1, 'action', 'note', 'evidence', '[]'::jsonb,
    'explanation', format('Open notices of illegal content: %s.', n.count))) ELSE '[]' END`;

/**
 * Brings membership to what the comments are now; `queuesOf` says the same in words. The threads' projection has locked
 * them in this transaction, so no report or decision can pass in between, and late, twice or after a decision ends the
 * same. $2 to $5: ids for the items that may be new: one by status, one for advertising, one for reports, one for notices.
 *
 * Priority is a sum, its parts kept beside it: the highest score of a rule (0 to 1), the weights of the open reports
 * (src/moderation/reports/weight.ts), 1 for each open notice, and the reach of the thread (src/moderation/priority.ts). Waiting
 * adds to it by itself: the column `rank`.
 */
export const BRING_UP = new Statement<ChangedItem>(
  'queues.bringUp',
  `WITH subject AS MATERIALIZED (
     SELECT c.id, c.site_id, c.thread_id, c.revision, rv.screening || ${CASES_AS_FINDINGS} AS reasons,
            jsonb_build_object('scores', ${SCORES}, 'reports', r.weight, 'notices', n.count, 'reach', ${REACH}) AS parts,
            ARRAY[
              CASE WHEN c.status = 'pending' THEN 'pending'
                   WHEN c.status = 'published' AND (c.decided_by <> 'human' OR e.id IS NOT NULL) THEN 'unmoderated' END,
              CASE WHEN c.status = 'pending' AND ${ADVERTISES} THEN 'spam' END,
              CASE WHEN r.count > 0 AND c.status IN ('pending', 'published') THEN 'reported' END,
              CASE WHEN n.count > 0 AND c.status <> 'deleted' THEN 'illegal' END
            ] AS queues,
            ARRAY[g.by_status, g.spam, g.reported, g.illegal] AS item_ids,
            ARRAY[${WAITS_SINCE}, ${WAITS_SINCE}, r.since, n.since] AS entered,
            e.id AS escalation_id
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) AS g(id, by_status, spam, reported, illegal)
     JOIN comments c ON c.id = g.id
     JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS count, coalesce(sum(weight), 0) AS weight, min(created_at) AS since,
              string_agg(DISTINCT reason, ', ') AS reasons
       FROM reports WHERE comment_id = c.id AND state = 'open'
     ) r
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS count, min(received_at) AS since FROM notices WHERE comment_id = c.id AND state = 'open'
     ) n
     LEFT JOIN escalations e ON e.comment_id = c.id AND e.state = 'open'
   ), gone AS (
     DELETE FROM queue_items q USING subject s
     WHERE q.comment_id = s.id AND q.queue = ANY('{${BUILT_QUEUES.join(',')}}')
       AND q.queue = ANY(s.queues) IS NOT TRUE
     RETURNING q.site_id, q.queue, q.id
   ), here AS (
     INSERT INTO queue_items
       (id, site_id, thread_id, queue, comment_id, revision, priority, priority_parts, reasons, entered_at, escalation_id)
     SELECT q.item_id, s.site_id, s.thread_id, q.queue, s.id, s.revision,
            (SELECT sum(part::float8) FROM jsonb_each_text(s.parts) AS p(name, part)),
            s.parts, s.reasons, q.entered, s.escalation_id
     FROM subject s CROSS JOIN LATERAL unnest(s.queues, s.item_ids, s.entered) AS q(queue, item_id, entered)
     WHERE q.queue IS NOT NULL
     ON CONFLICT (comment_id, queue) DO UPDATE
       SET revision = excluded.revision, reasons = excluded.reasons, priority = excluded.priority,
           priority_parts = excluded.priority_parts, escalation_id = excluded.escalation_id
       WHERE queue_items.revision <> excluded.revision OR queue_items.reasons <> excluded.reasons
         OR queue_items.priority_parts <> excluded.priority_parts
         OR queue_items.escalation_id IS DISTINCT FROM excluded.escalation_id
     RETURNING site_id, queue, id, xmax = 0 AS inserted
   )
   SELECT site_id AS "siteId", queue, id AS "itemId", 'left' AS change FROM gone
   UNION ALL
   SELECT site_id, queue, id, CASE WHEN inserted THEN 'entered' ELSE 'changed' END FROM here`,
);

/**
 * The same for comments that were only posted, which is nearly all of them: nobody can have said anything of them yet, or
 * the fact of that brings them up itself, and what stands in a queue already stays as it is. $2 and $3: ids for the items
 * by status and for advertising.
 */
export const BRING_IN = new Statement<ChangedItem>(
  'queues.bringIn',
  `WITH subject AS MATERIALIZED (
     SELECT c.id, c.site_id, c.thread_id, c.revision, rv.screening AS reasons, ${WAITS_SINCE} AS entered,
            jsonb_build_object('scores', s.scores, 'reports', 0, 'notices', 0, 'reach', s.reach) AS parts,
            s.scores + s.reach AS priority,
            ARRAY[CASE c.status WHEN 'pending' THEN 'pending' WHEN 'published' THEN 'unmoderated' END,
                  CASE WHEN c.status = 'pending' AND ${ADVERTISES} THEN 'spam' END] AS queues,
            ARRAY[g.by_status, g.spam] AS item_ids
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS g(id, by_status, spam)
     JOIN comments c ON c.id = g.id AND (c.status = 'pending' OR c.status = 'published' AND c.decided_by <> 'human')
     JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
     CROSS JOIN LATERAL (SELECT ${SCORES} AS scores, (${REACH})::float8 AS reach) s
   ), here AS (
     INSERT INTO queue_items
       (id, site_id, thread_id, queue, comment_id, revision, priority, priority_parts, reasons, entered_at)
     SELECT q.item_id, s.site_id, s.thread_id, q.queue, s.id, s.revision, s.priority, s.parts, s.reasons, s.entered
     FROM subject s CROSS JOIN LATERAL unnest(s.queues, s.item_ids) AS q(queue, item_id)
     WHERE q.queue IS NOT NULL
     ON CONFLICT (comment_id, queue) DO NOTHING
     RETURNING site_id, queue, id
   )
   SELECT site_id AS "siteId", queue, id AS "itemId", 'entered' AS change FROM here`,
);
