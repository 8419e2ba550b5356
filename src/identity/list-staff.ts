import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Cursor, isUuid, page } from '../platform/http/cursor.js';
import { SiteCache } from '../sites/index.js';
import type { Actor } from './actor.js';
import type { StaffListView } from './dto/staff.view.js';
import { authorise, requireStaff, sitesWhere } from './policy.js';
import { StaffViews } from './staff-views.js';
import { listStaffOfSites } from './staff.store.js';

const LIST = 'staff';

export interface ListStaffInput {
  site?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** The staff of a site, or of all sites that the actor administers; in the order in which they were added. */
@Injectable()
export class ListStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly views: StaffViews,
  ) {}

  async run(actor: Actor, { site, limit, cursor }: ListStaffInput): Promise<StaffListView> {
    const siteIds = await this.visibleSites(actor, site);
    const after = Cursor.decode<readonly [string]>(
      LIST,
      cursor,
      (position): position is readonly [string] => position.length === 1 && isUuid(position[0]),
    )?.[0];
    const rows = await listStaffOfSites(this.unitOfWork.em, { siteIds, after, limit: limit + 1 });
    const { items, nextCursor } = page(rows, limit, (last) => Cursor.encode(LIST, [last.id]));
    return { items: await Promise.all(items.map((person) => this.views.of(person, siteIds))), nextCursor };
  }

  private async visibleSites(actor: Actor, key: string | undefined): Promise<string[]> {
    requireStaff(actor);
    if (key === undefined) return sitesWhere(actor, 'staff.list');
    const site = await this.sites.siteByKey(key);
    authorise(actor, 'staff.list', site.id, 'site');
    return [site.id];
  }
}
