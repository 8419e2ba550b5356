import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AddressKeys } from '../addresses/address-keys.js';
import { addressStore, type AddressRow } from '../addresses/address.store.js';
import { askStore } from '../addresses/ask.store.js';
import type { TokenSubject } from '../addresses/address-tokens.js';
import { subscriptionStore, type TitledSubscription } from '../subscriptions/subscription.store.js';
import { MailLink, type Followed, type Follower } from './mail-link.js';

export interface ConfirmedAddress extends Followed {
  /** What waits, or was confirmed just now. */
  subscriptions: readonly TitledSubscription[];
}

/** The link in the mail that asks whether an address is meant: it is, and so is everything that waits for it. */
@Injectable()
export class ConfirmAddress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: MailLink,
    private readonly keys: AddressKeys,
    private readonly audit: AuditTrail,
  ) {}

  /** Changes nothing. Undefined: the link is void. */
  async look({ id, generation }: TokenSubject, by: Follower): Promise<ConfirmedAddress | undefined> {
    const { em } = this.unitOfWork;
    const followed = await this.links.follow(em, { addressId: id, generation }, by, { lock: false });
    return followed && { ...followed, subscriptions: await subscriptionStore.waiting(em, id) };
  }

  /** Once more changes nothing more. */
  async run({ id, generation }: TokenSubject, by: Follower): Promise<ConfirmedAddress | undefined> {
    return this.unitOfWork.run(async (em) => {
      const followed = await this.links.follow(em, { addressId: id, generation }, by, { lock: true });
      if (!followed) return undefined;
      const { address } = followed;
      if (address.suppressedAt || address.email === null) return { ...followed, subscriptions: [] };
      return { ...followed, subscriptions: await this.all(em, address) };
    });
  }

  /** All that waits. The row of the address is locked. Answers what was confirmed. */
  private async all(em: EntityManager, address: AddressRow): Promise<TitledSubscription[]> {
    const waiting = await subscriptionStore.waiting(em, address.id);
    await this.confirmed(em, address, await subscriptionStore.confirm(em, address.id));
    return waiting;
  }

  /** One that waits; the others go on waiting. The row of the address is locked. */
  async one(em: EntityManager, address: AddressRow, subscriptionId: string): Promise<void> {
    await this.confirmed(em, address, await subscriptionStore.confirmOne(em, address.id, subscriptionId));
  }

  private async confirmed(em: EntityManager, address: AddressRow, readerIds: readonly string[]): Promise<void> {
    const { id, siteId } = address;
    await addressStore.confirm(em, id, await this.owner(em, address, readerIds));
    if (!address.confirmedAt) {
      const actor = { kind: 'reader', id: address.readerId } as const;
      await this.audit.record(em, [
        { siteId, actor, action: 'address.confirmed', subjectKind: 'address', subjectId: id },
      ]);
    }
  }

  /** The one reader who asked for it with this very address as his or her own. */
  private async owner(em: EntityManager, address: AddressRow, readerIds: readonly string[]): Promise<string | null> {
    const [readerId, ...others] = new Set(readerIds);
    if (readerId === undefined || others.length > 0) return null;
    const email = await askStore.emailOfReader(em, address.siteId, readerId);
    return email !== null && this.keys.ofEmail(address.siteId, email).equals(address.emailKey) ? readerId : null;
  }
}
