import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cursor, page } from '../../platform/http/cursor.js';
import type { ReaderActor } from '../../identity/index.js';
import { appealListStore } from './appeal-list.store.js';
import { appealCursor, isAppealPosition } from './appeal-cursor.js';
import { myAppealView, type MyAppealListView } from './appeal.view.js';

/** What I appealed, and what came of it, newest first. */
@Injectable()
export class MyAppeals {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: ReaderActor, { limit, cursor }: { limit: number; cursor?: string }): Promise<MyAppealListView> {
    const after = Cursor.decode('appeals', cursor, isAppealPosition);
    const rows = await appealListStore.ofReader(this.unitOfWork.em, actor.readerId, after, limit + 1);
    const { items, nextCursor } = page(rows, limit, appealCursor);
    return { items: items.map(myAppealView), nextCursor };
  }
}
