import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../../platform/stream/outbox.js';
import type { TokenSubject } from '../addresses/address-tokens.js';
import { ListConsents } from '../mailing-list/list-consents.js';
import { listMemberStore, type MemberRow } from '../mailing-list/list-member.store.js';
import { mailingListStore, type MailingListRow } from '../mailing-list/mailing-list.store.js';
import { MailLink, type Followed, type Follower } from './mail-link.js';

export interface ConfirmedMember extends Followed {
  list: MailingListRow;
  /** What is, or was, consented to. */
  text: string;
  state: 'waits' | 'confirmed' | 'over';
}

/** The link in the mail that asks whether an address wants to be on a list. It says nothing of subscriptions. */
@Injectable()
export class ConfirmMember {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: MailLink,
    private readonly consents: ListConsents,
    private readonly outbox: Outbox,
  ) {}

  /** Changes nothing. Undefined: the link is void. */
  async look(token: TokenSubject, by: Follower): Promise<ConfirmedMember | undefined> {
    return (await this.found(this.unitOfWork.em, token, by, false))?.answer;
  }

  /** Once more changes nothing more. */
  async run(token: TokenSubject, by: Follower): Promise<ConfirmedMember | undefined> {
    const answer = await this.unitOfWork.run(async (em) => {
      const found = await this.found(em, token, by, true);
      if (found?.answer.state !== 'waits') return found?.answer;
      const { language } = found.answer;
      await this.consents.confirm(em, found.member.id, { via: 'mail', page: null, language, network: by.network });
      return { ...found.answer, state: 'confirmed' as const };
    });
    this.outbox.written();
    return answer;
  }

  private async found(
    em: EntityManager,
    { id, generation }: TokenSubject,
    by: Follower,
    lock: boolean,
  ): Promise<{ member: MemberRow; answer: ConfirmedMember } | undefined> {
    const addressId = (await listMemberStore.byId(em, id))?.addressId;
    const followed = addressId && (await this.links.follow(em, { addressId, generation }, by, { lock }));
    if (!followed) return undefined;
    const member = await listMemberStore.byId(em, id);
    const list = member && (await mailingListStore.byId(em, member.listId));
    if (!member || !list) return undefined;
    const text = await mailingListStore.text(em, list.id, member.textVersion);
    const state = stateOf(member, followed);
    return { member, answer: { ...followed, list, text: text ?? list.text, state } };
  }
}

function stateOf({ state }: MemberRow, { address }: Followed): ConfirmedMember['state'] {
  if (address.suppressedAt || state === 'withdrawn') return 'over';
  return state === 'pending' ? 'waits' : 'confirmed';
}
