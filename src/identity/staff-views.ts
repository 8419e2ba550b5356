import { Injectable } from '@nestjs/common';
import { SiteCache } from '../sites/index.js';
import { staffView, type StaffView } from './dto/staff.view.js';
import type { StaffPerson } from './staff.store.js';

/** Staff as it goes out: roles by the sites' keys, and only those on `siteIds` where given. */
@Injectable()
export class StaffViews {
  constructor(private readonly sites: SiteCache) {}

  async of(person: StaffPerson, siteIds?: readonly string[]): Promise<StaffView> {
    const visible = person.roles.filter(([siteId]) => siteIds?.includes(siteId) ?? true);
    const roles = visible.map(async ([siteId, role]) => ({ site: (await this.sites.siteById(siteId)).key, role }));
    return staffView(person, await Promise.all(roles));
  }
}
