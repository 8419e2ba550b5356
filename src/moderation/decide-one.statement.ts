import { Statement } from '../platform/database/statement.js';
import { BUILT_QUEUES } from './queues.js';

/** What follows reads what is so once nobody else changes the comment: in one statement it would read what was before. */
export const LOCK_ONE = new Statement<never>(
  'decisions.lockOne',
  'SELECT FROM comments WHERE id = $1 FOR NO KEY UPDATE',
);

/**
 * The whole of a plain decision on one comment: judged as it was seen, held by nobody else, left to nobody else, with no
 * report or notice open. What is not so plain gets no row, and nothing is written. Says in SQL what `Decide` does for a thousand: status,
 * queue items, decision, fact for the relay, and log.
 *
 * $1 comment, $2 revision, $3 status that was seen or null, $4 statuses that the action moves, $5 where to, $6 and $7
 * sites of the person and how long decisions can be undone there, $8 person, $9 decision, $10 batch, $11 action,
 * $12 reason, $13 log entry, $14 what the log calls it.
 */
export const DECIDE_ONE = new Statement<{ applied: true }>(
  'decisions.one',
  `WITH fit AS MATERIALIZED (
     SELECT c.id, c.site_id, c.thread_id, c.revision, c.status, c.decided_by, c.decision_id, c.reader_id, p.undo_seconds
     FROM comments c JOIN unnest($6::uuid[], $7::int[]) AS p(site_id, undo_seconds) ON p.site_id = c.site_id
     WHERE c.id = $1 AND c.revision = $2 AND c.status = coalesce($3, c.status) AND c.status = ANY($4::text[])
       AND (c.status <> $5 OR c.decided_by <> 'human')
       AND NOT EXISTS (SELECT FROM queue_items WHERE comment_id = $1
                         AND (escalation_id IS NOT NULL OR claimed_by <> $8 AND claimed_until > clock_timestamp()))
       AND NOT EXISTS (SELECT FROM reports WHERE comment_id = $1 AND state = 'open')
       AND NOT EXISTS (SELECT FROM notices WHERE comment_id = $1 AND state = 'open')
   ), changed AS (
     UPDATE comments c SET status = $5, decided_by = 'human', decision_id = $9, pinned = pinned AND $5 = 'published'
     FROM fit WHERE c.id = fit.id
   ), gone AS (
     DELETE FROM queue_items q USING fit WHERE q.comment_id = fit.id AND q.queue = ANY('{${BUILT_QUEUES.join(',')}}')
     RETURNING q.queue, q.id
   ), decided AS (
     INSERT INTO decisions (id, site_id, thread_id, comment_id, revision, batch_id, action, from_status, from_decided_by,
                            from_decision_id, to_status, decided_by, staff_id, reason, undo_until, reader_id)
     SELECT $9::uuid, site_id, thread_id, id, revision, $10::uuid, $11, status, decided_by, decision_id, $5, 'human', $8::uuid, $12,
            clock_timestamp() + make_interval(secs => undo_seconds), reader_id
     FROM fit
   ), fact AS (
     INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status, data)
     SELECT site_id, thread_id, id, 'comment.decided', status, $5, jsonb_build_object('settled', true, 'left', coalesce(
              (SELECT jsonb_agg(jsonb_build_object('queue', gone.queue, 'itemId', gone.id)) FROM gone), '[]'))
     FROM fit
   ), logged AS (
     INSERT INTO log_entries (id, site_id, actor_kind, actor_id, action, subject_kind, subject_id, codes)
     SELECT $13::uuid, site_id, 'staff', $8::uuid, $14, 'comment', id, jsonb_strip_nulls(jsonb_build_object(
              'decisionId', $9::uuid, 'batchId', $10::uuid, 'revision', revision, 'from', status, 'to', $5::text, 'reason', $12::text))
     FROM fit
   )
   SELECT true AS applied FROM fit`,
);
