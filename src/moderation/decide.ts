import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/new-id.js';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { together } from '../platform/database/together.js';
import type { Write } from '../platform/database/statement.js';
import { write } from '../platform/database/write.js';
import { UnitOfWork, type Last } from '../platform/database/unit-of-work.js';
import { Outbox } from '../platform/stream/outbox.js';
import { auditActor, can, requireStaff, type Actor, type StaffActor } from '../identity/index.js';
import { SiteCache } from '../sites/index.js';
import { CommentStates, type LockedComment, type StaffAction } from '../threads/index.js';
import { decisionStore, type NewDecision } from './decision.store.js';
import { decisionTexts, type DecisionTexts } from './decision-texts.js';
import type { BatchAnswer, DecisionResult } from './decision.view.js';
import { digestOfCall, priorAnswer } from './batch-keys.js';
import type { DecideInput } from './decide-input.js';
import { DecideOne } from './decide-one.js';
import { judge, type JudgedItem, type Judgement } from './judge.js';
import { KeepClaims } from './keep-claims.js';
import { PAST } from './past.js';
import { queueStore } from './queue.store.js';
import { Reasons } from './reasons.js';
import { BUILT_QUEUES } from './queues.js';
import { settlingCases } from './settle-cases.js';
import { whatHangsOn, type WhatHangs } from './what-hangs.js';

/** One action on one to a thousand comments, in one transaction: each is applied, or told why not. */
@Injectable()
export class Decide {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly states: CommentStates,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly claims: KeepClaims,
    private readonly one: DecideOne,
    private readonly reasons: Reasons,
  ) {}

  async run(actor: Actor, input: DecideInput): Promise<BatchAnswer> {
    const staff = requireStaff(actor);
    const decide = async (em: EntityManager, last: Last): Promise<BatchAnswer> => {
      const keyed = { staffId: staff.staffId, key: input.idempotencyKey, digest: digestOf(input) };
      // The same call again answers as it did.
      const prior = await priorAnswer(em, keyed);
      return prior ?? this.decide(em, staff, input, { last, newReason: input.reason });
    };
    const answer = (await this.one.run(staff, input)) ?? (await this.unitOfWork.run(decide, { keepPlans: true }));
    this.outbox.written('soon');
    this.claims.worked(staff);
    return answer;
  }

  /** In a transaction of a job's own, which knows by itself what it has done before. */
  async within(em: EntityManager, staff: StaffActor, input: Omit<DecideInput, 'idempotencyKey'>): Promise<BatchAnswer> {
    const running: Promise<unknown>[] = [];
    const keyless = { ...input, idempotencyKey: null };
    const last: Last = (...more) => running.push(...more);
    const answer = await this.decide(em, staff, keyless, { last });
    await together(running);
    return answer;
  }

  /** @param newReason not checked yet: each comment's own site has to have it */
  private async decide(
    em: EntityManager,
    staff: StaffActor,
    input: DecideInput,
    { last, newReason }: { last: Last; newReason?: string | undefined },
  ): Promise<BatchAnswer> {
    const ids = input.items.map((item) => item.commentId);
    // They travel together and run in this order.
    const [comments, hanging] = await together([this.states.lock(em, ids), whatHangsOn(em, ids, staff.staffId)]);
    const locked = new Map(comments.map((comment) => [comment.id, comment]));
    const judged = input.items.map((item) => {
      const comment = locked.get(item.commentId);
      const access = accessOf(staff, comment, hanging.escalated);
      return {
        item,
        comment,
        judgement: judge(item, input.action, { comment, access, ...casesOf(hanging, item.commentId) }),
      };
    });

    if (newReason !== undefined) {
      const outcomes = judged.map(({ comment, judgement: { outcome } }) => ({ comment, outcome }));
      await this.reasons.checkOn(outcomes, newReason);
    }

    const batchId = newId();
    const undoSeconds = await this.undoSeconds([...locked.values()]);
    const decisions = judged.flatMap(({ comment, judgement }): NewDecision[] =>
      comment && judgement.outcome === 'applied'
        ? [
            {
              id: newId(),
              siteId: comment.siteId,
              threadId: comment.threadId,
              commentId: comment.id,
              revision: comment.revision,
              batchId,
              action: input.action,
              fromStatus: comment.status,
              fromDecidedBy: comment.decidedBy,
              fromDecisionId: comment.decisionId,
              toStatus: judgement.to,
              decidedBy: 'human',
              staffId: staff.staffId,
              reason: input.reason ?? null,
              undoSeconds: undoSeconds.get(comment.siteId) ?? 0,
            },
          ]
        : [],
    );
    const results = judged.map(({ item, comment, judgement }) => resultOf(item, comment, judgement));
    const answer = { batchId, results };
    const writes = [...this.applying(staff, input, decisions, locked, hanging), ...remembering(staff, input, answer)];
    if (writes.length > 0) last(write(em, writes));
    return answer;
  }

  private applying(
    staff: StaffActor,
    input: DecideInput,
    decisions: readonly NewDecision[],
    locked: ReadonlyMap<string, LockedComment>,
    hanging: WhatHangs,
  ): readonly Write[] {
    if (decisions.length === 0) return [];
    const texts = decisionTexts(decisions, input);
    const ids = decisions.map((decision) => decision.commentId);
    return [
      queueStore.settling(ids, BUILT_QUEUES),
      ...this.changing(decisions, locked, hanging),
      ...settlingCases(this.outbox, decisions, hanging, input.reportVerdict),
      decisionStore.inserting(decisions),
      ...texts.writes,
      this.logging(staff, input.action, decisions, texts),
    ];
  }

  private changing(
    decisions: readonly NewDecision[],
    locked: ReadonlyMap<string, LockedComment>,
    { items }: WhatHangs,
  ): readonly Write[] {
    const left = Map.groupBy(items, (item) => item.commentId);
    return this.states.changing(
      decisions.flatMap((decision) => {
        const from = locked.get(decision.commentId);
        const items = (left.get(decision.commentId) ?? []).map(({ queue, itemId }) => ({ queue, itemId }));
        const data = { left: items, settled: true };
        const { commentId: id, toStatus: status, decidedBy, id: decisionId } = decision;
        return from ? [{ id, status, decidedBy, decisionId, from, data }] : [];
      }),
    );
  }

  private logging(
    staff: StaffActor,
    action: StaffAction,
    decisions: readonly NewDecision[],
    texts: DecisionTexts,
  ): Write {
    return this.audit.recording(
      decisions.map((decision) => ({
        siteId: decision.siteId,
        actor: auditActor(staff),
        action: PAST[action],
        subjectKind: 'comment',
        subjectId: decision.commentId,
        codes: {
          decisionId: decision.id,
          batchId: decision.batchId,
          revision: decision.revision,
          from: decision.fromStatus,
          to: decision.toStatus,
          ...(decision.reason === null ? {} : { reason: decision.reason }),
          ...texts.codesOf(decision.id),
        },
      })),
    );
  }

  private async undoSeconds(comments: readonly LockedComment[]): Promise<Map<string, number>> {
    const siteIds = [...new Set(comments.map((comment) => comment.siteId))];
    const sites = await Promise.all(siteIds.map((id) => this.sites.siteById(id)));
    return new Map(sites.map((site) => [site.id, site.settings.undoSeconds]));
  }
}

