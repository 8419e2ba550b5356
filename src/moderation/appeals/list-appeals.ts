import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cursor, page } from '../../platform/http/cursor.js';
import { authorise, requireStaff, sitesWhere, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { appealCursor, isAppealPosition } from './appeal-cursor.js';
import { appealListStore } from './appeal-list.store.js';
import type { AppealState } from './appeal-state.js';
import { appealView, type AppealListView } from './appeal.view.js';

export interface ListAppealsInput {
  site?: string;
  state?: AppealState;
  limit: number;
  cursor?: string;
}

/** Appeals of my sites, decided ones too, newest first. */
@Injectable()
export class ListAppeals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
  ) {}

  async run(actor: Actor, { site: siteKey, state, limit, cursor }: ListAppealsInput): Promise<AppealListView> {
    const staff = requireStaff(actor);
    let siteIds = sitesWhere(staff, 'appeal.read');
    if (siteKey !== undefined) {
      const site = await this.sites.siteByKey(siteKey);
      authorise(staff, 'appeal.read', site.id, 'site');
      siteIds = [site.id];
    }
    const after = Cursor.decode('appeals', cursor, isAppealPosition);
    const asked = { siteIds, state, after, limit: limit + 1 };
    const rows = await appealListStore.ofSites(this.unitOfWork.em, staff.staffId, asked);
    const { items, nextCursor } = page(rows, limit, appealCursor);
    return { items: items.map(appealView), nextCursor };
  }
}
