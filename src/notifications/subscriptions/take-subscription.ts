import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AddressKeys } from '../addresses/address-keys.js';
import { addressStore, type AddressRow } from '../addresses/address.store.js';
import { askStore, type AskRow } from '../addresses/ask.store.js';
import { Confirmations } from '../addresses/confirmations.js';
import { emailAddress } from '../../identity/index.js';
import type { AskTaker } from '../addresses/take-asks.js';
import { subscriptionStore, type NewSubscription, type SubscriptionKind } from './subscription.store.js';

/** What strangers may add in a day to an address that is confirmed; more waits for its owner. */
const STRANGERS_PER_DAY = 20;

type What = Pick<NewSubscription, 'siteId' | 'kind' | 'threadId' | 'commentId' | 'readerId'>;

/**
 * A subscription that was asked for. It is stored whatever is known of the address, also where nothing will ever be
 * mailed: whoever asked sees the same in `/me`.
 */
@Injectable()
export class TakeSubscription implements AskTaker {
  readonly kind = 'subscription';

  constructor(
    private readonly keys: AddressKeys,
    private readonly confirmations: Confirmations,
  ) {}

  async take(em: EntityManager, ask: AskRow): Promise<void> {
    const { kind, threadId, commentId } = ask.data as {
      kind: SubscriptionKind;
      threadId: string;
      commentId: string | null;
    };
    const { siteId, readerId, language, network } = ask;
    const what: What = { siteId, kind, threadId, commentId, readerId };
    const email = emailAddress(await this.email(em, ask));
    if (email === undefined) return this.forInbox(em, what);

    const address = await addressStore.keep(em, {
      siteId,
      email,
      emailKey: this.keys.ofEmail(siteId, email),
      language,
    });
    const own = readerId !== null && address.readerId === readerId;
    const state = (await this.takenAtOnce(em, address, own, what)) ? 'confirmed' : 'pending';
    const proved = own && state === 'confirmed';
    const kept = await subscriptionStore.keep(em, { ...what, addressId: address.id, state, proved });
    if (kept.state === 'confirmed' || address.suppressedAt) return;
    await this.confirmations.ask(em, 'confirm-address', {
      siteId,
      addressId: address.id,
      subjectId: address.id,
      network,
    });
  }

  private async email(em: EntityManager, { siteId, email, readerId }: AskRow): Promise<string> {
    if (email !== null || readerId === null) return email ?? '';
    return (await askStore.emailOfReader(em, siteId, readerId)) ?? '';
  }

  /** A reader without an address is told in the inbox, which nobody has to confirm. */
  private async forInbox(em: EntityManager, what: What): Promise<void> {
    if (what.readerId === null) return;
    await subscriptionStore.keep(em, { ...what, addressId: null, state: 'confirmed', proved: true });
  }

  /** One confirmation is for all that comes later, but for what the owner has ended and for floods. */
  private async takenAtOnce(em: EntityManager, address: AddressRow, own: boolean, what: What): Promise<boolean> {
    if (!address.confirmedAt || address.suppressedAt) return false;
    if (own) return true;
    const { ended, lately } = await subscriptionStore.doubts(em, what, address);
    return !ended && lately < STRANGERS_PER_DAY;
  }
}
