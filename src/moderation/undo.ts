import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/new-id.js';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Write } from '../platform/database/statement.js';
import { write } from '../platform/database/write.js';
import { together } from '../platform/database/together.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { auditActor, requireStaff, type Actor, type StaffActor } from '../identity/index.js';
import { CommentStates, type LockedComment } from '../threads/index.js';
import { accessOf, resultOf } from './decide.js';
import { decisionStore, type NewDecision, type UndoableDecision } from './decision.store.js';
import type { BatchAnswer } from './decision.view.js';
import type { Judgement } from './judge.js';
import { undoOver } from './moderation.errors.js';
import { queueStore } from './queue.store.js';
import { BUILT_QUEUES } from './queues.js';
import { reopeningCases } from './settle-cases.js';
import { whatHangsOn, type SettledItem } from './what-hangs.js';

/** What is taken back, what held before it, and the comments as they are. */
interface TakenBack {
  undone: readonly UndoableDecision[];
  before: ReadonlyMap<string, string | null>;
  locked: ReadonlyMap<string, LockedComment>;
  items: readonly SettledItem[];
}

/** Takes a batch back by whoever decided it: each comment is again what it was, unless somebody has acted on it since. */
@Injectable()
export class UndoDecisions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly states: CommentStates,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, batchId: string): Promise<BatchAnswer> {
    const staff = requireStaff(actor);
    const answer = await this.unitOfWork.run((em) => this.undo(em, staff, batchId));
    this.outbox.written();
    return answer;
  }

  private async undo(em: EntityManager, staff: StaffActor, batchId: string): Promise<BatchAnswer> {
    const undone = await decisionStore.ofBatch(em, batchId);
    const own = undone.every((decision) => decision.staffId === staff.staffId && decision.action !== 'undo');
    if (undone.length === 0 || !own) throw notFound('batch');
    const ids = undone.map((decision) => decision.commentId);
    const [comments, { items, escalated }] = await together([
      this.states.lock(em, ids),
      whatHangsOn(em, ids, staff.staffId),
    ]);
    const locked = new Map(comments.map((comment) => [comment.id, comment]));
    // Asked under the locks: of two who undo at once, the second sees the first one's answer.
    const prior = await decisionStore.batchUndoing(em, batchId);
    if (prior) return prior.answer as BatchAnswer;
    if (!undone.some((decision) => decision.undoable)) throw undoOver();

    const before = await decisionsBefore(em, undone);
    const judged = undone.map((decision) => {
      const comment = locked.get(decision.commentId);
      return { decision, comment, judgement: judgeUndo(decision, comment, accessOf(staff, comment, escalated)) };
    });
    const id = newId();
    const decisions = judged.flatMap(({ decision, comment, judgement }): NewDecision[] =>
      comment && judgement.outcome === 'applied'
        ? [
            {
              ...decision,
              id: newId(),
              batchId: id,
              action: 'undo',
              fromStatus: comment.status,
              fromDecidedBy: comment.decidedBy,
              fromDecisionId: comment.decisionId,
              toStatus: decision.fromStatus,
              decidedBy: decision.fromDecidedBy,
              reason: null,
              undoSeconds: 0,
            },
          ]
        : [],
    );
    const results = judged.map(({ decision, comment, judgement }) => resultOf(decision, comment, judgement));
    const answer = { batchId: id, results };
    const requestDigest = createHash('sha256').update(batchId).digest();
    const batch = {
      id,
      staffId: staff.staffId,
      action: 'undo',
      idempotencyKey: null,
      requestDigest,
      answer,
      undoes: batchId,
    };
    const applying = this.applying(staff, decisions, { undone, before, locked, items });
    await write(em, [...applying, decisionStore.insertingBatch(batch)]);
    return answer;
  }

  private applying(
    staff: StaffActor,
    decisions: readonly NewDecision[],
    { undone, before, locked, items }: TakenBack,
  ): readonly Write[] {
    if (decisions.length === 0) return [];
    const ids = decisions.map((decision) => decision.commentId);
    const left = Map.groupBy(items, (item) => item.commentId);
    const taken = new Set(ids);
    const takenBack = undone.flatMap((decision) => (taken.has(decision.commentId) ? decision.id : []));
    const changing = this.states.changing(
      decisions.flatMap((decision) => {
        const from = locked.get(decision.commentId);
        const { commentId: id, toStatus: status, decidedBy } = decision;
        const data = { left: (left.get(id) ?? []).map(({ queue, itemId }) => ({ queue, itemId })) };
        return from ? [{ id, status, decidedBy, decisionId: before.get(id) ?? null, from, data }] : [];
      }),
    );
    const logging = this.audit.recording(
      decisions.map(({ siteId, commentId, id, batchId, revision, fromStatus, toStatus }) => ({
        siteId,
        actor: auditActor(staff),
        action: 'comment.decision-undone',
        subjectKind: 'comment',
        subjectId: commentId,
        codes: { decisionId: id, batchId, revision, from: fromStatus, to: toStatus },
      })),
    );
    return [
      queueStore.settling(ids, BUILT_QUEUES),
      ...changing,
      ...reopeningCases(takenBack),
      decisionStore.inserting(decisions),
      logging,
    ];
  }
}

/**
 * Which decision holds again, by comment; the comments are locked. A rule's rejection is written down by the relay, which
 * may come by after whoever decided over it and before the undo: then only that rejection itself knows of it.
 */
async function decisionsBefore(
  em: EntityManager,
  undone: readonly UndoableDecision[],
): Promise<ReadonlyMap<string, string | null>> {
  const late = undone.filter(
    (one) => one.fromDecisionId === null && one.fromDecidedBy === 'rule' && one.fromStatus === 'rejected',
  );
  const written = late.length === 0 ? new Map<string, string>() : await decisionStore.rulesRejections(em, late);
  return new Map(undone.map((one) => [one.commentId, one.fromDecisionId ?? written.get(one.commentId) ?? null]));
}

function judgeUndo(
  decision: UndoableDecision,
  comment: LockedComment | undefined,
  access: 'none' | 'see' | 'decide',
): Judgement {
  if (!comment || access === 'none') return { outcome: 'not-found' };
  if (access === 'see') return { outcome: 'forbidden' };
  const untouched = comment.decisionId === decision.id && comment.revision === decision.revision;
  const asDecided = comment.status === decision.toStatus;
  if (!decision.undoable || !untouched || !asDecided) return { outcome: 'conflict' };
  return { outcome: 'applied', to: decision.fromStatus };
}
