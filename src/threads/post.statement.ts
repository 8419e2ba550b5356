import type { SanctionInForce } from '../identity/index.js';
import { Statement } from '../platform/database/statement.js';
import type { Status } from './comment-status.js';

export type ThreadState = 'open' | 'closed' | 'frozen';
export type ModerationMode = 'pre' | 'post';

/** What the statement found, and `createdAt` where it wrote. */
export interface PostOutcome {
  /** Of the comment that was asked for. */
  id: string;
  threadId: string;
  state: ThreadState;
  mode: ModerationMode;
  readerId: string | null;
  authorName: string | null;
  /** In force of the reader, strictest first; null: none. */
  sanctions: SanctionInForce[] | null;
  parentStatus: Status | null;
  priorId: string | null;
  priorDigest: Buffer | null;
  keyFree: boolean;
  depth: number;
  createdAt: Date | null;
  /** These three not of the plain root form, which knows no passages. */
  passageId?: string | null;
  passageClosed?: boolean;
  passageShown?: boolean;
}

/** Deeper chains are refused: each level costs its ancestors a step when it is published. */
export const MAX_STORED_DEPTH = 1_000;

export type Form = 'root' | 'inline' | 'reply';

interface FormOfPost {
  /** What `found` has of the parent and the passage, and how it comes by them. */
  columns: string;
  join: string;
  /** When it may be written, beyond what all forms ask. */
  fits: string;
  hasPassage: boolean;
  outcome: string;
}

/** Pages show it, or a comment of this very reader hangs on it: nobody else may know that it is there. */
export const PASSAGE_SHOWN = `coalesce(pa.kind = 'question' OR lp.comment_count > 0 OR EXISTS (
              SELECT FROM comments o WHERE o.reader_id = r.id AND o.thread_id = t.id AND o.passage_id = pa.id
            ), false)`;

const FORMS: Record<Form, FormOfPost> = {
  root: {
    columns: 'NULL::text AS parent_status, g.id AS root_id, 0 AS depth',
    join: '',
    fits: '',
    hasPassage: false,
    outcome: '',
  },
  inline: {
    columns: `NULL::text AS parent_status, g.id AS root_id, 0 AS depth, g."passageId" AS passage_id,
            coalesce(pa.closed, false) AS passage_closed, g."byWords" OR ${PASSAGE_SHOWN} AS passage_shown`,
    join: `LEFT JOIN passages pa ON pa.id = g."passageId" AND pa.thread_id = t.id
     LEFT JOIN listed_passages lp ON lp.passage_id = pa.id`,
    fits: 'AND passage_shown AND NOT passage_closed',
    hasPassage: true,
    outcome: `, found.passage_id AS "passageId", found.passage_closed AS "passageClosed",
          found.passage_shown AS "passageShown"`,
  },
  reply: {
    columns: `p.status AS parent_status, p.root_id AS root_id, p.depth + 1 AS depth, p.passage_id,
            p.passage_id IS NOT NULL AND (SELECT closed FROM passages WHERE id = p.passage_id) AS passage_closed`,
    join: `LEFT JOIN LATERAL (SELECT status, root_id, depth, passage_id FROM comments
                         WHERE id = g."parentId" AND thread_id = t.id OFFSET 0) p ON true`,
    fits: `AND parent_status = 'published' AND depth <= ${MAX_STORED_DEPTH} AND NOT passage_closed`,
    hasPassage: true,
    outcome: ', found.passage_id AS "passageId", found.passage_closed AS "passageClosed"',
  },
};

const KEYED = {
  columns: `k.comment_id AS prior_id, k.request_digest AS prior_digest,
            r.id IS NULL OR pg_try_advisory_xact_lock(hashtextextended(r.id::text || t.id::text || g.key, 0)) AS key_free`,
  join: `LEFT JOIN post_keys k ON k.reader_id = r.id AND k.thread_id = t.id AND k.key = g.key
                          AND k.created_at > clock_timestamp() - interval '24 hours'`,
  fits: 'AND key_free AND prior_id IS NULL',
  insert: `, key AS (
     INSERT INTO post_keys (reader_id, thread_id, key, site_id, request_digest, comment_id)
     SELECT reader_id, thread_id, key, site_id, decode("requestDigest", 'hex'), id FROM fit
   )`,
};
const KEYLESS: typeof KEYED = {
  columns: 'NULL::uuid AS prior_id, NULL::bytea AS prior_digest, true AS key_free',
  join: '',
  fits: '',
  insert: '',
};

