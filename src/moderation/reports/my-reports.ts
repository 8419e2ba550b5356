import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid, page } from '../../platform/http/cursor.js';
import type { ReaderActor } from '../../identity/index.js';
import { reportStore } from './report.store.js';
import { myReportView, type MyReportListView } from './report.view.js';

const START = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const;

/** What I reported, and what came of it, newest first. */
@Injectable()
export class MyReports {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: ReaderActor, { limit, cursor }: { limit: number; cursor?: string }): Promise<MyReportListView> {
    const after = Cursor.decode('reports', cursor, isPosition) ?? START;
    const rows = await reportStore.ofReader(this.unitOfWork.em, actor.readerId, after, limit + 1);
    const { items, nextCursor } = page(rows, limit, ({ createdAt, id }) =>
      Cursor.encode('reports', [createdAt.toISOString(), id]),
    );
    return { items: items.map(myReportView), nextCursor };
  }
}

function isPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
