import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

interface AboutComment {
  threadId: string | null;
  threadTitle: string | null;
  threadUrl: string | null;
}

export interface AppealOutcome extends AboutComment {
  state: 'upheld' | 'overturned';
  explanation: string | null;
}

export interface ReportOutcome extends AboutComment {
  state: 'agreed' | 'disagreed';
}

export interface NoticeOutcome extends AboutComment {
  email: string;
  name: string;
  state: 'removed' | 'kept' | 'withdrawn';
  law: string;
}

const THREAD = `t.id AS "threadId", t.title AS "threadTitle", t.url AS "threadUrl"`;

const APPEAL = new Statement<AppealOutcome>(
  'outcomes.appeal',
  `SELECT a.state, nullif(e.text, '') AS explanation, ${THREAD} FROM appeals a
   LEFT JOIN log_texts e ON e.owner_id = a.id AND e.kind = 'explanation'
   LEFT JOIN threads t ON t.id = a.thread_id
   WHERE a.id = $1 AND a.state IN ('upheld', 'overturned')`,
);
/** Of the reader whose address it is, as the decision stands. */
const REPORT = new Statement<ReportOutcome>(
  'outcomes.report',
  `SELECT r.state, ${THREAD} FROM reports r
   JOIN decisions d ON d.id = r.decision_id
   JOIN comments c ON c.id = r.comment_id AND c.decision_id = d.id
   JOIN threads t ON t.id = r.thread_id
   WHERE r.decision_id = $1 AND r.reader_id = $2 AND r.state IN ('agreed', 'disagreed')`,
);
const NOTICE = new Statement<NoticeOutcome>(
  'outcomes.notice',
  `SELECT k.email, k.name, n.state, n.law, ${THREAD} FROM notices n
   JOIN notice_contacts k ON k.notice_id = n.id
   JOIN threads t ON t.id = n.thread_id
   WHERE n.id = $1 AND n.state <> 'open'`,
);

export const outcomeStore = {
  async appeal(em: EntityManager, id: string): Promise<AppealOutcome | undefined> {
    return (await APPEAL.run(em, [id]))[0];
  },

  async report(em: EntityManager, decisionId: string, readerId: string | null): Promise<ReportOutcome | undefined> {
    return (await REPORT.run(em, [decisionId, readerId]))[0];
  },

  async notice(em: EntityManager, id: string): Promise<NoticeOutcome | undefined> {
    return (await NOTICE.run(em, [id]))[0];
  },
};
