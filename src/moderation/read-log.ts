import { Injectable } from '@nestjs/common';
import { Statement } from '../platform/database/statement.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid, page } from '../platform/http/cursor.js';
import { authorise, requireStaff, sitesWhere, type Actor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { LogHeads } from './log-heads.js';
import type { LogEntryView, LogView } from './log.view.js';

interface LogRow {
  id: string;
  siteKey: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  codes: Record<string, unknown>;
}

const ENTRIES = new Statement<LogRow>(
  'log.entries',
  `SELECT e.id, p.key AS "siteKey", e.at, e.actor_kind AS "actorKind", e.actor_id AS "actorId",
          s.display_name AS "actorName", e.action, e.subject_kind AS "subjectKind", e.subject_id AS "subjectId", e.codes
   FROM unnest($1::uuid[]) AS site(id) CROSS JOIN LATERAL (
     SELECT * FROM log_entries WHERE site_id = site.id AND (at, id) < ($2::timestamptz, $3::uuid)
     ORDER BY at DESC, id DESC LIMIT $4
   ) e
   JOIN sites p ON p.id = e.site_id LEFT JOIN staff s ON s.id = e.actor_id
   ORDER BY e.at DESC, e.id DESC LIMIT $4`,
);

const START = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const;

/** Who did what when, newest first. */
@Injectable()
export class ReadLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly heads: LogHeads,
  ) {}

  async run(
    actor: Actor,
    { siteKey, limit, cursor }: { siteKey?: string; limit: number; cursor?: string },
  ): Promise<LogView> {
    const staff = requireStaff(actor);
    let siteIds = sitesWhere(staff, 'log.read');
    if (siteKey !== undefined) {
      const site = await this.sites.siteByKey(siteKey);
      authorise(staff, 'log.read', site.id, 'site');
      siteIds = [site.id];
    }
    const after = Cursor.decode('log', cursor, isPosition) ?? START;
    const [rows, heads] = await Promise.all([
      ENTRIES.run(this.unitOfWork.em, [siteIds, ...after, limit + 1]),
      this.heads.of(siteIds),
    ]);
    const { items, nextCursor } = page(rows, limit, (last) => Cursor.encode('log', [last.at.toISOString(), last.id]));
    return { items: items.map(entryView), heads, nextCursor };
  }
}

function entryView(row: LogRow): LogEntryView {
  return {
    id: row.id,
    site: row.siteKey,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId },
    codes: row.codes,
  };
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
