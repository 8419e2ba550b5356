import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../../platform/database/statement.js';

/** `child-sexual-abuse`: the one case in which nobody has to give a name (Art. 16(2)(c) of the DSA). */
export const NOTICE_CATEGORIES = ['child-sexual-abuse', 'other'] as const;
export type NoticeCategory = (typeof NOTICE_CATEGORIES)[number];

/** `withdrawn`: the comment's author took it back before anybody decided. */
export type NoticeState = 'open' | 'removed' | 'kept' | 'withdrawn';

export interface NoticeRow {
  id: string;
  siteId: string;
  commentId: string;
  revision: number;
  category: NoticeCategory;
  law: string;
  explanation: string;
  state: NoticeState;
  receivedAt: Date;
  decidedAt: Date | null;
}

export interface Contact {
  name: string;
  email: string;
}

export type NoticeWithContact = NoticeRow & { contactName: string | null; contactEmail: string | null };

export type NewNotice = Omit<NoticeRow, 'state' | 'receivedAt' | 'decidedAt'> & { threadId: string };

const COLUMNS = `n.id, n.site_id AS "siteId", n.comment_id AS "commentId", n.revision, n.category, n.law, n.explanation,
  n.state, n.received_at AS "receivedAt", n.decided_at AS "decidedAt"`;

const INSERT = new Statement<{ receivedAt: Date }>(
  'notices.insert',
  `INSERT INTO notices (id, site_id, thread_id, comment_id, revision, category, law, explanation)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING received_at AS "receivedAt"`,
);

const INSERT_CONTACT = new Statement<never>(
  'notices.contact',
  'INSERT INTO notice_contacts (notice_id, site_id, name, email) VALUES ($1, $2, $3, $4)',
);

const BY_ID = new Statement<NoticeRow>('notices.byId', `SELECT ${COLUMNS} FROM notices n WHERE n.id = $1`);

const SETTLE = new Statement<never>(
  'notices.settle',
  `UPDATE notices n SET state = d.state, decision_id = d.id, decided_at = clock_timestamp()
   FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS d(notice_id, state, id) WHERE n.id = d.notice_id AND n.state = 'open'`,
);

const REOPEN = new Statement<never>(
  'notices.reopen',
  `UPDATE notices SET state = 'open', decision_id = NULL, decided_at = NULL WHERE decision_id = ANY($1::uuid[])`,
);

const OPEN = new Statement<NoticeRow>(
  'notices.open',
  `SELECT ${COLUMNS} FROM unnest($1::uuid[]) AS about(id) CROSS JOIN LATERAL (
     SELECT * FROM notices WHERE comment_id = about.id AND state = 'open' ORDER BY received_at DESC, id DESC LIMIT $2
   ) n ORDER BY n.received_at DESC, n.id DESC`,
);

const OF_COMMENT = new Statement<NoticeWithContact>(
  'notices.ofComment',
  `SELECT ${COLUMNS}, k.name AS "contactName", k.email AS "contactEmail" FROM (
     SELECT * FROM notices WHERE comment_id = $1 ORDER BY received_at DESC, id DESC LIMIT $2
   ) n LEFT JOIN notice_contacts k ON k.notice_id = n.id ORDER BY n.received_at DESC, n.id DESC`,
);

export interface SettledNotice {
  id: string;
  state: Exclude<NoticeState, 'open'>;
  decisionId: string;
}

export const noticeStore = {
  async insert(em: EntityManager, notice: NewNotice): Promise<Date> {
    const { id, siteId, threadId, commentId, revision, category, law, explanation } = notice;
    const [row] = await INSERT.run(em, [id, siteId, threadId, commentId, revision, category, law, explanation]);
    if (!row) throw new Error('a notice was not stored');
    return row.receivedAt;
  },

  async insertContact(em: EntityManager, notice: NewNotice, { name, email }: Contact): Promise<void> {
    await INSERT_CONTACT.run(em, [notice.id, notice.siteId, name, email]);
  },

  async byId(em: EntityManager, id: string): Promise<NoticeRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  settling: (settled: readonly SettledNotice[]): Write =>
    SETTLE.with([
      settled.map((notice) => notice.id),
      settled.map((notice) => notice.state),
      settled.map((notice) => notice.decisionId),
    ]),

  /** What these decisions have settled. */
  reopening: (decisionIds: readonly string[]): Write => REOPEN.with([decisionIds]),

  /** The newest open ones about each. */
  open: (em: EntityManager, commentIds: readonly string[], each: number) => OPEN.run(em, [commentIds, each]),

  /** Decided ones too, newest first. */
  ofComment: (em: EntityManager, commentId: string, limit: number) => OF_COMMENT.run(em, [commentId, limit]),
};
