import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { givenSettings, normaliseOrigins, type SaveSiteInput } from './save-site-input.js';
import { SITE_CHANGED } from './site-changed.projection.js';
import { siteRow, type SiteRow } from './site-row.js';
import { changedSettings, type SettingName, type SiteSettings } from './site-settings.js';
import { lockSite, updateSite } from './site.store.js';

/** Changes a site's name, origins, settings. In the caller's transaction, who has asked whether it is permitted. */
@Injectable()
export class ChangeSite {
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** What changes nothing leaves no trace. */
  async run(em: EntityManager, input: SaveSiteInput & { siteId: string }): Promise<SiteRow> {
    const stored = await lockSite(em, input.siteId);
    if (!stored) throw notFound('site');
    const before = siteRow(stored);
    const wanted = {
      id: stored.id,
      name: input.name?.trim() ?? stored.name,
      origins: input.origins ? normaliseOrigins(input.origins) : stored.origins,
      settings: { ...stored.settings, ...givenSettings(input.settings) },
    };
    const changed = changedSettings(before.settings, siteRow({ ...stored, ...wanted }).settings);
    const fields = [
      ...(wanted.name === before.name ? [] : ['name']),
      ...(sameSet(wanted.origins, before.origins) ? [] : ['origins']),
      ...changed,
    ];
    if (fields.length === 0) return before;

    const updated = await updateSite(em, wanted);
    if (!updated) throw notFound('site');
    const after = siteRow(updated);
    const codes = { changed: fields, before: pick(before.settings, changed), after: pick(after.settings, changed) };
    const subject = { siteId: after.id, subjectId: after.id };
    await this.outbox.append(em, [{ ...subject, streamId: null, topic: SITE_CHANGED, data: codes }]);
    await this.audit.record(em, [{ ...subject, actor: input.by, action: 'site.changed', subjectKind: 'site', codes }]);
    return after;
  }
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}

function pick(settings: SiteSettings, names: readonly SettingName[]): Partial<SiteSettings> {
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}
