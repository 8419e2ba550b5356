import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { TokenSubject } from '../addresses/address-tokens.js';
import { consentStore, type ConsentRow } from '../mailing-list/consent.store.js';
import { listMemberStore, type MemberRow } from '../mailing-list/list-member.store.js';
import { mailingListStore, type MailingListRow } from '../mailing-list/mailing-list.store.js';
import { subscriptionStore, type TitledSubscription } from '../subscriptions/subscription.store.js';
import { MailLink, type Followed, type Follower } from './mail-link.js';

export interface ListOfAddress {
  list: MailingListRow;
  member: MemberRow | undefined;
}

/** Everything that mails an address, and all that is kept of it. */
export interface Preferences extends Followed {
  subscriptions: readonly TitledSubscription[];
  lists: readonly ListOfAddress[];
  consents: readonly ConsentRow[];
  /** How many subscriptions are kept that are over. */
  ended: number;
}

/** The page of preferences. Changes nothing. */
@Injectable()
export class ReadPreferences {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: MailLink,
  ) {}

  /** Undefined: the link is void. */
  async run({ id, generation }: TokenSubject, by: Follower): Promise<Preferences | undefined> {
    return this.unitOfWork.snapshot(async (em) => {
      const followed = await this.links.follow(em, { addressId: id, generation }, by, { lock: false });
      return followed && this.of(em, followed);
    });
  }

  private async of(em: EntityManager, followed: Followed): Promise<Preferences> {
    const { id, siteId } = followed.address;
    const [subscriptions, ended, lists, members, consents] = await Promise.all([
      subscriptionStore.live(em, id),
      subscriptionStore.ended(em, id),
      mailingListStore.ofSite(em, siteId),
      listMemberStore.ofAddress(em, id),
      consentStore.history(em, siteId, id),
    ]);
    const shown = lists.map((list) => ({ list, member: members.find((member) => member.listId === list.id) }));
    // A closed list is for those who are on it.
    return {
      ...followed,
      subscriptions,
      ended,
      consents,
      lists: shown.filter(({ list, member }) => !list.closed || isOn(member)),
    };
  }
}

export function isOn(member: MemberRow | undefined): boolean {
  return member !== undefined && member.state !== 'withdrawn';
}
