import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/new-id.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { together } from '../../platform/database/together.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { write } from '../../platform/database/write.js';
import { invalidField } from '../../platform/errors.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { auditActor, can, requireStaff, type Actor, type StaffActor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { CommentStates, type LockedComment } from '../../threads/index.js';
import { digestOfCall, priorAnswer } from '../batch-keys.js';
import { accessOf } from '../decide.js';
import type { DecideInput } from '../decide-input.js';
import { decisionStore } from '../decision.store.js';
import { decisionTexts, type DecisionTexts } from '../decision-texts.js';
import type { BatchAnswer } from '../decision.view.js';
import { freeText } from '../free-text.js';
import { KeepClaims } from '../keep-claims.js';
import { Reasons } from '../reasons.js';
import { whatHangsOn, type SettledItem } from '../what-hangs.js';
import { escalationStore, type NewEscalation } from './escalation.store.js';
import { escalationResult } from './escalation-result.js';
import { judgeEscalation } from './judge-escalation.js';

export type EscalateInput = Omit<DecideInput, 'action'>;

/** Leaves one to a thousand comments to the admins. They stay in their queues; from now on moderators can't decide them. */
@Injectable()
export class Escalate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly states: CommentStates,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly claims: KeepClaims,
    private readonly reasons: Reasons,
  ) {}

  async run(actor: Actor, input: EscalateInput): Promise<BatchAnswer> {
    const staff = requireStaff(actor);
    const call = { ...input, ...saidToAdmins(input) };
    const answer = await this.unitOfWork.run((em) => this.escalate(em, staff, call));
    this.outbox.written();
    this.claims.worked(staff);
    return answer;
  }

  private async escalate(em: EntityManager, staff: StaffActor, input: EscalateInput): Promise<BatchAnswer> {
    const { idempotencyKey: key, ...asked } = input;
    const digest = digestOfCall({ ...asked, action: 'escalate' });
    const prior = await priorAnswer(em, { staffId: staff.staffId, key, digest });
    if (prior) return prior;
    const ids = input.items.map((item) => item.commentId);
    const [comments, hanging] = await together([this.states.lock(em, ids), whatHangsOn(em, ids, staff.staffId)]);
    const locked = new Map(comments.map((comment) => [comment.id, comment]));
    const waiting = new Set(hanging.items.map((item) => item.commentId));
    const judged = input.items.map((item) => {
      const comment = locked.get(item.commentId);
      const outcome = judgeEscalation(item, {
        comment,
        access: accessOf(staff, comment, hanging.escalated),
        heldByAnother: hanging.held.has(item.commentId),
        escalated: hanging.escalated.has(item.commentId),
        waits: waiting.has(item.commentId),
      });
      return { item, comment, outcome };
    });
    if (input.reason !== undefined) await this.reasons.checkOn(judged, input.reason);
    const batchId = newId();
    const chosen = judged.flatMap(({ comment, outcome }) => (comment && outcome === 'applied' ? [comment] : []));
    const rows = await this.rows(staff, chosen, { batchId, reason: input.reason ?? null });
    const results = judged.map(({ item, comment, outcome }) => escalationResult(item.commentId, comment, outcome));
    const answer = { batchId, results };
    const batch = { id: batchId, staffId: staff.staffId, action: 'escalate', undoes: null };
    await write(em, [
      decisionStore.insertingBatch({ ...batch, idempotencyKey: key, requestDigest: digest, answer }),
      ...(rows.length > 0 ? this.writes(staff, rows, { chosen, items: hanging.items, note: input.note }) : []),
    ]);
    return answer;
  }

  private rows(
    staff: StaffActor,
    comments: readonly LockedComment[],
    shared: { batchId: string; reason: string | null },
  ): Promise<NewEscalation[]> {
    return Promise.all(
      comments.map(async ({ id: commentId, siteId, revision }) => {
        const { undoSeconds } = (await this.sites.siteById(siteId)).settings;
        return { ...shared, id: newId(), siteId, commentId, revision, staffId: staff.staffId, undoSeconds };
      }),
    );
  }

  private writes(
    staff: StaffActor,
    rows: readonly NewEscalation[],
    about: { chosen: readonly LockedComment[]; items: readonly SettledItem[]; note: string | undefined },
  ) {
    const texts = decisionTexts(rows, about.note === undefined ? {} : { note: about.note });
    const items = Map.groupBy(about.items, (item) => item.commentId);
    // Of several sites the role in each counts; a claim that is kept where it should not be ends by its time.
    const decides = rows.every((row) => can(staff, 'comment.decide-escalated', row.siteId));
    return [
      escalationStore.inserting(rows),
      escalationStore.marking(rows, decides ? staff.staffId : null),
      ...texts.writes,
      this.outbox.appending(
        about.chosen.map(({ id, siteId, threadId }) => ({
          siteId,
          streamId: threadId,
          subjectId: id,
          topic: 'comment.escalated',
          data: { changed: (items.get(id) ?? []).map(({ queue, itemId }) => ({ queue, itemId })) },
        })),
      ),
      this.logging(staff, rows, texts),
    ];
  }

  private logging(staff: StaffActor, rows: readonly NewEscalation[], texts: DecisionTexts) {
    return this.audit.recording(
      rows.map(({ id, siteId, commentId, batchId, revision, reason }) => ({
        siteId,
        actor: auditActor(staff),
        action: 'comment.escalated',
        subjectKind: 'comment',
        subjectId: commentId,
        codes: {
          escalationId: id,
          batchId,
          revision,
          ...(reason === null ? {} : { reason }),
          ...texts.codesOf(id),
        },
      })),
    );
  }
}

/** @throws validation: the author learns nothing of it, and no report is settled by it */
function saidToAdmins({ explanation, reportVerdict, note }: EscalateInput): { note?: string } {
  if (explanation !== undefined) {
    throw invalidField('/explanation', 'An escalation says nothing to the author. Say it to the admins: `note`.');
  }
  if (reportVerdict !== undefined) {
    throw invalidField('/reportVerdict', 'An escalation settles no report. The decision that follows does.');
  }
  const tidy = note === undefined ? null : freeText(note, '/note');
  return tidy === null ? {} : { note: tidy };
}
