import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { standingView, type ReaderActor } from '../identity/index.js';
import { commentStore } from './comment.store.js';
import { ownCommentView } from './comment.view.js';
import type { Mine } from './mine.view.js';
import { ThreadDirectory, type ThreadAddress } from './thread-directory.js';
import { sessionOver } from './threads.errors.js';
import { ThreadSubscriptions } from './thread-subscriptions.js';
import { voteStore } from './vote.store.js';

/** What is mine in a thread: laid over the page that is the same for everybody. */
@Injectable()
export class ReadMine {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: ThreadSubscriptions,
  ) {}

  async run(actor: ReaderActor, address: ThreadAddress): Promise<Mine> {
    const { site, threadId } = await this.directory.find(address);
    if (actor.siteId !== site.id) throw sessionOver();
    const { em } = this.unitOfWork;
    const [comments, votes, subscriptions] = await Promise.all([
      commentStore.mine(em, actor.readerId, threadId),
      voteStore.mine(em, actor.readerId, threadId),
      this.subscriptions.mine(em, actor.readerId, threadId),
    ]);
    return {
      reader: { id: actor.readerId, displayName: actor.displayName },
      standing: standingView(actor.sanctions),
      votes: Object.fromEntries(votes.map((vote) => [vote.commentId, vote.value])),
      comments: comments.map((row) => ownCommentView(row, site.settings.editWindowSeconds)),
      subscriptions,
    };
  }
}
