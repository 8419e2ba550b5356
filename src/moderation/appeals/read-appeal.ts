import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { authorise, requireStaff, type Actor } from '../../identity/index.js';
import { CommentDetail } from '../comment-detail.js';
import { ReaderDetail } from '../sanctions/reader-detail.js';
import type { AppealDetailView } from './appeal-detail.view.js';
import { appealListStore } from './appeal-list.store.js';
import { appealView } from './appeal.view.js';

/** All that there is to judge an appeal by. */
@Injectable()
export class ReadAppeal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly commentDetail: CommentDetail,
    private readonly readerDetail: ReaderDetail,
  ) {}

  async run(actor: Actor, id: string): Promise<AppealDetailView> {
    const staff = requireStaff(actor);
    const [row] = await appealListStore.byIds(this.unitOfWork.em, staff.staffId, [id]);
    if (!row) throw notFound('appeal');
    authorise(actor, 'appeal.read', row.siteId, 'appeal');
    const [comment, record] = await Promise.all([
      row.commentId === null ? null : this.commentDetail.run(actor, row.commentId),
      this.readerDetail.run(actor, row.readerId),
    ]);
    return {
      ...appealView(row),
      decision: comment?.decisions.find((decision) => decision.id === row.decisionId) ?? null,
      original: comment?.revisions.find(({ revision }) => revision === row.revision) ?? null,
      comment,
      sanction: record.sanctions.find((sanction) => sanction.id === row.sanctionId) ?? null,
      record,
    };
  }
}
