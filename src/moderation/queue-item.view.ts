import { ApiProperty } from '@nestjs/swagger';
import { FindingView, StaffCommentInThreadView } from '../threads/index.js';
import type { QueueItemRow } from './queue.store.js';
import type { BuiltQueue } from './queues.js';

/** A person of the staff. */
export class StaffNameView {
  id: string;
  name: string;
}

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
  /** The highest score of its reasons. */
  priority: number;
  /** What rules said of the comment's revision. */
  @ApiProperty({ type: () => [FindingView] })
  reasons: unknown[];
  /** Reports are not built yet: empty. */
  reports: unknown[];
  @ApiProperty({ format: 'date-time' })
  enteredAt: string;
  claim: ClaimView | null;
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

export function queueItemView(row: QueueItemRow, comment: QueueItemView['comment']): QueueItemView {
  const { claimedBy, claimedByName, claimedUntil } = row;
  return {
    id: row.id,
    queue: row.queue,
    priority: row.priority,
    reasons: row.reasons,
    reports: [],
    enteredAt: row.enteredAt.toISOString(),
    claim:
      claimedBy !== null && claimedUntil !== null
        ? { by: { id: claimedBy, name: claimedByName ?? '' }, until: claimedUntil.toISOString() }
        : null,
    comment,
  };
}
