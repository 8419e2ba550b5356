import { ApiProperty } from '@nestjs/swagger';
import { AppealView } from './appeals/appeal.view.js';
import { FindingView, StaffCommentInThreadView, staffCommentInThreadView } from '../threads/index.js';
import { EscalationView } from './escalations/escalation.view.js';
import { QueuedNoticeView } from './notices/notice.view.js';
import type { OpenCasesView } from './open-cases.js';
import type { ItemWithComment } from './queue.store.js';
import type { BuiltQueue } from './queues.js';
import { StaffReportView } from './reports/report.view.js';
import { StaffNameView } from './staff-name.view.js';

/** A lease. */
export class ClaimView {
  by: StaffNameView;
  @ApiProperty({ format: 'date-time' })
  until: string;
}

/** What waits in a queue, and who holds it. */
export class QueueItemView {
  id: string;
  queue: string;
  /** The sum of `priorityParts`. */
  priority: number;
  /** `scores`: the highest of a rule's; `reports`: what the open ones weigh together; `notices`: 1 each; `reach`: 0 to 0.2, by the thread's published comments; `age`: 0.5 for each day of waiting. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' } })
  priorityParts: Record<string, number>;
  /** What rules said of the comment's revision, and in one finding each what reports and notices say. */
  @ApiProperty({ type: () => [FindingView] })
  reasons: unknown[];
  /** The newest open reports, at most 20. */
  reports: StaffReportView[];
  /** All open reports. */
  @ApiProperty({ type: 'integer' })
  reportCount: number;
  /** Open reports by reason. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  reportReasons: Record<string, number>;
  /** The newest open notices of illegal content, at most 20. */
  notices: QueuedNoticeView[];
  @ApiProperty({ format: 'date-time' })
  enteredAt: string;
  claim: ClaimView | null;
  /** Set: it is for admins and owners to decide. */
  escalated: EscalationView | null;
  /** What the comment reads as (ISO 639-1); `und` where that can't be told, null where nobody has looked yet. */
  language: string | null;
  /** Of the queue `appeals`. */
  appeal: AppealView | null;
  /** What it is about; null: an appeal of a sanction. */
  comment: StaffCommentInThreadView | null;
}

export class QueueItemListView {
  items: QueueItemView[];
  nextCursor: string | null;
}

/** What I hold. */
export class ClaimedItemsView {
  items: QueueItemView[];
  /** When the first of these claims ends. */
  @ApiProperty({ format: 'date-time' })
  expiresAt: string | null;
}

/** How much waits in a queue. */
export class QueueCountView {
  queue: BuiltQueue;
  /** All that is in it, claimed ones included. */
  open: number;
  claimed: number;
  /** null: nothing waits. */
  oldestAgeSeconds: number | null;
}

export class QueueCountsView {
  items: QueueCountView[];
}

export function queueItemView(
  row: ItemWithComment,
  { appeal, escalated, ...cases }: OpenCasesView & Pick<QueueItemView, 'appeal' | 'escalated'>,
): QueueItemView {
  const { claimedBy, claimedByName, claimedUntil, language } = row;
  return {
    id: row.itemId,
    queue: row.queue,
    priority: row.priority + row.age,
    priorityParts: { ...row.priorityParts, age: row.age },
    reasons: row.reasons,
    ...cases,
    enteredAt: row.enteredAt.toISOString(),
    claim:
      claimedBy !== null && claimedUntil !== null
        ? { by: { id: claimedBy, name: claimedByName ?? '' }, until: claimedUntil.toISOString() }
        : null,
    escalated,
    language,
    appeal,
    comment: row.id === null ? null : staffCommentInThreadView(row),
  };
}
