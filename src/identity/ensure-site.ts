import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Outbox } from '../platform/stream/outbox.js';
import { CONFIG, type RuntimeConfig } from '../platform/tokens.js';
import { CreateSite, SiteCache, type SiteRow, type SiteSettings } from '../sites/index.js';
import { SYSTEM } from './actor.js';
import { StaffSessions } from './staff-sessions.js';
import { findOldestStaff, findStaffByEmail, setRole } from './staff.store.js';

export interface EnsureSiteInput {
  key: string;
  name: string;
  origins?: readonly string[];
  settings?: Partial<SiteSettings>;
}

/** A site that the installation brings along, owned by the first owner. One that exists is left as it is. */
@Injectable()
export class EnsureSite {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly sites: SiteCache,
    private readonly sessions: StaffSessions,
    private readonly createSite: CreateSite,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  async run(input: EnsureSiteInput): Promise<{ site: SiteRow; created: boolean }> {
    const result = await this.unitOfWork.run(async (em) => {
      const made = await this.createSite.run(em, { ...input, by: SYSTEM });
      if (!made.created) return made;
      const owner = (await findStaffByEmail(em, this.config.adminEmail)) ?? (await findOldestStaff(em));
      if (!owner) throw new Error('A site needs an owner: the first one has to be there before it.');
      await setRole(em, owner.id, made.site.id, 'owner');
      return made;
    });
    if (result.created) {
      this.outbox.written();
      this.sites.forget();
      this.sessions.changed();
    }
    return result;
  }
}
