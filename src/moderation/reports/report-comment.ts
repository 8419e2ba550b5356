import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { together } from '../../platform/database/together.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { write } from '../../platform/database/write.js';
import { invalidField, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { assertMayAct, type ReaderActor } from '../../identity/index.js';
import { OriginPolicy, SiteCache } from '../../sites/index.js';
import { CommentStates, transition, type LockedComment, type Status } from '../../threads/index.js';
import { decisionStore } from '../decision.store.js';
import { freeText } from '../free-text.js';
import { reportStore, type NewReport, type ReportRow } from './report.store.js';
import { receiptView, type ReportReceiptView } from './report.view.js';
import { notReportable, ownComment } from './reports.errors.js';
import { COUNTING_WEIGHT, weightOf } from './weight.js';

export interface ReportInput {
  commentId: string;
  reason: string;
  text: string | null;
  origin: string | undefined;
}

/** The reason of a hold by the number of reports, as it stands in the log. */
const BY_REPORTS = 'reports';

/**
 * One report of a reader on a comment. As many as the site's threshold take it out of sight until somebody looks. What
 * a person has judged in this very revision stays judged: such a report is kept and ignored, and answered like any other.
 */
@Injectable()
export class ReportComment {
  constructor(
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
    private readonly unitOfWork: UnitOfWork,
    private readonly states: CommentStates,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: ReaderActor, input: ReportInput): Promise<ReportReceiptView> {
    const site = await this.sites.siteById(actor.siteId);
    this.origins.assertPermitted(site, input.origin);
    assertMayAct(actor);
    const { reportReasons, reportThreshold } = site.settings;
    if (!reportReasons.some(({ code }) => code === input.reason)) {
      throw invalidField('/reason', `It must be one of ${reportReasons.map(({ code }) => code).join(', ')}.`);
    }
    const text = input.text === null ? null : freeText(input.text, '/text');
    const report = await this.unitOfWork.run((em) => this.report(em, actor, { ...input, text }, reportThreshold));
    this.outbox.written();
    return receiptView(report);
  }

  /** Under the comment's lock: of those who report at once, one crosses the threshold, and no decision passes between. */
  private async report(
    em: EntityManager,
    actor: ReaderActor,
    input: ReportInput,
    threshold: number,
  ): Promise<ReportRow> {
    const { commentId, reason, text } = input;
    const { readerId } = actor;
    const [[comment], prior, record, counting] = await together([
      this.states.lock(em, [commentId]),
      reportStore.prior(em, commentId, readerId),
      reportStore.record(em, readerId),
      reportStore.counting(em, commentId),
    ]);
    if (!comment || comment.siteId !== actor.siteId || comment.status === 'deleted') throw notFound('comment');
    if (prior) return prior;
    if (comment.readerId === readerId) throw ownComment();
    const held = transition(comment.status, 'hold');
    if (!held) throw notReportable();

    const { siteId, threadId, revision, decisionId } = comment;
    const judged = comment.decidedBy === 'human';
    const weight = weightOf(record);
    const report: NewReport = {
      ...{ id: newId(), siteId, threadId, commentId, revision, readerId, reason, text, weight },
      ...(judged ? { state: 'ignored', decisionId } : { state: 'open', decisionId: null }),
    };
    const createdAt = await reportStore.insert(em, report);
    const readers = counting + (weight >= COUNTING_WEIGHT ? 1 : 0);
    if (!judged && readers >= threshold) await this.hold(em, comment, held, { readers, threshold });
    else if (!judged) await this.tell(em, comment);
    return { ...report, createdAt, settledAt: judged ? createdAt : null };
  }

  private tell(em: EntityManager, { id, siteId, threadId }: LockedComment): Promise<void> {
    return this.outbox.append(em, [{ siteId, streamId: threadId, subjectId: id, topic: 'comment.reported' }]);
  }

  private hold(
    em: EntityManager,
    comment: LockedComment,
    toStatus: Status,
    counted: { readers: number; threshold: number },
  ): Promise<void> {
    const { id: commentId, siteId, threadId, revision, status: fromStatus, decidedBy, decisionId } = comment;
    const decision = {
      ...{ id: newId(), siteId, threadId, commentId, revision, batchId: null, action: 'hold', fromStatus, toStatus },
      ...{ fromDecidedBy: decidedBy, fromDecisionId: decisionId, decidedBy: 'rule' as const },
      ...{ staffId: null, reason: BY_REPORTS, undoSeconds: 0 },
    };
    const change = { id: commentId, status: toStatus, decidedBy: 'rule' as const, decisionId: decision.id };
    return write(em, [
      ...this.states.changing([{ ...change, from: comment }]),
      decisionStore.inserting([decision]),
      this.audit.recording([
        {
          siteId,
          actor: { kind: 'rule', id: null },
          action: 'comment.held',
          subjectKind: 'comment',
          subjectId: commentId,
          codes: { decisionId: decision.id, revision, from: fromStatus, to: toStatus, reason: BY_REPORTS, ...counted },
        },
      ]),
    ]);
  }
}
