import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../new-id.js';
import { Statement, type Write } from '../database/statement.js';

export interface AuditEntry {
  siteId: string;
  actor: { kind: 'staff' | 'reader' | 'rule' | 'system'; id: string | null };
  /** A past-tense code, such as `comment.approved`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  /** Codes, ids and numbers only: no text, no name, no address. */
  codes?: Record<string, unknown>;
}

const APPEND = new Statement<never>(
  'audit.append',
  `INSERT INTO log_entries (id, site_id, actor_kind, actor_id, action, subject_kind, subject_id, codes)
   SELECT * FROM jsonb_to_recordset($1::jsonb)
     AS n(id uuid, "siteId" uuid, "actorKind" text, "actorId" uuid, action text, "subjectKind" text, "subjectId" uuid, codes jsonb)`,
);

/** Who did what to what, when. Append-only in the database itself. */
@Injectable()
export class AuditTrail {
  async record(em: EntityManager, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await APPEND.run(em, [rowsOf(entries)]);
  }

  /** The same, to be sent with other writes. */
  recording(entries: readonly AuditEntry[]): Write {
    return APPEND.with([rowsOf(entries)]);
  }
}

function rowsOf(entries: readonly AuditEntry[]): string {
  return JSON.stringify(
    entries.map(({ actor, codes = {}, ...entry }) => ({
      ...entry,
      id: newId(),
      actorKind: actor.kind,
      actorId: actor.id,
      codes,
    })),
  );
}
