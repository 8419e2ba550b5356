import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { SANCTION_KINDS, type SanctionInForce, type SanctionKind } from '../../identity/index.js';

export interface NewSanction {
  id: string;
  siteId: string;
  readerId: string;
  kind: SanctionKind;
  reason: string;
  explanation: string;
  note: string | null;
  until: string | null;
  staffId: string;
}

export interface SanctionRow extends Omit<NewSanction, 'until'> {
  readerName: string;
  staffName: string | null;
  until: Date | null;
  at: Date;
  acknowledgedAt: Date | null;
  liftedAt: Date | null;
  liftedBy: string | null;
  liftedByName: string | null;
  liftReason: string | null;
  liftNote: string | null;
  jobId: string | null;
  /** By the database's clock. */
  inForce: boolean;
  /** By the database's clock too. */
  ageDays: number;
  /** How long it was meant to last when it was placed; null: without an end. */
  seconds: number | null;
}

/** A suspension that ran out is over by the clock alone; a warning is over once it was acknowledged. */
const IN_FORCE = `(s.lifted_at IS NULL AND (s.until IS NULL OR s.until > clock_timestamp())
  AND (s.kind <> 'warn' OR s.acknowledged_at IS NULL))`;

const INSERT = new Statement<never>(
  'sanctions.insert',
  `INSERT INTO sanctions (id, site_id, reader_id, kind, reason, explanation, note, until, staff_id)
   SELECT * FROM jsonb_to_recordset($1::jsonb)
     AS n(id uuid, "siteId" uuid, "readerId" uuid, kind text, reason text, explanation text, note text,
          until timestamptz, "staffId" uuid)`,
);

const OF_READERS = new Statement<
  Omit<SanctionInForce, 'at' | 'until'> & { readerId: string; at: Date; until: Date | null }
>(
  'sanctions.inForce',
  `SELECT s.reader_id AS "readerId", s.id, s.kind, s.until, s.at, s.reason, s.explanation
   FROM sanctions s WHERE s.reader_id = ANY($1::uuid[]) AND ${IN_FORCE}
   ORDER BY array_position('{${SANCTION_KINDS.join(',')}}'::text[], s.kind), s.at, s.id`,
);

const ROWS = `SELECT s.id, s.site_id AS "siteId", s.reader_id AS "readerId", r.display_name AS "readerName", s.kind,
    s.reason, s.explanation, s.note, s.until, s.staff_id AS "staffId", p.display_name AS "staffName", s.at,
    s.acknowledged_at AS "acknowledgedAt", s.lifted_at AS "liftedAt", s.lifted_by AS "liftedBy",
    l.display_name AS "liftedByName", s.lift_reason AS "liftReason", s.lift_note AS "liftNote", j.id AS "jobId",
    ${IN_FORCE} AS "inForce", extract(epoch FROM clock_timestamp() - s.at)::float8 / 86400 AS "ageDays", extract(epoch FROM s.until - s.at)::float8 AS seconds
  FROM sanctions s JOIN readers r ON r.id = s.reader_id LEFT JOIN staff p ON p.id = s.staff_id
  LEFT JOIN staff l ON l.id = s.lifted_by LEFT JOIN moderation_jobs j ON j.sanction_id = s.id`;

const BY_IDS = new Statement<SanctionRow>('sanctions.byIds', `${ROWS} WHERE s.id = ANY($1::uuid[])`);
const OF_READER = new Statement<SanctionRow>(
  'sanctions.ofReader',
  `${ROWS} WHERE s.reader_id = $1 ORDER BY s.at DESC, s.id DESC LIMIT 500`,
);

const ACKNOWLEDGE = new Statement<{ acknowledged: boolean }>(
  'sanctions.acknowledge',
  `UPDATE sanctions SET acknowledged_at = clock_timestamp()
   WHERE id = $1 AND reader_id = $2 AND acknowledged_at IS NULL RETURNING true AS acknowledged`,
);
const WARNING = new Statement<{ id: string }>(
  'sanctions.warning',
  `SELECT id FROM sanctions WHERE id = $1 AND reader_id = $2 AND kind = 'warn'`,
);
const LIFT = new Statement<{ id: string }>(
  'sanctions.lift',
  `UPDATE sanctions SET lifted_at = clock_timestamp(), lifted_by = $2, lift_reason = $3, lift_note = $4
   WHERE id = $1 AND lifted_at IS NULL RETURNING id`,
);

/** By the database's clock, as is all that compares with it. */
const SECONDS_UNTIL = new Statement<{ seconds: number }>(
  'sanctions.secondsUntil',
  'SELECT extract(epoch FROM $1::timestamptz - clock_timestamp())::float8 AS seconds',
);

export const sanctionStore = {
  async insert(em: EntityManager, sanctions: readonly NewSanction[]): Promise<void> {
    await INSERT.run(em, [JSON.stringify(sanctions)]);
  },

  /** By reader, strictest first; readers without any are missing. */
  async inForce(em: EntityManager, readerIds: readonly string[]): Promise<Map<string, SanctionInForce[]>> {
    const rows = await OF_READERS.run(em, [readerIds]);
    const plain = rows.map(({ at, until, ...row }) => ({
      ...row,
      at: at.toISOString(),
      until: until?.toISOString() ?? null,
    }));
    const grouped = Map.groupBy(plain, ({ readerId }) => readerId);
    return new Map([...grouped].map(([id, group]) => [id, group.map(({ readerId: _id, ...sanction }) => sanction)]));
  },

  byIds: (em: EntityManager, ids: readonly string[]): Promise<SanctionRow[]> => BY_IDS.run(em, [ids]),

  /** Newest first. */
  ofReader: (em: EntityManager, readerId: string): Promise<SanctionRow[]> => OF_READER.run(em, [readerId]),

  /** False: it was before. */
  async acknowledge(em: EntityManager, id: string, readerId: string): Promise<boolean> {
    return (await ACKNOWLEDGE.run(em, [id, readerId])).length > 0;
  },

  async hasWarning(em: EntityManager, id: string, readerId: string): Promise<boolean> {
    return (await WARNING.run(em, [id, readerId])).length > 0;
  },

  /** False: somebody has before. */
  async lift(
    em: EntityManager,
    { id, staffId, reason, note }: { id: string; staffId: string; reason: string; note: string | null },
  ): Promise<boolean> {
    return (await LIFT.run(em, [id, staffId, reason, note])).length > 0;
  },

  async secondsUntil(em: EntityManager, until: string): Promise<number> {
    return (await SECONDS_UNTIL.run(em, [until]))[0]?.seconds ?? 0;
  },
};
