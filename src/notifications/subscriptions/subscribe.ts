import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors.js';
import type { Actor } from '../../identity/index.js';
import { sessionOver, ThreadDirectory, type Asker } from '../../threads/index.js';
import { AddressKeys } from '../addresses/address-keys.js';
import { ASKED, type AskedView } from '../addresses/asked.view.js';
import { Asks } from '../addresses/asks.js';
import { languageOf } from '../addresses/languages.js';
import { subscriptionStore, type SubscriptionKind } from './subscription.store.js';

export interface SubscribeInput {
  siteKey: string;
  threadKey: string;
  kind: SubscriptionKind;
  email: string | null;
  commentId: string | null;
  asker: Asker;
}

/** Anybody asks to be told of what is new in a thread, by an address or with a reader's session. */
@Injectable()
export class Subscribe {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: AddressKeys,
    private readonly asks: Asks,
  ) {}

  async run(actor: Actor, { kind, email, commentId, asker, ...address }: SubscribeInput): Promise<AskedView> {
    const { site, threadId } = await this.directory.find(address);
    const readerId = actor.kind === 'reader' ? actor.readerId : null;
    if (actor.kind === 'reader' && actor.siteId !== site.id) throw sessionOver();
    if (email === null && readerId === null) {
      throw invalidField('/email', 'Without a session this needs an e-mail address.');
    }
    await this.assertComment(kind, commentId, threadId, readerId);
    await this.asks.take({
      siteId: site.id,
      kind: 'subscription',
      email,
      readerId,
      language: languageOf(asker.acceptLanguage, site.settings.mailLanguage),
      network: this.keys.ofNetwork(asker.ip),
      data: { kind, threadId, commentId },
    });
    return ASKED;
  }

  private async assertComment(
    kind: SubscriptionKind,
    commentId: string | null,
    threadId: string,
    readerId: string | null,
  ): Promise<void> {
    if (kind !== 'comment') {
      if (commentId !== null) throw invalidField('/commentId', 'Only a subscription of kind comment names one.');
      return;
    }
    if (commentId === null) throw invalidField('/commentId', 'A subscription of kind comment names the comment.');
    const stands = await subscriptionStore.commentStands(this.unitOfWork.em, commentId, threadId, readerId);
    if (!stands) throw invalidField('/commentId', 'The thread has no such comment.', 'comment-not-found');
  }
}
