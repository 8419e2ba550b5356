import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../new-id.js';
import { Statement } from '../database/statement.js';

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
   SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::jsonb[])`,
);

/** Who did what to what, when. Append-only in the database itself. */
@Injectable()
export class AuditTrail {
  async record(em: EntityManager, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await APPEND.run(em, [
      entries.map(() => newId()),
      entries.map((entry) => entry.siteId),
      entries.map((entry) => entry.actor.kind),
      entries.map((entry) => entry.actor.id),
      entries.map((entry) => entry.action),
      entries.map((entry) => entry.subjectKind),
      entries.map((entry) => entry.subjectId),
      entries.map((entry) => JSON.stringify(entry.codes ?? {})),
    ]);
  }
}
