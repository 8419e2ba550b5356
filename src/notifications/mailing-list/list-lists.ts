import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { authorise, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { listMemberStore } from './list-member.store.js';
import { mailingListView, type MailingListsView, type StaffMailingListView } from './mailing-list.view.js';
import { MailingLists } from './mailing-lists.js';

/** A site's mailing lists: for the box under an article, and one of them with its figures for staff. */
@Injectable()
export class ListLists {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: MailingLists,
  ) {}

  async run(siteKey: string): Promise<MailingListsView> {
    const site = await this.sites.siteByKey(siteKey);
    return { items: (await this.lists.ofSite(site.id)).map(mailingListView) };
  }

  async one(actor: Actor, { siteKey, key }: { siteKey: string; key: string }): Promise<StaffMailingListView> {
    const site = await this.sites.siteByKey(siteKey);
    authorise(actor, 'mailing-list.manage', site.id, 'site');
    const list = await this.lists.find(site.id, key);
    if (!list) throw notFound('mailing list');
    return { ...mailingListView(list), members: await listMemberStore.counts(this.unitOfWork.em, list.id) };
  }
}
