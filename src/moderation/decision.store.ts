import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../platform/database/statement.js';
import type { DecidedBy, Status } from '../threads/index.js';

export interface DecisionRow {
  id: string;
  siteId: string;
  threadId: string;
  commentId: string;
  revision: number;
  /** null: a rule's. */
  batchId: string | null;
  action: string;
  fromStatus: Status;
  fromDecidedBy: DecidedBy;
  fromDecisionId: string | null;
  toStatus: Status;
  decidedBy: DecidedBy;
  staffId: string | null;
  reason: string | null;
}

/** What something is said with. */
export type SpokenRow = Pick<DecisionRow, 'id' | 'siteId'>;

export type NewDecision = DecisionRow & { undoSeconds: number };

const INSERT = new Statement<never>(
  'decisions.insert',
  `INSERT INTO decisions (id, site_id, thread_id, comment_id, revision, batch_id, action, from_status, from_decided_by,
                          from_decision_id, to_status, decided_by, staff_id, reason, undo_until, reader_id)
   SELECT id, "siteId", "threadId", "commentId", revision, "batchId", action, "fromStatus", "fromDecidedBy",
          "fromDecisionId", "toStatus", "decidedBy", "staffId", reason,
          clock_timestamp() + make_interval(secs => "undoSeconds"),
          (SELECT c.reader_id FROM comments c WHERE c.id = n."commentId")
   FROM jsonb_to_recordset($1::jsonb)
     AS n(id uuid, "siteId" uuid, "threadId" uuid, "commentId" uuid, revision int, "batchId" uuid, action text,
          "fromStatus" text, "fromDecidedBy" text, "fromDecisionId" uuid, "toStatus" text, "decidedBy" text,
          "staffId" uuid, reason text, "undoSeconds" int)`,
);

export interface UndoableDecision extends DecisionRow {
  undoable: boolean;
}

const COLUMNS = `id, site_id AS "siteId", thread_id AS "threadId", comment_id AS "commentId", revision, batch_id AS "batchId",
  action, from_status AS "fromStatus", from_decided_by AS "fromDecidedBy", from_decision_id AS "fromDecisionId",
  to_status AS "toStatus", decided_by AS "decidedBy", staff_id AS "staffId", reason`;

const OF_BATCH = new Statement<UndoableDecision>(
  'decisions.ofBatch',
  `SELECT ${COLUMNS}, undo_until > clock_timestamp() AS undoable FROM decisions WHERE batch_id = $1 ORDER BY comment_id`,
);

const RULES_REJECTIONS = new Statement<{ commentId: string; id: string }>(
  'decisions.rulesRejections',
  `SELECT d.comment_id AS "commentId", d.id FROM decisions d
   JOIN unnest($1::uuid[], $2::int[]) AS j(comment_id, revision) USING (comment_id, revision)
   WHERE d.staff_id IS NULL AND d.action = 'reject'`,
);

export interface HistoryRow extends DecisionRow {
  at: Date;
  staffName: string | null;
  explanation: string | null;
  note: string | null;
}

const OF_COMMENT = new Statement<HistoryRow>(
  'decisions.ofComment',
  `SELECT d.*, s.display_name AS "staffName", e.text AS explanation, n.text AS note
   FROM (SELECT ${COLUMNS}, at FROM decisions WHERE comment_id = $1) d
   LEFT JOIN staff s ON s.id = d."staffId"
   LEFT JOIN log_texts e ON e.owner_id = d.id AND e.kind = 'explanation'
   LEFT JOIN log_texts n ON n.owner_id = d.id AND n.kind = 'note'
   ORDER BY d.at DESC, d.id DESC`,
);

const INSERT_TEXTS = new Statement<never>(
  'decisions.texts',
  `INSERT INTO log_texts (owner_id, kind, site_id, text, salt)
   SELECT o.id, $3, o.site_id, $4, o.salt FROM unnest($1::uuid[], $2::uuid[], $5::bytea[]) AS o(id, site_id, salt)`,
);

export interface BatchRow {
  id: string;
  requestDigest: Buffer;
  answer: unknown;
}

const KEY_FREE = new Statement<{ free: boolean }>(
  'batches.keyFree',
  'SELECT pg_try_advisory_xact_lock(hashtextextended($1::uuid::text || $2::text, 1)) AS free',
);
const BY_KEY = new Statement<BatchRow>(
  'batches.byKey',
  `SELECT id, request_digest AS "requestDigest", answer FROM decision_batches WHERE staff_id = $1 AND idempotency_key = $2`,
);
const UNDOING = new Statement<BatchRow>(
  'batches.undoing',
  `SELECT id, request_digest AS "requestDigest", answer FROM decision_batches WHERE undoes = $1`,
);
const INSERT_BATCH = new Statement<never>(
  'batches.insert',
  `INSERT INTO decision_batches (id, staff_id, action, idempotency_key, request_digest, answer, undoes)
   VALUES ($1, $2, $3, $4, $5, $6, $7)`,
);

export interface NewBatch {
  id: string;
  staffId: string;
  action: string;
  idempotencyKey: string | null;
  requestDigest: Buffer;
  answer: unknown;
  undoes: string | null;
}

export const decisionStore = {
  inserting: (rows: readonly NewDecision[]): Write => INSERT.with([JSON.stringify(rows)]),

  /** @param salts of each row's copy of the text */
  insertingTexts: (
    rows: readonly SpokenRow[],
    kind: 'explanation' | 'note',
    text: string,
    salts: readonly Buffer[],
  ): Write => INSERT_TEXTS.with([rows.map((row) => row.id), rows.map((row) => row.siteId), kind, text, salts]),

  ofBatch: (em: EntityManager, batchId: string) => OF_BATCH.run(em, [batchId]),

  /** What the relay has written down of these texts, each of which a rule rejected as it came, by comment. */
  async rulesRejections(
    em: EntityManager,
    judged: readonly Pick<DecisionRow, 'commentId' | 'revision'>[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await RULES_REJECTIONS.run(em, [
      judged.map(({ commentId }) => commentId),
      judged.map(({ revision }) => revision),
    ]);
    return new Map(rows.map(({ commentId, id }) => [commentId, id]));
  },

  ofComment: (em: EntityManager, commentId: string) => OF_COMMENT.run(em, [commentId]),

  /** False: a call with this key is running. Held until the transaction ends. */
  async takeKey(em: EntityManager, staffId: string, key: string): Promise<boolean> {
    return (await KEY_FREE.run(em, [staffId, key]))[0]?.free ?? false;
  },

  async batchByKey(em: EntityManager, staffId: string, key: string): Promise<BatchRow | undefined> {
    return (await BY_KEY.run(em, [staffId, key]))[0];
  },

  async batchUndoing(em: EntityManager, batchId: string): Promise<BatchRow | undefined> {
    return (await UNDOING.run(em, [batchId]))[0];
  },

  insertingBatch(batch: NewBatch): Write {
    const { id, staffId, action, idempotencyKey, requestDigest, answer, undoes } = batch;
    return INSERT_BATCH.with([id, staffId, action, idempotencyKey, requestDigest, JSON.stringify(answer), undoes]);
  },
};
