import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/new-id.js';
import { FIRST_LIST } from './mailing-list.js';
import { mailingListStore, type MailingListRow, type SavedList } from './mailing-list.store.js';

/** A site's lists. One that has never touched them has a first one, which is stored when somebody asks for it. */
@Injectable()
export class MailingLists {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The default first. Stores nothing. */
  async ofSite(siteId: string): Promise<(SavedList | MailingListRow)[]> {
    const stored = await mailingListStore.ofSite(this.unitOfWork.em, siteId);
    return stored.length > 0 ? stored : [first(siteId)];
  }

  /** One by its key, or the default; undefined: there is no such list. */
  async find(siteId: string, key: string | null): Promise<SavedList | undefined> {
    const lists = await this.ofSite(siteId);
    return lists.find((list) => (key === null ? list.isDefault : list.key === key));
  }

  /** The same, stored where it was not. */
  async stored(siteId: string, key: string | null): Promise<SavedList | undefined> {
    const list = await this.find(siteId, key);
    if (!list || 'createdAt' in list) return list;
    return this.unitOfWork.run(async (em) => {
      await mailingListStore.lockSite(em, siteId);
      const meanwhile = await this.storedIn(em, siteId, key);
      if (meanwhile) return meanwhile;
      await mailingListStore.save(em, list, true);
      return list;
    });
  }

  private async storedIn(em: EntityManager, siteId: string, key: string | null): Promise<MailingListRow | undefined> {
    const lists = await mailingListStore.ofSite(em, siteId);
    return lists.find((list) => (key === null ? list.isDefault : list.key === key));
  }
}

/** As a site begins. */
export function first(siteId: string): SavedList {
  return { ...FIRST_LIST, id: newId(), siteId, textVersion: 1, isDefault: true, closed: false };
}
