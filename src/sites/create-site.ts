import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/new-id.js';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { invalidField, notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { givenSettings, normaliseOrigins, type SaveSiteInput } from './save-site-input.js';
import { isSiteKey } from './site-cache.js';
import { SITE_CHANGED } from './site-changed.projection.js';
import { siteRow, type SiteRow } from './site-row.js';
import { anySite, findSiteByKey, insertSite } from './site.store.js';

/** Makes a site, or finds the one that has the key. In the caller's transaction, who has asked whether it is permitted. */
@Injectable()
export class CreateSite {
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(em: EntityManager, input: SaveSiteInput & { key: string }): Promise<{ site: SiteRow; created: boolean }> {
    const { by, key, name, origins, settings } = input;
    if (!isSiteKey(key)) throw invalidField('/site', 'A key has 1 to 255 characters.');
    const known = await findSiteByKey(em, key);
    if (known) return { site: siteRow(known), created: false };
    if (name === undefined) throw invalidField('/name', 'A new site needs a name.');

    const stored = await insertSite(em, {
      id: newId(),
      key,
      name: name.trim(),
      origins: normaliseOrigins(origins ?? []),
      settings: givenSettings(settings),
    });
    // Somebody else made it meanwhile.
    if (!stored) return { site: await this.existing(em, key), created: false };

    const site = siteRow(stored);
    const subject = { siteId: site.id, subjectId: site.id };
    await this.outbox.append(em, [{ ...subject, streamId: null, topic: SITE_CHANGED, data: { after: site.settings } }]);
    await this.audit.record(em, [
      { ...subject, actor: by, action: 'site.created', subjectKind: 'site', codes: { settings: stored.settings } },
    ]);
    return { site, created: true };
  }

  /** Whether this would be the installation's first site: nobody can be an owner yet. */
  async isFirst(em: EntityManager): Promise<boolean> {
    return !(await anySite(em));
  }

  private async existing(em: EntityManager, key: string): Promise<SiteRow> {
    const stored = await findSiteByKey(em, key);
    if (!stored) throw notFound('site');
    return siteRow(stored);
  }
}