/** What was answered, for the same call again. The decisions themselves say what was done. */
function remembering({ staffId }: StaffActor, input: DecideInput, answer: BatchAnswer): readonly Write[] {
  const { action, idempotencyKey } = input;
  if (idempotencyKey === null) return [];
  const requestDigest = digestOf(input);
  return [
    decisionStore.insertingBatch({
      ...{ id: answer.batchId, staffId, action, idempotencyKey, requestDigest },
      ...{ answer, undoes: null },
    }),
  ];
}

function casesOf({ held, reported, notices }: WhatHangs, commentId: string) {
  return { heldByAnother: held.has(commentId), openCases: reported.has(commentId) || notices.has(commentId) };
}

export function accessOf(
  staff: StaffActor,
  comment: LockedComment | undefined,
  escalated: WhatHangs['escalated'],
): 'none' | 'see' | 'decide' {
  if (!comment || !can(staff, 'comment.read', comment.siteId)) return 'none';
  const action = escalated.has(comment.id) ? 'comment.decide-escalated' : 'comment.decide';
  return can(staff, action, comment.siteId) ? 'decide' : 'see';
}

export function resultOf(
  item: Pick<JudgedItem, 'commentId'>,
  comment: LockedComment | undefined,
  judgement: Judgement,
): DecisionResult {
  const { commentId } = item;
  const { outcome } = judgement;
  if (!comment || outcome === 'not-found') return { commentId, status: null, outcome };
  if (judgement.outcome === 'applied') return { commentId, status: judgement.to, outcome };
  const { status, revision, decidedBy } = comment;
  return {
    commentId,
    status,
    outcome,
    ...(outcome === 'conflict' ? { current: { status, revision, decidedBy } } : {}),
  };
}

function digestOf(input: DecideInput): Buffer {
  const { idempotencyKey: _key, ...rest } = input;
  return digestOfCall(rest);
}
