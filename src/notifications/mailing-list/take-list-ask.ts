import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { emailAddress } from '../../identity/index.js';
import { AddressKeys } from '../addresses/address-keys.js';
import { addressStore } from '../addresses/address.store.js';
import type { AskRow } from '../addresses/ask.store.js';
import { Confirmations } from '../addresses/confirmations.js';
import type { AskTaker } from '../addresses/take-asks.js';
import { ListConsents } from './list-consents.js';
import { listMemberStore, type MemberRow } from './list-member.store.js';

const DAY_MS = 86_400_000;

/** What waits in an ask for a mailing list. */
export interface ListAsk {
  listId: string;
  textVersion: number;
  page: string | null;
}

/** Somebody put an address into the newsletter box. Whether its owner did, the answer to a mail will tell. */
@Injectable()
export class TakeListAsk implements AskTaker {
  readonly kind = 'list';

  constructor(
    private readonly clock: Clock,
    private readonly keys: AddressKeys,
    private readonly consents: ListConsents,
    private readonly confirmations: Confirmations,
  ) {}

  async take(em: EntityManager, ask: AskRow): Promise<void> {
    const { listId, textVersion, page } = ask.data as unknown as ListAsk;
    const { siteId, language, network } = ask;
    const email = emailAddress(ask.email ?? '');
    if (email === undefined) return;
    const address = await addressStore.keep(em, {
      siteId,
      email,
      emailKey: this.keys.ofEmail(siteId, email),
      language,
    });
    if (address.suppressedAt) return;
    const addressId = address.id;
    const before = await listMemberStore.ofList(em, listId, addressId);
    if (before?.state === 'confirmed') return;
    const asked = { siteId, listId, addressId, textVersion };
    // Asking again on the same day proves nothing more, but perhaps the mail was lost.
    const again = before?.state === 'pending' && before.textVersion === textVersion && this.isOfToday(before);
    const member = again ? before : await this.consents.ask(em, asked, { via: 'page', page, language, network });
    await this.confirmations.ask(em, 'list-confirm', { siteId, addressId, subjectId: member.id, network });
  }

  private isOfToday({ askedAt }: MemberRow): boolean {
    return this.clock.now().getTime() - askedAt.getTime() < DAY_MS;
  }
}
