import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../../platform/database/statement.js';
import { COUNTING_WEIGHT, RECORD_LENGTH, type ReporterRecord } from './weight.js';

/** What staff say of a report; `ignored` counts neither for its reader nor against. */
export const VERDICTS = ['agreed', 'disagreed', 'ignored'] as const;
export type Verdict = (typeof VERDICTS)[number];
export type ReportState = 'open' | Verdict;

/** As its reader may see it. */
export interface ReportRow {
  id: string;
  commentId: string;
  reason: string;
  text: string | null;
  state: ReportState;
  createdAt: Date;
  settledAt: Date | null;
}

export type StaffReportRow = ReportRow & {
  revision: number;
  weight: number;
  readerId: string;
  readerName: string;
};

export interface NewReport {
  id: string;
  siteId: string;
  threadId: string;
  commentId: string;
  revision: number;
  readerId: string;
  reason: string;
  text: string | null;
  weight: number;
  state: 'open' | 'ignored';
  decisionId: string | null;
}

const COLUMNS = `r.id, r.comment_id AS "commentId", r.reason, r.text, r.state, r.created_at AS "createdAt",
  r.settled_at AS "settledAt"`;
const STAFF_COLUMNS = `${COLUMNS}, r.revision, r.weight, r.reader_id AS "readerId", rd.display_name AS "readerName"`;

/** What this reader has said of the comment already: open, or of the revision that stands now. */
const PRIOR = new Statement<ReportRow>(
  'reports.prior',
  `SELECT ${COLUMNS} FROM reports r JOIN comments c ON c.id = r.comment_id
   WHERE r.comment_id = $1 AND r.reader_id = $2 AND (r.state = 'open' OR r.revision = c.revision)
   ORDER BY r.state = 'open' DESC LIMIT 1`,
);

const RECORD = new Statement<ReporterRecord>(
  'reports.record',
  `SELECT count(*) FILTER (WHERE state = 'agreed')::int AS agreed,
          count(*) FILTER (WHERE state = 'disagreed')::int AS disagreed
   FROM (SELECT state FROM reports WHERE reader_id = $1 AND state IN ('agreed', 'disagreed')
         ORDER BY settled_at DESC LIMIT ${RECORD_LENGTH}) newest`,
);

const COUNTING = new Statement<{ readers: number }>(
  'reports.counting',
  `SELECT count(*)::int AS readers FROM reports
   WHERE comment_id = $1 AND state = 'open' AND weight >= ${COUNTING_WEIGHT}`,
);

const INSERT = new Statement<{ createdAt: Date }>(
  'reports.insert',
  `INSERT INTO reports (id, site_id, thread_id, comment_id, revision, reader_id, reason, text, weight, state, decision_id, settled_at)
   SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $10 <> 'open' THEN clock_timestamp() END
   RETURNING created_at AS "createdAt"`,
);

const SETTLE = new Statement<never>(
  'reports.settle',
  `UPDATE reports r SET state = $3, decision_id = d.id, settled_at = clock_timestamp()
   FROM unnest($1::uuid[], $2::uuid[]) AS d(comment_id, id) WHERE r.comment_id = d.comment_id AND r.state = 'open'`,
);

/** Of one reader's reports, of the revision before and of this one, the newest alone: one is open of each reader. */
const REOPEN = new Statement<never>(
  'reports.reopen',
  `UPDATE reports r
   SET state = CASE WHEN n.newest THEN 'open' ELSE 'ignored' END, decision_id = NULL,
       settled_at = CASE WHEN n.newest THEN NULL ELSE r.settled_at END
   FROM (SELECT id, revision = max(revision) OVER (PARTITION BY comment_id, reader_id) AS newest
         FROM reports WHERE decision_id = ANY($1::uuid[])) n WHERE n.id = r.id`,
);

const OF_READER = new Statement<ReportRow>(
  'reports.ofReader',
  `SELECT ${COLUMNS} FROM reports r WHERE r.reader_id = $1 AND (r.created_at, r.id) < ($2::timestamptz, $3::uuid)
   ORDER BY r.created_at DESC, r.id DESC LIMIT $4`,
);

const OPEN = new Statement<StaffReportRow>(
  'reports.open',
  `SELECT ${STAFF_COLUMNS} FROM unnest($1::uuid[]) AS about(id) CROSS JOIN LATERAL (
     SELECT * FROM reports WHERE comment_id = about.id AND state = 'open' ORDER BY created_at DESC, id DESC LIMIT $2
   ) r JOIN readers rd ON rd.id = r.reader_id ORDER BY r.created_at DESC, r.id DESC`,
);

const REASONS = new Statement<{ commentId: string; reason: string; count: number }>(
  'reports.reasons',
  `SELECT comment_id AS "commentId", reason, count(*)::int AS count FROM reports
   WHERE comment_id = ANY($1::uuid[]) AND state = 'open' GROUP BY 1, 2`,
);

const OF_COMMENT = new Statement<StaffReportRow>(
  'reports.ofComment',
  `SELECT ${STAFF_COLUMNS} FROM reports r JOIN readers rd ON rd.id = r.reader_id
   WHERE r.comment_id = $1 ORDER BY r.created_at DESC, r.id DESC LIMIT $2`,
);

export const reportStore = {
  async prior(em: EntityManager, commentId: string, readerId: string): Promise<ReportRow | undefined> {
    return (await PRIOR.run(em, [commentId, readerId]))[0];
  },

  async record(em: EntityManager, readerId: string): Promise<ReporterRecord> {
    return (await RECORD.run(em, [readerId]))[0] ?? { agreed: 0, disagreed: 0 };
  },

  /** How many readers' open reports count towards the threshold. */
  async counting(em: EntityManager, commentId: string): Promise<number> {
    return (await COUNTING.run(em, [commentId]))[0]?.readers ?? 0;
  },

  async insert(em: EntityManager, report: NewReport): Promise<Date> {
    const { id, siteId, threadId, commentId, revision, readerId, reason, text, weight, state, decisionId } = report;
    const values = [id, siteId, threadId, commentId, revision, readerId, reason, text, weight, state, decisionId];
    const [row] = await INSERT.run(em, values);
    if (!row) throw new Error('a report was not stored');
    return row.createdAt;
  },

  /** All that is open about the comments, by the decision on each. */
  settling: (decisions: readonly { id: string; commentId: string }[], verdict: Verdict): Write =>
    SETTLE.with([decisions.map((one) => one.commentId), decisions.map((one) => one.id), verdict]),

  /** What these decisions have settled, and what came after them and was ignored for their sake. */
  reopening: (decisionIds: readonly string[]): Write => REOPEN.with([decisionIds]),

  /** Newest first. */
  ofReader: (em: EntityManager, readerId: string, after: readonly [at: string, id: string], limit: number) =>
    OF_READER.run(em, [readerId, ...after, limit]),

  /** The newest open ones about each. */
  open: (em: EntityManager, commentIds: readonly string[], each: number) => OPEN.run(em, [commentIds, each]),

  /** How many are open about each, by reason. */
  reasons: (em: EntityManager, commentIds: readonly string[]) => REASONS.run(em, [commentIds]),

  /** Settled ones too, newest first. */
  ofComment: (em: EntityManager, commentId: string, limit: number) => OF_COMMENT.run(em, [commentId, limit]),
};
