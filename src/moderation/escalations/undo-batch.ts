import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/new-id.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { write } from '../../platform/database/write.js';
import { notFound } from '../../platform/errors.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { auditActor, can, requireStaff, type Actor, type StaffActor } from '../../identity/index.js';
import { CommentStates, type LockedComment } from '../../threads/index.js';
import { digestOfCall } from '../batch-keys.js';
import { decisionStore } from '../decision.store.js';
import type { BatchAnswer } from '../decision.view.js';
import { undoOver } from '../moderation.errors.js';
import { UndoDecisions } from '../undo.js';
import { escalationResult } from './escalation-result.js';
import { escalationStore, type EscalationRow } from './escalation.store.js';

/** Takes a batch back by whoever sent it, of escalations as of decisions: where nobody has decided meanwhile. */
@Injectable()
export class UndoBatch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly states: CommentStates,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly decisions: UndoDecisions,
  ) {}

  async run(actor: Actor, batchId: string): Promise<BatchAnswer> {
    const staff = requireStaff(actor);
    const sent = await escalationStore.ofBatch(this.unitOfWork.em, batchId);
    if (sent.length === 0) return this.decisions.run(actor, batchId);
    if (sent.some((one) => one.staffId !== staff.staffId)) throw notFound('batch');
    const answer = await this.unitOfWork.run((em) => this.undo(em, staff, batchId));
    this.outbox.written();
    return answer;
  }

  private async undo(em: EntityManager, staff: StaffActor, batchId: string): Promise<BatchAnswer> {
    const ids = (await escalationStore.ofBatch(em, batchId)).map((one) => one.commentId);
    const locked = new Map((await this.states.lock(em, ids)).map((comment) => [comment.id, comment]));
    // Under the locks: of two who undo at once, the second sees the first one's answer, and nobody decides meanwhile.
    const prior = await decisionStore.batchUndoing(em, batchId);
    if (prior) return prior.answer as BatchAnswer;
    const sent = await escalationStore.ofBatch(em, batchId);
    if (!sent.some((one) => one.undoable)) throw undoOver();
    const judged = sent.map((one) => ({ one, outcome: outcomeOf(one, staff) }));
    const taken = judged.flatMap(({ one, outcome }) => (outcome === 'applied' ? [one] : []));
    const id = newId();
    const results = judged.map(({ one, outcome }) =>
      escalationResult(one.commentId, locked.get(one.commentId), outcome),
    );
    const answer = { batchId: id, results };
    const requestDigest = digestOfCall({ undoes: batchId });
    const batch = { id, staffId: staff.staffId, action: 'undo', idempotencyKey: null, requestDigest, answer };
    await write(em, [
      decisionStore.insertingBatch({ ...batch, undoes: batchId }),
      ...(taken.length > 0 ? this.takingBack(staff, id, taken, locked) : []),
    ]);
    return answer;
  }

  private takingBack(
    staff: StaffActor,
    batchId: string,
    taken: readonly EscalationRow[],
    locked: ReadonlyMap<string, LockedComment>,
  ) {
    return [
      escalationStore.withdrawing(taken.map(({ id }) => id)),
      this.outbox.appending(
        taken.map(({ siteId, commentId }) => ({
          siteId,
          streamId: locked.get(commentId)?.threadId ?? null,
          subjectId: commentId,
          topic: 'comment.escalated',
        })),
      ),
      this.audit.recording(
        taken.map(({ id: escalationId, siteId, commentId, revision }) => ({
          siteId,
          actor: auditActor(staff),
          action: 'comment.escalation-undone',
          subjectKind: 'comment',
          subjectId: commentId,
          codes: { escalationId, batchId, revision },
        })),
      ),
    ];
  }
}

function outcomeOf(one: EscalationRow, staff: StaffActor): 'applied' | 'conflict' | 'not-found' {
  if (!can(staff, 'comment.decide', one.siteId)) return 'not-found';
  return one.state === 'open' && one.undoable ? 'applied' : 'conflict';
}
