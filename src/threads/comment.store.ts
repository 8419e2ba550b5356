import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../platform/database/statement.js';
import { COMMENT_COLUMNS, COMMENT_JOINS } from './comment-columns.js';
import type { DecidedBy, Status } from './comment-status.js';
import type { CommentRow } from './comment.view.js';
import type { StaffCommentRow } from './staff-comment.view.js';

export type FullCommentRow = CommentRow & StaffCommentRow & { screening: unknown[] };

const FULL_COLUMNS = `${COMMENT_COLUMNS}, rv.body, c.decided_by AS "decidedBy", rv.screening,
  t.title AS "threadTitle", t.url AS "threadUrl"`;

const BY_IDS = new Statement<FullCommentRow>(
  'comments.byIds',
  `SELECT ${FULL_COLUMNS} FROM comments c ${COMMENT_JOINS} WHERE c.id = ANY($1::uuid[])`,
);

const ANCESTORS = new Statement<CommentRow>(
  'comments.ancestors',
  `WITH RECURSIVE chain AS (
     SELECT id, parent_id FROM comments WHERE id = $1
     UNION ALL
     SELECT p.id, p.parent_id FROM chain JOIN comments p ON p.id = chain.parent_id
   )
   SELECT ${COMMENT_COLUMNS} FROM chain JOIN comments c ON c.id = chain.id ${COMMENT_JOINS}
   WHERE c.id <> $1 ORDER BY c.depth`,
);

/** Mine that others can't see, and mine of the last minute whatever their status. */
const MINE = new Statement<CommentRow & { body: string }>(
  'comments.mine',
  `SELECT ${COMMENT_COLUMNS}, rv.body FROM comments c ${COMMENT_JOINS}
   WHERE c.reader_id = $1 AND c.thread_id = $2 AND c.status <> 'deleted'
     AND (c.status <> 'published' OR c.created_at > clock_timestamp() - interval '60 seconds')
   ORDER BY c.created_at DESC, c.id DESC LIMIT 100`,
);

export interface LockedComment {
  id: string;
  siteId: string;
  threadId: string;
  readerId: string;
  depth: number;
  status: Status;
  decidedBy: DecidedBy;
  decisionId: string | null;
  revision: number;
  pinned: boolean;
  createdAt: Date;
  threadState: 'open' | 'closed' | 'frozen';
  threadMode: 'pre' | 'post' | null;
  /** By the database's clock. */
  ageSeconds: number;
}

/** In the order of their ids, as the relay takes them: two that lock several can't wait for each other. */
const LOCK = new Statement<LockedComment>(
  'comments.lock',
  `WITH locked AS MATERIALIZED (
     SELECT * FROM comments WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
   )
   SELECT c.id, c.site_id AS "siteId", c.thread_id AS "threadId", c.reader_id AS "readerId", c.depth, c.status,
          c.decided_by AS "decidedBy", c.decision_id AS "decisionId", c.revision, c.pinned, c.created_at AS "createdAt",
          t.state AS "threadState", t.moderation_mode AS "threadMode",
          extract(epoch FROM clock_timestamp() - c.created_at)::float8 AS "ageSeconds"
   FROM locked c JOIN threads t ON t.id = c.thread_id ORDER BY c.id`,
);

/** A comment that is taken down is no longer pinned. */
const SET_STATUS = new Statement<never>(
  'comments.setStatus',
  `UPDATE comments c SET status = n.status, decided_by = n.decided_by, decision_id = n.decision_id,
                         pinned = c.pinned AND n.status = 'published'
   FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) AS n(id, status, decided_by, decision_id)
   WHERE c.id = n.id`,
);

const ADD_REVISION = new Statement<never>(
  'comments.addRevision',
  `WITH revision AS (
     INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening, digest)
     SELECT id, revision + 1, site_id, $2, $3, $4, $7 FROM comments WHERE id = $1
   )
   UPDATE comments SET revision = revision + 1, status = $5, decided_by = $6, decision_id = NULL,
                       edited_at = clock_timestamp(), pinned = pinned AND $5 = 'published'
   WHERE id = $1`,
);

const SET_PINNED = new Statement<never>('comments.setPinned', 'UPDATE comments SET pinned = $2 WHERE id = $1');
const COUNT_PINNED = new Statement<{ count: number }>(
  'comments.countPinned',
  'SELECT count(*) AS count FROM comments WHERE thread_id = $1 AND pinned AND id <> $2',
);
/** Who pins in a thread waits for whoever else does; posting does not, it locks no thread. */
const LOCK_THREAD = new Statement<never>('comments.lockThread', 'SELECT FROM threads WHERE id = $1 FOR NO KEY UPDATE');

export interface StatusChange {
  id: string;
  status: Status;
  decidedBy: DecidedBy;
  decisionId: string | null;
}

export interface RevisedText {
  body: string;
  html: string;
  findings: unknown;
  /** By which repeats are known; null where no rule of the site looks for them. */
  digest: string | null;
  status: Status;
  decidedBy: DecidedBy;
}

export interface RevisionRow {
  revision: number;
  body: string;
  html: string;
  screening: unknown[];
  createdAt: Date;
}

const REVISIONS = new Statement<RevisionRow>(
  'comments.revisions',
  `SELECT revision, body, html, screening, created_at AS "createdAt" FROM comment_revisions
   WHERE comment_id = $1 ORDER BY revision DESC`,
);

export const commentStore = {
  byIds: (em: EntityManager, ids: readonly string[]): Promise<FullCommentRow[]> => BY_IDS.run(em, [ids]),

  async byId(em: EntityManager, id: string): Promise<FullCommentRow | undefined> {
    return (await BY_IDS.run(em, [[id]]))[0];
  },

  /** Outermost first. */
  ancestors: (em: EntityManager, id: string): Promise<CommentRow[]> => ANCESTORS.run(em, [id]),

  revisions: (em: EntityManager, id: string): Promise<RevisionRow[]> => REVISIONS.run(em, [id]),

  mine: (em: EntityManager, readerId: string, threadId: string): Promise<(CommentRow & { body: string })[]> =>
    MINE.run(em, [readerId, threadId]),

  lock: (em: EntityManager, ids: readonly string[]): Promise<LockedComment[]> => LOCK.run(em, [ids]),

  settingStatus: (changes: readonly StatusChange[]): Write =>
    SET_STATUS.with([
      changes.map((change) => change.id),
      changes.map((change) => change.status),
      changes.map((change) => change.decidedBy),
      changes.map((change) => change.decisionId),
    ]),

  async addRevision(em: EntityManager, id: string, text: RevisedText): Promise<void> {
    const { body, html, findings, status, decidedBy, digest } = text;
    await ADD_REVISION.run(em, [id, body, html, JSON.stringify(findings), status, decidedBy, digest]);
  },

  async setPinned(em: EntityManager, id: string, pinned: boolean): Promise<void> {
    await SET_PINNED.run(em, [id, pinned]);
  },

  /** Counted under a lock: until the transaction ends, nobody else pins in the thread. */
  async pinnedBeside(em: EntityManager, threadId: string, id: string): Promise<number> {
    await LOCK_THREAD.run(em, [threadId]);
    return (await COUNT_PINNED.run(em, [threadId, id]))[0]?.count ?? 0;
  },
};
