import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '../../platform/stream/outbox.js';
import { addressStore } from '../addresses/address.store.js';
import { consentStore, type ConsentVia } from './consent.store.js';
import { listMemberStore, type MemberRow } from './list-member.store.js';

/** How somebody said something about a list. */
export interface Said {
  via: ConsentVia;
  page: string | null;
  language: string;
  network: Buffer;
}

/**
 * What follows from what an address's owner says of lists, and the proof of it. The row of the address is locked.
 * `list.confirmed` and `list.withdrawn` tell those who hand addresses to an external service.
 */
@Injectable()
export class ListConsents {
  constructor(private readonly outbox: Outbox) {}

  /** Asked for in the name of an address; nothing is mailed but the question. */
  async ask(
    em: EntityManager,
    member: Omit<MemberRow, 'id' | 'askedAt' | 'confirmedAt' | 'withdrawnAt' | 'state'>,
    said: Said,
  ) {
    const kept = await listMemberStore.keep(em, { ...member, state: 'pending' });
    await consentStore.append(em, { ...kept, ...said, kind: 'asked' });
    return kept;
  }

  /** By the link in the mail. False: nothing waited. */
  async confirm(em: EntityManager, memberId: string, said: Said): Promise<boolean> {
    const member = await listMemberStore.confirm(em, memberId);
    if (!member) return false;
    await this.confirmed(em, member, said);
    return true;
  }

  /** On the page of preferences, which only the address's owner can open: nothing is left to confirm. */
  async join(
    em: EntityManager,
    member: Pick<MemberRow, 'siteId' | 'listId' | 'addressId' | 'textVersion'>,
    said: Said,
  ) {
    const kept = await listMemberStore.keep(em, { ...member, state: 'confirmed' });
    await consentStore.append(em, { ...kept, ...said, kind: 'asked' });
    await this.confirmed(em, kept, said);
  }

  /** @param listId null: from all */
  async withdraw(em: EntityManager, addressId: string, listId: string | null, said: Said): Promise<void> {
    for (const member of await listMemberStore.withdraw(em, addressId, listId)) {
      await consentStore.append(em, { ...member, ...said, kind: 'withdrawn' });
      await this.outbox.append(em, [{ ...rowOf(member), topic: 'list.withdrawn' }]);
    }
  }

  private async confirmed(em: EntityManager, member: MemberRow, said: Said): Promise<void> {
    await addressStore.wanted(em, member.addressId);
    await consentStore.append(em, { ...member, ...said, kind: 'confirmed' });
    await this.outbox.append(em, [{ ...rowOf(member), topic: 'list.confirmed' }]);
  }
}

function rowOf({ id, siteId, listId, addressId }: MemberRow) {
  return { siteId, streamId: null, subjectId: id, data: { listId, addressId } };
}
