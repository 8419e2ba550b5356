import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { TokenSubject } from '../addresses/address-tokens.js';
import { subscriptionStore, type TitledSubscription } from '../subscriptions/subscription.store.js';
import { MailLink, type Followed, type Follower } from './mail-link.js';

export interface Unsubscribed extends Followed {
  subscription: TitledSubscription;
}

/** The link at the end of each mail, and what mail programs do behind their own button (RFC 8058). */
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

  /** Also of one that was ended before: then it changes nothing. */
  async run(token: TokenSubject, by: Follower): Promise<Unsubscribed | undefined> {
    return this.unitOfWork.run(async (em) => {
      const found = await this.found(em, token, by, true);
      if (found) await subscriptionStore.end(em, found.subscription.id, 'mail');
      return found;
    });
  }

  private async found(
    em: EntityManager,
    { id, generation }: TokenSubject,
    by: Follower,
    lock: boolean,
  ): Promise<Unsubscribed | undefined> {
    const subscription = await subscriptionStore.byId(em, id);
    if (!subscription?.addressId) return undefined;
    const followed = await this.links.follow(em, { addressId: subscription.addressId, generation }, by, { lock });
    return followed && { ...followed, subscription };
  }
}
