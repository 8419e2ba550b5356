import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { addressStore, type AddressRow } from '../addresses/address.store.js';
import type { TokenSubject } from '../addresses/address-tokens.js';
import { ListConsents, type Said } from '../mailing-list/list-consents.js';
import { mailingListStore } from '../mailing-list/mailing-list.store.js';
import { MailQueue } from '../mails/mail-queue.js';
import { subscriptionStore } from '../subscriptions/subscription.store.js';
import { ConfirmAddress } from './confirm-address.js';
import { MailLink, type Followed, type Follower } from './mail-link.js';
import type { PreferencesChange } from './preferences-form.js';

/** What the owner of an address wants changed. Whoever has the link is the owner. */
@Injectable()
export class ChangePreferences {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: MailLink,
    private readonly confirmAddress: ConfirmAddress,
    private readonly consents: ListConsents,
    private readonly mails: MailQueue,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** Undefined: the link is void. */
  async run({ id, generation }: TokenSubject, change: PreferencesChange, by: Follower): Promise<Followed | undefined> {
    const followed = await this.unitOfWork.run(async (em) => {
      const found = await this.links.follow(em, { addressId: id, generation }, by, { lock: true });
      if (found) await this.change(em, found, change, by);
      return found;
    });
    this.outbox.written();
    return followed;
  }

  private async change(em: EntityManager, { address, language }: Followed, change: PreferencesChange, by: Follower) {
    const { id } = address;
    const said: Said = { via: 'preferences', page: null, language, network: by.network };
    // Whoever wants no mail at all has one wish left.
    if (address.suppressedReason === 'owner') return change.do === 'unblock' ? this.unblock(em, address) : undefined;
    switch (change.do) {
      case 'save':
        return addressStore.set(em, id, change);
      case 'confirm':
        return this.confirmAddress.one(em, address, change.subscriptionId);
      case 'stop':
        return this.stop(em, address, change.subscriptionId);
      case 'join':
        return this.join(em, address, change, said);
      case 'leave':
        return this.consents.withdraw(em, id, change.listId, said);
      case 'own-off':
      case 'own-on':
        return addressStore.tellOwn(em, id, change.do === 'own-on');
      case 'mentions-off':
      case 'mentions-on':
        return addressStore.tellMentions(em, id, change.do === 'mentions-on');
      case 'off':
        return this.off(em, address, said);
      case 'never':
        return this.never(em, address, said);
      case 'new-link':
        return this.newLink(em, address);
    }
  }

  private async stop(em: EntityManager, { id }: AddressRow, subscriptionId: string): Promise<void> {
    const subscription = await subscriptionStore.byId(em, subscriptionId);
    if (subscription?.addressId === id) await subscriptionStore.end(em, subscriptionId, 'preferences');
  }

  /** With the text that the page showed; where the list has another one by now, the page shows that next. */
  private async join(
    em: EntityManager,
    { id: addressId, siteId, suppressedAt }: AddressRow,
    { listId, textVersion }: { listId: string; textVersion: number },
    said: Said,
  ): Promise<void> {
    const list = await mailingListStore.byId(em, listId);
    if (suppressedAt || list?.siteId !== siteId || list.closed || list.textVersion !== textVersion) return;
    await this.consents.join(em, { siteId, listId, addressId, textVersion }, said);
  }

  private async off(em: EntityManager, { id }: AddressRow, said: Said): Promise<void> {
    await subscriptionStore.endAll(em, id);
    await addressStore.tellOwn(em, id, false);
    await addressStore.tellMentions(em, id, false);
    await this.consents.withdraw(em, id, null, said);
  }

  private async never(em: EntityManager, address: AddressRow, said: Said): Promise<void> {
    await this.off(em, address, said);
    await addressStore.block(em, address.id);
    await this.log(em, address, 'address.blocked');
  }

  private async unblock(em: EntityManager, address: AddressRow): Promise<void> {
    await addressStore.unblock(em, address.id);
    await this.log(em, address, 'address.unblocked');
  }

  private async newLink(em: EntityManager, { id: addressId, siteId, suppressedAt }: AddressRow): Promise<void> {
    await addressStore.renewLinks(em, addressId);
    if (suppressedAt) return;
    await this.mails.queue(em, [
      { siteId, addressId, kind: 'preferences-link', key: `preferences-link ${newId()}`, data: {} },
    ]);
  }

  private async log(em: EntityManager, { id, siteId, readerId }: AddressRow, action: string): Promise<void> {
    const actor = { kind: 'reader', id: readerId } as const;
    await this.audit.record(em, [{ siteId, actor, action, subjectKind: 'address', subjectId: id }]);
  }
}
