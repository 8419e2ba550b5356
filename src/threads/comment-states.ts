import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Write } from '../platform/database/statement.js';
import { Outbox } from '../platform/stream/outbox.js';
import { commentStore, type LockedComment, type StatusChange } from './comment.store.js';
import { notPinnable } from './threads.errors.js';

export type { LockedComment, StatusChange } from './comment.store.js';

const MAX_PINNED = 3;

/** How the module above changes what a comment is, in its own transaction. */
@Injectable()
export class CommentStates {
  constructor(private readonly outbox: Outbox) {}

  /** Locked in the order of their ids; those that do not exist are missing from the answer. */
  lock(em: EntityManager, ids: readonly string[]): Promise<LockedComment[]> {
    return commentStore.lock(em, ids);
  }

  /** What sets statuses and tells the relay, `data` with each. The comments must be locked. */
  changing(
    changes: readonly (StatusChange & { from: LockedComment; data?: Record<string, unknown> })[],
  ): readonly Write[] {
    return [
      commentStore.settingStatus(changes),
      this.outbox.appending(
        changes.map(({ from, status, data }) => ({
          siteId: from.siteId,
          streamId: from.threadId,
          subjectId: from.id,
          topic: 'comment.decided',
          fromStatus: from.status,
          toStatus: status,
          ...(data ? { data } : {}),
        })),
      ),
    ];
  }

  /** A few published root comments of a thread stand before the others. @throws not-pinnable */
  async pin(em: EntityManager, comment: LockedComment, pinned: boolean): Promise<boolean> {
    if (comment.pinned === pinned) return false;
    if (pinned) {
      if (comment.status !== 'published' || comment.depth > 0) {
        throw notPinnable('Only a published comment that answers no other can be pinned.');
      }
      if ((await commentStore.pinnedBeside(em, comment.threadId, comment.id)) >= MAX_PINNED) {
        throw notPinnable(`A thread has at most ${MAX_PINNED} pinned comments.`);
      }
    }
    await commentStore.setPinned(em, comment.id, pinned);
    await this.outbox.append(em, [
      {
        siteId: comment.siteId,
        streamId: comment.threadId,
        subjectId: comment.id,
        topic: 'comment.pinned',
        fromStatus: comment.status,
        toStatus: comment.status,
      },
    ]);
    return true;
  }
}