/**
 * The whole write of comments in one statement and one commit: check of session, thread and parent, comment, revision
 * with its screening, outbox, and the idempotency key. It takes no lock on a row that another writer of the thread
 * needs. Two requests with the same key at once: the advisory lock lets one in and tells the other.
 *
 * It takes as many as come while another one runs, each judged by itself: a statement costs more than the rows it
 * writes. OFFSET 0 keeps it from reading whole tables, whatever the planner thinks of their size.
 *
 * Six statements, by form and with and without a key: one that covers all of them carries joins that most posts do
 * not need (126 to 132 µs of PostgreSQL's CPU a post, against 105 to 122 without them: pgbench, one connection).
 */
function statement(name: Form, keyed: boolean): Statement<PostOutcome> {
  const form = FORMS[name];
  const key = keyed ? KEYED : KEYLESS;
  const passage = form.hasPassage ? ', passage_id' : '';
  return new Statement(
    `comments.post.${name}${keyed ? '.keyed' : ''}`,
    `WITH found AS MATERIALIZED (
     SELECT g.*, t.id AS thread_id, t.site_id,
            CASE WHEN t.state = 'open' AND t.closes_at <= clock_timestamp() THEN 'closed' ELSE t.state END AS state,
            coalesce(t.moderation_mode, g."siteMode") AS is_mode, r.id AS reader_id, r.display_name, r.sanctions,
            ${form.columns},
            ${key.columns}
     FROM jsonb_to_recordset($1::jsonb) AS g(
       id uuid, "threadId" uuid, "sessionId" uuid, "parentId" uuid, "passageId" uuid, "byWords" bool, mode text,
       "siteMode" text, sanction text, status text, "decidedBy" text, body text, html text, findings jsonb, digest text, key text, "requestDigest" text)
     JOIN LATERAL (SELECT * FROM threads WHERE id = g."threadId" OFFSET 0) t ON true
     LEFT JOIN LATERAL (
       SELECT r.id, r.display_name, sanctions_in_force(r.sanctions) AS sanctions
       FROM reader_sessions s JOIN readers r ON r.id = s.reader_id
       WHERE s.id = g."sessionId" AND s.site_id = t.site_id AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
       OFFSET 0
     ) r ON true
     ${form.join} ${key.join}
   ), fit AS (
     SELECT * FROM found WHERE state = 'open' AND reader_id IS NOT NULL AND mode = is_mode
       AND sanctions->0->>'kind' IS NOT DISTINCT FROM sanction ${form.fits} ${key.fits}
   ), c AS (
     INSERT INTO comments (id, site_id, thread_id, parent_id, root_id, depth, reader_id, status, decided_by${passage})
     SELECT id, site_id, thread_id, "parentId", root_id, depth, reader_id, status, "decidedBy"${passage} FROM fit
     RETURNING id, created_at
   ), revision AS (
     INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening, digest)
     SELECT id, 1, site_id, body, html, findings, digest FROM fit
   ), fact AS (
     INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status)
     SELECT site_id, thread_id, id, 'comment.posted', 'none', status FROM fit
   )${key.insert}
   SELECT found.id, found.thread_id AS "threadId", found.state, found.is_mode AS mode, found.reader_id AS "readerId",
          found.display_name AS "authorName", found.sanctions, found.parent_status AS "parentStatus", found.prior_id AS "priorId",
          found.prior_digest AS "priorDigest", found.key_free AS "keyFree", found.depth,
          c.created_at AS "createdAt"${form.outcome}
   FROM found LEFT JOIN c USING (id)`,
  );
}

const statements = (form: Form) => ({ plain: statement(form, false), keyed: statement(form, true) });
/** By form, with and without an idempotency key. */
export const POST = { root: statements('root'), inline: statements('inline'), reply: statements('reply') };
