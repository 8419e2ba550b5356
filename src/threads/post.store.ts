import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { DecidedBy, Status } from './comment-status.js';

export type ThreadState = 'open' | 'closed' | 'frozen';
export type ModerationMode = 'pre' | 'post';

export interface NewComment {
  id: string;
  threadId: string;
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
  idempotency: { key: string; requestDigest: Buffer } | null;
}

/** What the statement found, and `createdAt` where it wrote. */
export interface PostOutcome {
  threadId: string;
  state: ThreadState;
  mode: ModerationMode;
  readerId: string | null;
  authorName: string | null;
  parentStatus: Status | null;
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
 *
 * Four statements, with and without a parent and a key: one that covers all of them carries joins that most posts do
 * not need (126 to 132 µs of PostgreSQL's CPU a post, against 105 to 122 without them: pgbench, one connection).
 */
function postStatement({ reply, keyed }: { reply: boolean; keyed: boolean }): Statement<PostOutcome> {
  const name = `comments.post${reply ? '.reply' : ''}${keyed ? '.keyed' : ''}`;
  const parent = reply
    ? {
        columns: 'p.status AS parent_status, p.root_id AS root_id, p.depth + 1 AS depth',
        join: 'LEFT JOIN comments p ON p.id = $11 AND p.thread_id = t.id',
        fits: `AND parent_status = 'published' AND depth <= ${MAX_STORED_DEPTH}`,
        id: '$11::uuid',
      }
    : { columns: 'NULL::text AS parent_status, $1::uuid AS root_id, 0 AS depth', join: '', fits: '', id: 'NULL::uuid' };
  const [keyAt, digestAt] = reply ? ['$12', '$13'] : ['$11', '$12'];
  const key = keyed
    ? {
        columns: `k.comment_id AS prior_id, k.request_digest AS prior_digest,
            r.id IS NULL OR pg_try_advisory_xact_lock(hashtextextended(r.id::text || t.id::text || ${keyAt}, 0)) AS key_free`,
        join: `LEFT JOIN post_keys k ON k.reader_id = r.id AND k.thread_id = t.id AND k.key = ${keyAt}
                          AND k.created_at > clock_timestamp() - interval '24 hours'`,
        fits: 'AND key_free AND prior_id IS NULL',
        insert: `, key AS (
     INSERT INTO post_keys (reader_id, thread_id, key, site_id, request_digest, comment_id)
     SELECT reader_id, thread_id, ${keyAt}, site_id, ${digestAt}, $1 FROM fit
   )`,
      }
    : {
        columns: 'NULL::uuid AS prior_id, NULL::bytea AS prior_digest, true AS key_free',
        join: '',
        fits: '',
        insert: '',
      };
  return new Statement(
    name,
    `WITH found AS MATERIALIZED (
     SELECT t.id AS thread_id, t.site_id,
            CASE WHEN t.state = 'open' AND t.closes_at <= clock_timestamp() THEN 'closed' ELSE t.state END AS state,
            coalesce(t.moderation_mode, $5) AS mode, r.id AS reader_id, r.display_name, ${parent.columns}, ${key.columns}
     FROM threads t
     LEFT JOIN (reader_sessions s JOIN readers r ON r.id = s.reader_id)
       ON s.id = $3 AND s.site_id = t.site_id AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
     ${parent.join} ${key.join}
     WHERE t.id = $2
   ), fit AS (
     SELECT * FROM found WHERE state = 'open' AND reader_id IS NOT NULL AND mode = $4 ${parent.fits} ${key.fits}
   ), c AS (
     INSERT INTO comments (id, site_id, thread_id, parent_id, root_id, depth, reader_id, status, decided_by)
     SELECT $1, site_id, thread_id, ${parent.id}, root_id, depth, reader_id, $6, $7 FROM fit
     RETURNING created_at
   ), revision AS (
     INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening)
     SELECT $1, 1, site_id, $8, $9, $10 FROM fit
   ), fact AS (
     INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status)
     SELECT site_id, thread_id, $1, 'comment.posted', 'none', $6 FROM fit
   )${key.insert}
   SELECT found.thread_id AS "threadId", found.state, found.mode, found.reader_id AS "readerId",
          found.display_name AS "authorName", found.parent_status AS "parentStatus", found.prior_id AS "priorId",
          found.prior_digest AS "priorDigest", found.key_free AS "keyFree", found.depth, c.created_at AS "createdAt"
   FROM found LEFT JOIN c ON true`,
  );
}

const POST = {
  root: { plain: postStatement({ reply: false, keyed: false }), keyed: postStatement({ reply: false, keyed: true }) },
  reply: { plain: postStatement({ reply: true, keyed: false }), keyed: postStatement({ reply: true, keyed: true }) },
};

/** Undefined: there is no such thread. A violated `post_keys_once` says that the same key was used a moment ago. */
export async function writeComment(em: EntityManager, comment: NewComment): Promise<PostOutcome | undefined> {
  const { parentId, idempotency } = comment;
  const statement = POST[parentId === null ? 'root' : 'reply'][idempotency === null ? 'plain' : 'keyed'];
  const rows = await statement.run(em, [
    comment.id,
    comment.threadId,
    comment.sessionId,
    comment.mode,
    comment.siteMode,
    comment.status,
    comment.decidedBy,
    comment.body,
    comment.html,
    JSON.stringify(comment.findings),
    ...(parentId === null ? [] : [parentId]),
    ...(idempotency === null ? [] : [idempotency.key, idempotency.requestDigest]),
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
