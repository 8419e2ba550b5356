import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../../platform/database/statement.js';

export interface NewEscalation {
  id: string;
  siteId: string;
  commentId: string;
  revision: number;
  batchId: string;
  staffId: string;
  reason: string | null;
  undoSeconds: number;
}

export interface EscalationRow {
  id: string;
  siteId: string;
  commentId: string;
  revision: number;
  staffId: string;
  staffName: string | null;
  reason: string | null;
  note: string | null;
  state: 'open' | 'settled' | 'withdrawn';
  at: Date;
  undoable: boolean;
}

const INSERT = new Statement<never>(
  'escalations.insert',
  `INSERT INTO escalations (id, site_id, comment_id, revision, batch_id, staff_id, reason, undo_until)
   SELECT id, "siteId", "commentId", revision, "batchId", "staffId", reason,
          clock_timestamp() + make_interval(secs => "undoSeconds")
   FROM jsonb_to_recordset($1::jsonb)
     AS n(id uuid, "siteId" uuid, "commentId" uuid, revision int, "batchId" uuid, "staffId" uuid, reason text,
          "undoSeconds" int)`,
);

/** Whoever held an item holds it no longer: it is not theirs to decide. $3: who keeps a claim all the same, or null. */
const MARK = new Statement<never>(
  'escalations.mark',
  `UPDATE queue_items q SET escalation_id = n.id,
          claimed_by = CASE WHEN q.claimed_by = $3 THEN q.claimed_by END,
          claimed_until = CASE WHEN q.claimed_by = $3 THEN q.claimed_until END
   FROM unnest($1::uuid[], $2::uuid[]) AS n(comment_id, id) WHERE q.comment_id = n.comment_id`,
);

const WITHDRAW = new Statement<never>(
  'escalations.withdraw',
  `UPDATE escalations SET state = 'withdrawn' WHERE id = ANY($1::uuid[]) AND state = 'open'`,
);

const SETTLE = new Statement<never>(
  'escalations.settle',
  `UPDATE escalations e SET state = 'settled', decision_id = n.decision_id
   FROM unnest($1::uuid[], $2::uuid[]) AS n(id, decision_id) WHERE e.id = n.id AND e.state = 'open'`,
);

/** Not where somebody has escalated the comment again: that is in force. */
const REOPEN = new Statement<never>(
  'escalations.reopen',
  `UPDATE escalations e SET state = 'open', decision_id = NULL
   WHERE e.decision_id = ANY($1::uuid[])
     AND NOT EXISTS (SELECT FROM escalations o WHERE o.comment_id = e.comment_id AND o.state = 'open')`,
);

const SELECT = `SELECT e.id, e.site_id AS "siteId", e.comment_id AS "commentId", e.revision, e.staff_id AS "staffId",
    s.display_name AS "staffName", e.reason, t.text AS note, e.state, e.at, e.undo_until > clock_timestamp() AS undoable
  FROM escalations e LEFT JOIN staff s ON s.id = e.staff_id
  LEFT JOIN log_texts t ON t.owner_id = e.id AND t.kind = 'note'`;
const BY_IDS = new Statement<EscalationRow>('escalations.byIds', `${SELECT} WHERE e.id = ANY($1::uuid[])`);
const OF_BATCH = new Statement<EscalationRow>(
  'escalations.ofBatch',
  `${SELECT} WHERE e.batch_id = $1 ORDER BY e.comment_id`,
);

export const escalationStore = {
  inserting: (rows: readonly NewEscalation[]): Write => INSERT.with([JSON.stringify(rows)]),

  /** @param keeper whose claims go on */
  marking: (rows: readonly NewEscalation[], keeper: string | null): Write =>
    MARK.with([rows.map((row) => row.commentId), rows.map((row) => row.id), keeper]),

  /** The relay takes the mark off the items. */
  withdrawing: (ids: readonly string[]): Write => WITHDRAW.with([ids]),

  /** By decisions. */
  settling: (settled: readonly { id: string; decisionId: string }[]): Write =>
    SETTLE.with([settled.map(({ id }) => id), settled.map(({ decisionId }) => decisionId)]),

  /** What these decisions settled is in force again. */
  reopening: (decisionIds: readonly string[]): Write => REOPEN.with([decisionIds]),

  byIds: (em: EntityManager, ids: readonly string[]) => BY_IDS.run(em, [ids]),

  ofBatch: (em: EntityManager, batchId: string) => OF_BATCH.run(em, [batchId]),
};
