import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MySubscriptionView } from './my-subscription.view.js';

/** What a commenter can ask to be told of: answers to this comment, to all mine here, or all that follows. */
export const NOTIFY = ['none', 'comment', 'replies', 'thread'] as const;
export type Notify = (typeof NOTIFY)[number];

/** A comment whose author wants to hear more. */
export interface WishOfPost {
  siteId: string;
  threadId: string;
  commentId: string;
  readerId: string;
  notify: Exclude<Notify, 'none'>;
  /** null: the reader's own address, or the inbox where there is none. */
  email: string | null;
  asker: Asker;
}

/** Of the request that asks, as it came. */
export interface Asker {
  ip: string;
  acceptLanguage: string | undefined;
}

/** Whoever owns subscriptions: a module above this one. */
export interface SubscriptionOwner {
  ask(wish: WishOfPost): Promise<void>;
  mine(em: EntityManager, readerId: string, threadId: string): Promise<MySubscriptionView[]>;
}

/** Where threads meet subscriptions, which are not theirs. */
@Injectable()
export class ThreadSubscriptions {
  private owner: SubscriptionOwner | undefined;

  register(owner: SubscriptionOwner): void {
    this.owner = owner;
  }

  async ask(wish: WishOfPost): Promise<void> {
    await this.owner?.ask(wish);
  }

  async mine(em: EntityManager, readerId: string, threadId: string): Promise<MySubscriptionView[]> {
    return (await this.owner?.mine(em, readerId, threadId)) ?? [];
  }
}
