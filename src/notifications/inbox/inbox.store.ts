import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { NotificationKind } from '../telling/notification.js';

export interface InboxRow {
  id: string;
  kind: NotificationKind;
  createdAt: Date;
  readAt: Date | null;
  commentId: string | null;
  subjectId: string | null;
  outcome: string | null;
  /** Of a comment that is published; of others nothing is told. */
  authorName: string | null;
  html: string | null;
  threadKey: string | null;
  threadTitle: string | null;
  threadUrl: string | null;
}

/** What mails read again before they go out, this reads too: what is not so any more is not there. */
const TRUE_NOW = `CASE
  WHEN n.kind = 'mention' THEN c.status = 'published' AND strpos(rv.body, 'reader:' || n.reader_id) > 0
  WHEN n.kind IN ('reply', 'follow-up', 'published') THEN c.status = 'published'
  WHEN n.kind = 'rejected' THEN c.decision_id = n.subject_id
  WHEN n.kind = 'report' THEN EXISTS (SELECT FROM reports r WHERE r.decision_id = n.subject_id AND r.reader_id = n.reader_id)
  WHEN n.kind = 'appeal' THEN EXISTS (SELECT FROM appeals a WHERE a.id = n.subject_id AND a.state IN ('upheld', 'overturned'))
  WHEN n.kind = 'sanction' THEN EXISTS (SELECT FROM sanctions s WHERE s.id = n.subject_id AND s.lifted_at IS NULL)
  END`;
const JOINS = `LEFT JOIN comments c ON c.id = n.comment_id
  LEFT JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision`;
const OUTCOME = `CASE n.kind
  WHEN 'report' THEN (SELECT min(r.state) FROM reports r WHERE r.decision_id = n.subject_id AND r.reader_id = n.reader_id)
  WHEN 'appeal' THEN (SELECT a.state FROM appeals a WHERE a.id = n.subject_id)
  WHEN 'sanction' THEN (SELECT s.kind FROM sanctions s WHERE s.id = n.subject_id)
  END`;

const SELECT = `SELECT n.id, n.kind, n.created_at AS "createdAt", n.read_at AS "readAt", n.comment_id AS "commentId",
         n.subject_id AS "subjectId", ${OUTCOME} AS outcome,
         CASE WHEN c.status = 'published' THEN rd.display_name END AS "authorName",
         CASE WHEN c.status = 'published' THEN rv.html END AS html,
         t.key AS "threadKey", t.title AS "threadTitle", t.url AS "threadUrl"
  FROM notifications n ${JOINS}
  LEFT JOIN readers rd ON rd.id = c.reader_id
  LEFT JOIN threads t ON t.id = n.thread_id`;

const PAGE = new Statement<InboxRow>(
  'inbox.page',
  `${SELECT} WHERE n.reader_id = $1 AND (n.created_at, n.id) < ($2::timestamptz, $3::uuid) AND ${TRUE_NOW}
   ORDER BY n.created_at DESC, n.id DESC LIMIT $4`,
);
const ONE = new Statement<InboxRow>(
  'inbox.one',
  `${SELECT} WHERE n.id = $1 AND n.reader_id IS NOT NULL AND ${TRUE_NOW}`,
);
const UNREAD = new Statement<{ unread: number }>(
  'inbox.unread',
  `SELECT count(*)::int AS unread FROM (
     SELECT FROM notifications n ${JOINS} WHERE n.reader_id = $1 AND n.read_at IS NULL AND ${TRUE_NOW} LIMIT $2
   ) one`,
);
const READ_SOME = new Statement<{ id: string }>(
  'inbox.readSome',
  `UPDATE notifications SET read_at = clock_timestamp()
   WHERE reader_id = $1 AND read_at IS NULL AND id = ANY($2::uuid[]) RETURNING id`,
);
const READ_BEFORE = new Statement<{ id: string }>(
  'inbox.readBefore',
  `UPDATE notifications SET read_at = clock_timestamp()
   WHERE reader_id = $1 AND read_at IS NULL AND created_at <= $2::timestamptz RETURNING id`,
);

const TOLD_OF = new Statement<{ readerId: string }>(
  'inbox.toldOf',
  `SELECT DISTINCT reader_id AS "readerId" FROM notifications
   WHERE comment_id = ANY($1::uuid[]) AND reader_id IS NOT NULL`,
);

/** Time and id. */
export type InboxPosition = readonly [at: string, id: string];
const NEWEST: InboxPosition = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

export const inboxStore = {
  page: (em: EntityManager, readerId: string, after: InboxPosition | undefined, limit: number) =>
    PAGE.run(em, [readerId, ...(after ?? NEWEST), limit]),

  /** Undefined: it is not so any more. */
  async one(em: EntityManager, id: string): Promise<InboxRow | undefined> {
    return (await ONE.run(em, [id]))[0];
  },

  /** `most` where there are more. */
  async unread(em: EntityManager, readerId: string, most: number): Promise<number> {
    return (await UNREAD.run(em, [readerId, most]))[0]?.unread ?? 0;
  },

  /** Whose inboxes have something of these comments, shown or not. */
  async readersToldOf(em: EntityManager, commentIds: readonly string[]): Promise<string[]> {
    return (await TOLD_OF.run(em, [commentIds])).map(({ readerId }) => readerId);
  },

  async readSome(em: EntityManager, readerId: string, ids: readonly string[]): Promise<number> {
    return (await READ_SOME.run(em, [readerId, ids])).length;
  },

  async readBefore(em: EntityManager, readerId: string, before: string): Promise<number> {
    return (await READ_BEFORE.run(em, [readerId, before])).length;
  },
};
