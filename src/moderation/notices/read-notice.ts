import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { noticeStore } from './notice.store.js';
import { NoticeReceipts } from './notice-receipts.js';
import { outcomeView, type NoticeOutcomeView } from './notice.view.js';

/** What came of a notice, for whoever has its receipt. */
@Injectable()
export class ReadNotice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly receipts: NoticeReceipts,
  ) {}

  async run(receipt: string): Promise<NoticeOutcomeView> {
    const id = this.receipts.verify(receipt);
    const row = id === undefined ? undefined : await noticeStore.byId(this.unitOfWork.em, id);
    if (!row) throw notFound('notice');
    return outcomeView(row);
  }
}
