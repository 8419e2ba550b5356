import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { DecidedBy, Status } from './comment-status.js';
import { PASSAGE_SHOWN, POST, type Form, type ModerationMode, type PostOutcome } from './post.statement.js';

export { MAX_STORED_DEPTH, type ModerationMode, type PostOutcome, type ThreadState } from './post.statement.js';

/** What a root comment hangs on. */
export interface PassageOfPost {
  id: string;
  /** Found or made by the words that were marked. One that is named must be shown, or be mine already. */
  byWords: boolean;
}

export interface NewComment {
  id: string;
  threadId: string;
  sessionId: string;
  parentId: string | null;
  /** Of a root comment; a reply has that of its parent. */
  passage: PassageOfPost | null;
  /** What the screening went by; nothing is written where the thread says otherwise by now. */
  mode: ModerationMode;
  siteMode: ModerationMode;
  /** The strictest in force that the screening went by; nothing is written where the reader's row says otherwise. */
  sanction: 'premoderate' | undefined;
  status: Status;
  decidedBy: DecidedBy;
  body: string;
  html: string;
  findings: unknown;
  /** By which repeats are known; null where no rule of the site looks for them. */
  digest: string | null;
  idempotency: { key: string; requestDigest: Buffer } | null;
}

export type PostForm = `${Form}.${'plain' | 'keyed'}`;

/** Comments of one form are written by one statement. */
export function formOf({ parentId, passage, idempotency }: NewComment): PostForm {
  const form: Form = parentId !== null ? 'reply' : passage !== null ? 'inline' : 'root';
  return `${form}.${idempotency === null ? 'plain' : 'keyed'}`;
}

/**
 * Writes comments of one form: outcomes in the order of the comments, undefined where there is no such thread. A
 * violated `post_keys_once` says that the same key was used a moment ago; then none of them is written.
 */
export async function writeComments(
  em: EntityManager,
  form: PostForm,
  comments: readonly NewComment[],
): Promise<(PostOutcome | undefined)[]> {
  const [kind, keyed] = form.split('.') as [Form, 'plain' | 'keyed'];
  const rows = await POST[kind][keyed].run(em, [JSON.stringify(comments.map(rowOf))]);
  const outcomes = new Map(rows.map((row) => [row.id, row]));
  return comments.map(({ id }) => outcomes.get(id));
}

function rowOf({ passage, idempotency, ...comment }: NewComment): object {
  return {
    ...comment,
    passageId: passage?.id,
    byWords: passage?.byWords,
    key: idempotency?.key,
    requestDigest: idempotency?.requestDigest.toString('hex'),
  };
}

const PRIOR = new Statement<{ priorId: string; priorDigest: Buffer }>(
  'comments.prior',
  `SELECT k.comment_id AS "priorId", k.request_digest AS "priorDigest"
   FROM reader_sessions s JOIN post_keys k ON k.reader_id = s.reader_id
   WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
     AND k.thread_id = $2 AND k.key = $3 AND k.created_at > clock_timestamp() - interval '24 hours'`,
);

/** What this key has made before. */
export async function priorPost(em: EntityManager, sessionId: string, threadId: string, key: string) {
  return (await PRIOR.run(em, [sessionId, threadId, key]))[0];
}

const TAKES = new Statement<{ closed: boolean; shown: boolean }>(
  'comments.takes',
  `SELECT pa.closed, ${PASSAGE_SHOWN} AS shown
   FROM threads t JOIN passages pa ON pa.thread_id = t.id LEFT JOIN listed_passages lp ON lp.passage_id = pa.id
   LEFT JOIN (reader_sessions s JOIN readers r ON r.id = s.reader_id)
     ON s.id = $3 AND s.site_id = t.site_id AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
   WHERE t.id = $1 AND pa.id = $2`,
);

/** What a post that names the passage would find, for a preview. */
export async function passageForPost(em: EntityManager, threadId: string, passageId: string, sessionId: string) {
  return (await TAKES.run(em, [threadId, passageId, sessionId]))[0];
}

const PARENT_PASSAGE = new Statement<{ passageId: string | null }>(
  'comments.parentPassage',
  'SELECT passage_id AS "passageId" FROM comments WHERE id = $1 AND thread_id = $2',
);

/** Undefined: the thread has no such comment. */
export async function passageOfParent(em: EntityManager, threadId: string, parentId: string) {
  return (await PARENT_PASSAGE.run(em, [parentId, threadId]))[0]?.passageId;
}

const FORGET_KEY = new Statement<never>(
  'comments.forgetKey',
  `DELETE FROM post_keys WHERE key = $1 AND created_at <= clock_timestamp() - interval '24 hours'`,
);

/** Keys count for a day; the clearing job may not have come by yet. */
export async function forgetKey(em: EntityManager, key: string): Promise<void> {
  await FORGET_KEY.run(em, [key]);
}
