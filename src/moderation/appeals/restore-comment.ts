import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Write } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { auditActor, type StaffActor } from '../../identity/index.js';
import { CommentStates, transition, type LockedComment } from '../../threads/index.js';
import { decisionStore, type NewDecision } from '../decision.store.js';
import { queueStore } from '../queue.store.js';
import { BUILT_QUEUES } from '../queues.js';
import { settlingCases } from '../settle-cases.js';
import { whatHangsOn } from '../what-hangs.js';

/**
 * Publishes what was taken down: a decision of its own in the comment's history. It has no undo: the reader is told at
 * once, and whoever thinks otherwise decides anew, which can be appealed again.
 */
@Injectable()
export class RestoreComment {
  constructor(
    private readonly states: CommentStates,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** The comment is locked. Null: it is deleted, and stays so. */
  async writes(
    em: EntityManager,
    staff: StaffActor,
    comment: LockedComment,
    appealId: string,
  ): Promise<readonly Write[] | null> {
    const toStatus = transition(comment.status, 'restore');
    if (!toStatus) return null;
    const { id: commentId, siteId, threadId, revision, status: fromStatus } = comment;
    const decision: NewDecision = {
      ...{ id: newId(), siteId, threadId, commentId, revision, batchId: null, action: 'overturn' },
      ...{ fromStatus, fromDecidedBy: comment.decidedBy, fromDecisionId: comment.decisionId },
      ...{ toStatus, decidedBy: 'human', staffId: staff.staffId, reason: null, undoSeconds: 0 },
    };
    const hanging = await whatHangsOn(em, [commentId], staff.staffId);
    const left = hanging.items.map(({ queue, itemId }) => ({ queue, itemId }));
    const change = { id: commentId, status: toStatus, decidedBy: decision.decidedBy, decisionId: decision.id };
    return [
      queueStore.settling([commentId], BUILT_QUEUES),
      ...this.states.changing([{ ...change, from: comment, data: { left, settled: true } }]),
      ...settlingCases(this.outbox, [decision], hanging, undefined),
      decisionStore.inserting([decision]),
      this.audit.recording([
        {
          siteId,
          actor: auditActor(staff),
          action: 'comment.restored',
          subjectKind: 'comment',
          subjectId: commentId,
          codes: { decisionId: decision.id, appealId, revision, from: fromStatus, to: toStatus },
        },
      ]),
    ];
  }
}
