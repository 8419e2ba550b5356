import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import {
  ChangeSite,
  CreateSite,
  SiteCache,
  staffSiteView,
  type SiteRow,
  type SiteSettings,
  type StaffSiteView,
} from '../sites/index.js';
import { auditActor, type Actor } from './actor.js';
import { authorise, requireStaff, sitesWhere } from './policy.js';
import { StaffSessions } from './staff-sessions.js';
import { findStaffById, setRole } from './staff.store.js';

export interface SaveMySiteInput {
  key: string;
  name?: string | undefined;
  origins?: readonly string[] | undefined;
  settings?: Partial<SiteSettings> | undefined;
}

/** An owner changes a site, or somebody who owns one already makes another and owns it. */
@Injectable()
export class SaveMySite {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly sites: SiteCache,
    private readonly sessions: StaffSessions,
    private readonly createSite: CreateSite,
    private readonly changeSite: ChangeSite,
  ) {}

  async run(actor: Actor, { key, ...change }: SaveMySiteInput): Promise<StaffSiteView> {
    const staff = requireStaff(actor);
    const known = await this.sites.find(key);
    if (known) authorise(actor, 'site.change', known.id, 'site');
    else await this.authoriseCreation(actor);

    const input = { ...change, by: auditActor(staff) };
    const saved = await this.unitOfWork.run(async (em): Promise<SiteRow> => {
      if (known) return this.changeSite.run(em, { ...input, siteId: known.id });
      const { site, created } = await this.createSite.run(em, { ...input, key });
      if (created) {
        await setRole(em, staff.staffId, site.id, 'owner');
        return site;
      }
      // The cache did not know it yet, or it was made meanwhile, be it by this very person's double click.
      const roles = new Map((await findStaffById(em, staff.staffId))?.roles);
      authorise({ ...staff, roles }, 'site.change', site.id, 'site');
      return this.changeSite.run(em, { ...input, siteId: site.id });
    });
    this.outbox.written();
    // The signal tells every node in a moment; who asked this one may read at once.
    this.sites.forget();
    if (!known) this.sessions.changed();
    return staffSiteView(saved);
  }

  /** Of a site that is not there and one that is not theirs, others learn the same. */
  private async authoriseCreation(actor: Actor): Promise<void> {
    if (sitesWhere(actor, 'site.create').length > 0) return;
    if (!(await this.createSite.isFirst(this.unitOfWork.em))) throw notFound('site');
  }
}
