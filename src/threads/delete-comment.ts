import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { write } from '../platform/database/write.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import type { ReaderActor } from '../identity/index.js';
import { OriginPolicy, SiteCache } from '../sites/index.js';
import { transition } from './comment-status.js';
import { commentStore } from './comment.store.js';

/** Taken back by its author, at any time. What was said of it before stays on record. */
@Injectable()
export class DeleteComment {
  constructor(
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async run(actor: ReaderActor, commentId: string, origin: string | undefined): Promise<void> {
    this.origins.assertPermitted(await this.sites.siteById(actor.siteId), origin);
    await this.unitOfWork.run(async (em) => {
      const [locked] = await commentStore.lock(em, [commentId]);
      const status = locked && transition(locked.status, 'delete');
      if (!locked || !status || locked.readerId !== actor.readerId) throw notFound('comment');
      const { id, siteId, threadId, decidedBy, decisionId } = locked;
      const fact = { siteId, streamId: threadId, subjectId: id, fromStatus: locked.status, toStatus: status };
      await write(em, [
        commentStore.settingStatus([{ id, status, decidedBy, decisionId }]),
        this.outbox.appending([{ ...fact, topic: 'comment.deleted' }]),
      ]);
    });
    this.outbox.written();
  }
}
