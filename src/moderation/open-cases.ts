import type { EntityManager } from 'typeorm';
import { noticeStore } from './notices/notice.store.js';
import { queuedNoticeView, type QueuedNoticeView } from './notices/notice.view.js';
import { reportStore } from './reports/report.store.js';
import { staffReportView, type StaffReportView } from './reports/report.view.js';

/** Of each comment an item shows so many; the comment's own page shows more. */
const SHOWN = 20;

/** What is open about a comment, for the items of queues. */
export interface OpenCasesView {
  reports: StaffReportView[];
  reportCount: number;
  reportReasons: Record<string, number>;
  notices: QueuedNoticeView[];
}

/** Asks nothing for comments of which the relay has counted nothing: most items of most queues. */
export async function openCases(
  em: EntityManager,
  items: readonly { commentId: string | null; priorityParts: Record<string, number> }[],
): Promise<(commentId: string | null) => OpenCasesView> {
  const having = (part: string) => [
    ...new Set(items.flatMap((item) => ((item.priorityParts[part] ?? 0) > 0 ? (item.commentId ?? []) : []))),
  ];
  const [reported, noticed] = [having('reports'), having('notices')];
  const [reports, reasons, notices] = await Promise.all([
    reported.length > 0 ? reportStore.open(em, reported, SHOWN) : [],
    reported.length > 0 ? reportStore.reasons(em, reported) : [],
    noticed.length > 0 ? noticeStore.open(em, noticed, SHOWN) : [],
  ]);
  return (commentId: string | null) => {
    const about = <Row extends { commentId: string }>(rows: readonly Row[]) =>
      rows.filter((row) => row.commentId === commentId);
    const counts = about(reasons);
    return {
      reports: about(reports).map(staffReportView),
      reportCount: counts.reduce((sum, { count }) => sum + count, 0),
      reportReasons: Object.fromEntries(counts.map(({ reason, count }) => [reason, count])),
      notices: about(notices).map(queuedNoticeView),
    };
  };
}
