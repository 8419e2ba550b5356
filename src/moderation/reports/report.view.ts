import { ApiProperty } from '@nestjs/swagger';
import type { ReportRow, ReportState, StaffReportRow } from './report.store.js';

/** A report as it was taken. Whether anything comes of it, GET /me/reports says. */
export class ReportReceiptView {
  id: string;
  commentId: string;
  /** A code of the site's `reportReasons`. */
  reason: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** A report of mine, and what came of it. */
export class MyReportView extends ReportReceiptView {
  text: string | null;
  /** `agreed`: staff took the comment down; `disagreed`: they let it stand; `ignored`: it was judged before, or is gone. */
  state: ReportState;
  @ApiProperty({ format: 'date-time' })
  settledAt: string | null;
}

export class MyReportListView {
  items: MyReportView[];
  nextCursor: string | null;
}

/** Who reported. */
export class ReporterView {
  id: string;
  name: string;
}

/** A report as staff see it. */
export class StaffReportView extends MyReportView {
  by: ReporterView;
  /** The revision that was reported. */
  revision: number;
  /** By the reader's record when it came: 1 of a newcomer, at most 2, at least 0. */
  weight: number;
}

export function receiptView({ id, commentId, reason, createdAt }: ReportRow): ReportReceiptView {
  return { id, commentId, reason, createdAt: createdAt.toISOString() };
}

export function myReportView(row: ReportRow): MyReportView {
  const { text, state } = row;
  return { ...receiptView(row), text, state, settledAt: row.settledAt?.toISOString() ?? null };
}

export function staffReportView(row: StaffReportRow): StaffReportView {
  const { readerId: id, readerName: name, revision, weight } = row;
  return { ...myReportView(row), by: { id, name }, revision, weight };
}
