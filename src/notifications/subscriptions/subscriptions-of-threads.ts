import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  ThreadSubscriptions,
  type MySubscriptionView,
  type SubscriptionOwner,
  type WishOfPost,
} from '../../threads/index.js';
import { SiteCache } from '../../sites/index.js';
import { AddressKeys } from '../addresses/address-keys.js';
import { Asks } from '../addresses/asks.js';
import { languageOf } from '../addresses/languages.js';
import { subscriptionStore } from './subscription.store.js';

/** What threads ask of subscriptions. */
@Injectable()
export class SubscriptionsOfThreads implements SubscriptionOwner, OnModuleInit {
  constructor(
    private readonly threads: ThreadSubscriptions,
    private readonly asks: Asks,
    private readonly keys: AddressKeys,
    private readonly sites: SiteCache,
  ) {}

  onModuleInit(): void {
    this.threads.register(this);
  }

  async ask({ siteId, threadId, commentId, readerId, notify, email, asker }: WishOfPost): Promise<void> {
    const { settings } = await this.sites.siteById(siteId);
    await this.asks.take({
      siteId,
      kind: 'subscription',
      email,
      readerId,
      language: languageOf(asker.acceptLanguage, settings.mailLanguage),
      network: this.keys.ofNetwork(asker.ip),
      data: { kind: notify, threadId, commentId: notify === 'comment' ? commentId : null },
    });
  }

  async mine(em: EntityManager, readerId: string, threadId: string): Promise<MySubscriptionView[]> {
    const rows = await subscriptionStore.mine(em, readerId, threadId);
    return rows.map(({ id, kind, commentId, state, proved }) => {
      // Of an address that is not proved to be theirs, nobody is told whether it was confirmed before.
      return { id, kind, commentId, state: state === 'confirmed' && proved ? 'confirmed' : 'pending' };
    });
  }
}
