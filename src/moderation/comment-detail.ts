import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { authorise, can, requireStaff, standingView, type Actor } from '../identity/index.js';
import { staffCommentInThreadView, StaffComments } from '../threads/index.js';
import type { CommentDetailView, DecisionView } from './comment-detail.view.js';
import { decisionStore, type HistoryRow } from './decision.store.js';
import { noticeStore } from './notices/notice.store.js';
import { staffNoticeView } from './notices/notice.view.js';
import { reportStore } from './reports/report.store.js';
import { staffReportView } from './reports/report.view.js';
import { readerDetailStore } from './sanctions/reader-detail.store.js';

/** Reports and notices shown, the newest. */
const SHOWN = 200;

/** All that is known of one comment, for who decides on it. */
@Injectable()
export class CommentDetail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly comments: StaffComments,
  ) {}

  async run(actor: Actor, id: string): Promise<CommentDetailView> {
    requireStaff(actor);
    const { em } = this.unitOfWork;
    const found = (await this.comments.byIds(em, [id])).get(id);
    if (!found) throw notFound('comment');
    const { row, view } = found;
    authorise(actor, 'comment.read', row.siteId, 'comment');
    const [revisions, ancestors, decisions, reader, record, passage, reports, notices] = await Promise.all([
      this.comments.revisions(em, id),
      this.comments.ancestors(em, id),
      decisionStore.ofComment(em, id),
      readerDetailStore.byId(em, row.readerId),
      readerDetailStore.record(em, row.readerId),
      row.passageId === null ? null : this.comments.passage(em, row.passageId),
      reportStore.ofComment(em, id, SHOWN),
      noticeStore.ofComment(em, id, SHOWN),
    ]);
    return {
      comment: staffCommentInThreadView(row),
      ancestors,
      passage,
      revisions: revisions.map((revision) => ({ ...revision, createdAt: revision.createdAt.toISOString() })),
      screening: row.screening,
      reports: reports.map(staffReportView),
      notices: notices.map((notice) => staffNoticeView(notice, can(actor, 'notice.contact', row.siteId))),
      decisions: decisions.map(decisionView),
      author: {
        ...view.author,
        record: Object.fromEntries(record.map(({ status, count }) => [status, count])),
        standing: standingView(reader?.sanctions ?? []),
      },
    };
  }
}

function decisionView(row: HistoryRow): DecisionView {
  return {
    id: row.id,
    batchId: row.batchId,
    at: row.at.toISOString(),
    action: row.action,
    from: row.fromStatus,
    to: row.toStatus,
    revision: row.revision,
    decidedBy: row.decidedBy,
    by: row.staffId === null ? null : { id: row.staffId, name: row.staffName ?? '' },
    reason: row.reason,
    explanation: row.explanation,
    note: row.note,
  };
}
