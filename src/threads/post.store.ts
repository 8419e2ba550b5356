import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { DecidedBy, Status } from './comment-status.js';

export type ThreadState = 'open' | 'closed' | 'frozen';
export type ModerationMode = 'pre' | 'post';

export interface NewComment {
  id: string;
  siteId: string;
  threadKey: string;
  sessionId: string;
  parentId: string | null;
  /** What the screening went by; nothing is written where the thread says otherwise by now. */
  mode: ModerationMode;
  siteMode: ModerationMode;
  status: Status;
  decidedBy: DecidedBy;
  body: string;
  html: string;
  findings: unknown;
  idempotencyKey: string | null;
  requestDigest: Buffer | null;
}

/** What the statement found, and `createdAt` where it wrote. */
export interface PostOutcome {
  threadId: string;
  state: ThreadState;
  mode: ModerationMode;
  readerId: string | null;
  authorName: string | null;
  parentStatus: Status | null;
  parentDepth: number | null;
  priorId: string | null;
  priorDigest: Buffer | null;
  keyFree: boolean;
  depth: number;
  createdAt: Date | null;
}

/** Deeper chains are refused: each level costs its ancestors a step when it is published. */
export const MAX_STORED_DEPTH = 1_000;

/**
 * The whole write of a comment in one statement and one commit: check of session, thread and parent, comment, revision
 * with its screening, outbox, and the idempotency key. It takes no lock on a row that another writer of the thread
 * needs. Two requests with the same key at once: the advisory lock lets one in and tells the other.
 */
const POST = new Statement<PostOutcome>(
  'comments.post',
  `WITH found AS MATERIALIZED (
     SELECT t.id AS thread_id, t.site_id,
            CASE WHEN t.state = 'open' AND t.closes_at <= clock_timestamp() THEN 'closed' ELSE t.state END AS state,
            coalesce(t.moderation_mode, $7) AS mode, r.id AS reader_id, r.display_name,
            p.status AS parent_status, p.depth AS parent_depth, p.root_id AS parent_root,
            coalesce(p.depth + 1, 0) AS depth, k.comment_id AS prior_id, k.request_digest AS prior_digest,
            CASE WHEN $13::text IS NULL OR r.id IS NULL THEN true
                 ELSE pg_try_advisory_xact_lock(hashtextextended(r.id::text || t.id::text || $13, 0)) END AS key_free
     FROM threads t
     LEFT JOIN reader_sessions s ON s.id = $4 AND s.site_id = t.site_id AND s.ended_at IS NULL
                                AND s.expires_at > clock_timestamp()
     LEFT JOIN readers r ON r.id = s.reader_id
     LEFT JOIN comments p ON p.id = $5 AND p.thread_id = t.id
     LEFT JOIN post_keys k ON $13::text IS NOT NULL AND k.reader_id = r.id AND k.thread_id = t.id AND k.key = $13
                          AND k.created_at > clock_timestamp() - interval '24 hours'
     WHERE t.site_id = $2 AND t.key = $3
   ), fit AS (
     SELECT * FROM found
     WHERE state = 'open' AND reader_id IS NOT NULL AND mode = $6 AND depth <= ${MAX_STORED_DEPTH}
       AND ($5::uuid IS NULL OR parent_status = 'published') AND key_free AND prior_id IS NULL
   ), c AS (
     INSERT INTO comments (id, site_id, thread_id, parent_id, root_id, depth, reader_id, status, decided_by)
     SELECT $1, site_id, thread_id, $5, coalesce(parent_root, $1), depth, reader_id, $8, $9 FROM fit
     RETURNING created_at
   ), revision AS (
     INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening)
     SELECT $1, 1, site_id, $10, $11, $12 FROM fit
   ), fact AS (
     INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status)
     SELECT site_id, thread_id, $1, 'comment.posted', 'none', $8 FROM fit
   ), key AS (
     INSERT INTO post_keys (reader_id, thread_id, key, site_id, request_digest, comment_id)
     SELECT reader_id, thread_id, $13, site_id, $14, $1 FROM fit WHERE $13::text IS NOT NULL
   )
   SELECT found.thread_id AS "threadId", found.state, found.mode, found.reader_id AS "readerId",
          found.display_name AS "authorName", found.parent_status AS "parentStatus", found.parent_depth AS "parentDepth",
          found.prior_id AS "priorId", found.prior_digest AS "priorDigest", found.key_free AS "keyFree", found.depth,
          c.created_at AS "createdAt"
   FROM found LEFT JOIN c ON true`,
);

/** Undefined: there is no such thread. A violated `post_keys_once` says that the same key was used a moment ago. */
export async function writeComment(em: EntityManager, comment: NewComment): Promise<PostOutcome | undefined> {
  const rows = await POST.run(em, [
    comment.id,
    comment.siteId,
    comment.threadKey,
    comment.sessionId,
    comment.parentId,
    comment.mode,
    comment.siteMode,
    comment.status,
    comment.decidedBy,
    comment.body,
    comment.html,
    JSON.stringify(comment.findings),
    comment.idempotencyKey,
    comment.requestDigest,
  ]);
  return rows[0];
}

const FORGET_KEY = new Statement<never>(
  'comments.forgetKey',
  `DELETE FROM post_keys WHERE key = $1 AND created_at <= clock_timestamp() - interval '24 hours'`,
);

/** Keys count for a day; the clearing job may not have come by yet. */
export async function forgetKey(em: EntityManager, key: string): Promise<void> {
  await FORGET_KEY.run(em, [key]);
}
