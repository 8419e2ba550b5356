import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { addressStore } from '../addresses/address.store.js';
import type { TokenSubject } from '../addresses/address-tokens.js';
import { subscriptionStore, type TitledSubscription } from '../subscriptions/subscription.store.js';
import { MailLink, type Followed, type Follower } from './mail-link.js';

export interface Unsubscribed extends Followed {
  /** What the link ends; where nothing is left, what it has ended. */
  subscriptions: TitledSubscription[];
  /** Whether it ends mentions, too; and whether there was an end to that before. */
  mentions: 'told' | 'ended' | 'not-meant';
}

/**
 * The link at the end of each mail, and what mail programs do behind their own button (RFC 8058). That of a mail about
 * one thread ends all that is mailed of it, for a mail may be due to several subscriptions; that of a digest ends all,
 * and what comes in digests without one: mentions. A mail about nothing but these has a link for them alone.
 */
@Injectable()
export class Unsubscribe {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: MailLink,
  ) {}

  /** Changes nothing. Undefined: the link is void. */
  async look(token: TokenSubject, by: Follower): Promise<Unsubscribed | undefined> {
    return this.found(this.unitOfWork.em, token, by, false);
  }

  /** Also of what was ended before: then it changes nothing. */
  async run(token: TokenSubject, by: Follower): Promise<Unsubscribed | undefined> {
    return this.unitOfWork.run(async (em) => {
      const found = await this.found(em, token, by, true);
      if (!found) return undefined;
      const { address, subscriptions, mentions } = found;
      if (mentions !== 'not-meant') await addressStore.tellMentions(em, address.id, false);
      if (token.purpose === 'all') await subscriptionStore.endAll(em, address.id, 'mail');
      if (token.purpose === 'unsubscribe')
        await subscriptionStore.endThread(em, address.id, subscriptions[0]?.threadId ?? '');
      return found;
    });
  }

  private async found(
    em: EntityManager,
    { purpose, id, generation }: TokenSubject,
    by: Follower,
    lock: boolean,
  ): Promise<Unsubscribed | undefined> {
    const one = purpose === 'unsubscribe' ? await subscriptionStore.byId(em, id) : undefined;
    const addressId = purpose === 'unsubscribe' ? one?.addressId : id;
    if (!addressId) return undefined;
    const followed = await this.links.follow(em, { addressId, generation }, by, { lock });
    if (!followed) return undefined;
    const { readerId, tellMentions } = followed.address;
    const mentions = readerId === null ? 'not-meant' : tellMentions ? 'told' : 'ended';
    if (purpose === 'mentions') return { ...followed, subscriptions: [], mentions };
    const live = await subscriptionStore.live(em, addressId);
    if (!one) return { ...followed, subscriptions: live, mentions };
    const ofThread = live.filter(({ threadId }) => threadId === one.threadId);
    return { ...followed, subscriptions: ofThread.length > 0 ? ofThread : [one], mentions: 'not-meant' };
  }
}
