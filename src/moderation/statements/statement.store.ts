import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { Finding } from '../../screening/index.js';
import type { SanctionKind } from '../../identity/index.js';
import { DETECTED, NEXT, RESTRICTS, SOURCE, WAS_PUBLIC } from './restriction.sql.js';
import type { DecisionStanding, Source } from './restriction.js';

export interface DecisionReasonsRow extends DecisionStanding {
  id: string;
  siteId: string;
  at: Date;
  reason: string | null;
  explanation: string | null;
  byRule: boolean;
  detected: boolean;
  source: Source;
  wasPublic: boolean;
  toStatus: string;
  ageDays: number;
  commentId: string;
  revision: number;
  /** null: erased. */
  body: string | null;
  screening: Finding[] | null;
  contentAt: Date | null;
  thread: { key: string; title: string; url: string } | null;
}

export interface SanctionReasonsRow {
  id: string;
  siteId: string;
  at: Date;
  kind: SanctionKind;
  reason: string;
  explanation: string | null;
  until: Date | null;
  inForce: boolean;
  lifted: boolean;
  ageDays: number;
  /** When the reader first came. */
  contentAt: Date;
}

const HEADS = new Statement<{ about: 'comment' | 'account'; id: string; at: Date }>(
  'statements.ofReader',
  `(SELECT 'comment' AS about, d.id, d.at FROM decisions d
    WHERE d.reader_id = $1 AND ${RESTRICTS} AND (d.at, d.id) < ($2::timestamptz, $3::uuid)
    ORDER BY d.at DESC, d.id DESC LIMIT $4)
   UNION ALL
   (SELECT 'account', s.id, s.at FROM sanctions s
    WHERE s.reader_id = $1 AND (s.at, s.id) < ($2::timestamptz, $3::uuid) ORDER BY s.at DESC, s.id DESC LIMIT $4)
   ORDER BY at DESC, id DESC LIMIT $4`,
);

const AGE_DAYS = (row: string) => `extract(epoch FROM clock_timestamp() - ${row}.at)::float8 / 86400 AS "ageDays"`;

/** A rule's rejection that came to be written down when a person had decided already, and undid that, is not named. */
const STANDS = `coalesce(c.decision_id = d.id,
  c.revision = d.revision AND c.status = d.to_status AND c.decided_by = d.decided_by, false)`;

const DECISIONS = new Statement<DecisionReasonsRow>(
  'statements.decisions',
  `SELECT d.id, d.site_id AS "siteId", d.at, d.action, d.reason, nullif(e.text, '') AS explanation,
          d.staff_id IS NULL AS "byRule", ${DETECTED} AS detected, ${SOURCE} AS source, ${WAS_PUBLIC} AS "wasPublic",
          d.to_status AS "toStatus", ${AGE_DAYS('d')}, d.comment_id AS "commentId", d.revision,
          nullif(rv.body, '') AS body, rv.screening, rv.created_at AS "contentAt",
          CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('key', t.key, 'title', t.title, 'url', t.url) END AS thread,
          ${STANDS} AS named,
          coalesce(c.status = 'pending' AND c.decided_by = 'rule', false) AS "stillHeld",
          next.action AS "nextAction", next.to_status AS "nextTo", coalesce(next.of_this, false) AS "nextOfThis"
   FROM decisions d LEFT JOIN comments c ON c.id = d.comment_id
   LEFT JOIN comment_revisions rv ON rv.comment_id = d.comment_id AND rv.revision = d.revision
   LEFT JOIN threads t ON t.id = d.thread_id
   LEFT JOIN log_texts e ON e.owner_id = d.id AND e.kind = 'explanation'
   ${NEXT}
   WHERE d.id = ANY($1::uuid[])`,
);

const SANCTIONS = new Statement<SanctionReasonsRow>(
  'statements.sanctions',
  `SELECT s.id, s.site_id AS "siteId", s.at, s.kind, s.reason, nullif(s.explanation, '') AS explanation, s.until,
          s.lifted_at IS NOT NULL AS lifted,
          s.lifted_at IS NULL AND (s.until IS NULL OR s.until > clock_timestamp())
            AND (s.kind <> 'warn' OR s.acknowledged_at IS NULL) AS "inForce",
          ${AGE_DAYS('s')}, r.created_at AS "contentAt"
   FROM sanctions s JOIN readers r ON r.id = s.reader_id WHERE s.id = ANY($1::uuid[])`,
);

export type StatementPosition = readonly [at: string, id: string];

export const statementStore = {
  /** What was done to a reader, newest first. */
  ofReader: (em: EntityManager, readerId: string, after: StatementPosition, limit: number) =>
    HEADS.run(em, [readerId, ...after, limit]),

  decisions: (em: EntityManager, ids: readonly string[]) => DECISIONS.run(em, [ids]),

  sanctions: (em: EntityManager, ids: readonly string[]) => SANCTIONS.run(em, [ids]),
};
