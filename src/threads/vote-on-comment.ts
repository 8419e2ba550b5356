import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { assertMayAct, type ReaderActor } from '../identity/index.js';
import { OriginPolicy, SiteCache } from '../sites/index.js';
import type { VoteAnswerView } from './comment.view.js';
import { notVotable, threadNotOpen } from './threads.errors.js';
import { voteStore } from './vote.store.js';

export interface VoteInput {
  commentId: string;
  value: -1 | 0 | 1;
  origin: string | undefined;
}

/** One vote a reader and comment, changeable; 0 takes it back. Answers the sum with this vote in it. */
@Injectable()
export class VoteOnComment {
  constructor(
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async run(actor: ReaderActor, { commentId, value, origin }: VoteInput): Promise<VoteAnswerView> {
    this.origins.assertPermitted(await this.sites.siteById(actor.siteId), origin);
    assertMayAct(actor);
    const { em } = this.unitOfWork;
    const outcome = await voteStore.cast(em, { commentId, value, readerId: actor.readerId, siteId: actor.siteId });
    if (!outcome || outcome.status === 'deleted') throw notFound('comment');
    if (outcome.status !== 'published') throw notVotable();
    if (outcome.state === 'frozen') throw threadNotOpen('frozen');
    this.outbox.written();
    return { votes: await voteStore.tally(em, commentId) };
  }
}
