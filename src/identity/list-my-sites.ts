import { Injectable } from '@nestjs/common';
import { SiteCache, staffSiteView } from '../sites/index.js';
import type { Actor } from './actor.js';
import type { MySitesView } from './dto/staff.view.js';
import { permittedTo, requireStaff } from './policy.js';

/** The sites on which the actor has a role, by key. */
@Injectable()
export class ListMySites {
  constructor(private readonly sites: SiteCache) {}

  async run(actor: Actor): Promise<MySitesView> {
    const { roles } = requireStaff(actor);
    const views = [...roles].map(async ([id, role]) => ({
      ...staffSiteView(await this.sites.siteById(id)),
      ...{ role, may: permittedTo(role) },
    }));
    const items = (await Promise.all(views)).sort((a, b) => (a.key < b.key ? -1 : 1));
    return { items, nextCursor: null };
  }
}
