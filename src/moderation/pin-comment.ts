import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { auditActor, authorise, requireStaff, type Actor } from '../identity/index.js';
import { CommentStates, StaffComments, type StaffCommentView } from '../threads/index.js';

/** Pinned comments stand before the others on a thread's first page. */
@Injectable()
export class PinComment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly states: CommentStates,
    private readonly comments: StaffComments,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, { commentId, pinned }: { commentId: string; pinned: boolean }): Promise<StaffCommentView> {
    requireStaff(actor);
    const view = await this.unitOfWork.run(async (em) => {
      const [comment] = await this.states.lock(em, [commentId]);
      if (!comment) throw notFound('comment');
      const staff = authorise(actor, 'comment.pin', comment.siteId, 'comment');
      if (await this.states.pin(em, comment, pinned)) {
        await this.audit.record(em, [
          {
            siteId: comment.siteId,
            actor: auditActor(staff),
            action: pinned ? 'comment.pinned' : 'comment.unpinned',
            subjectKind: 'comment',
            subjectId: comment.id,
          },
        ]);
      }
      return (await this.comments.byIds(em, [commentId])).get(commentId)?.view;
    });
    this.outbox.written();
    if (!view) throw notFound('comment');
    return view;
  }
}
