import type { StaffCommentView } from '../threads/index.js';
import type { QueueItemRow } from './queue.store.js';

/** What waits in a queue, and who holds it. */
export interface QueueItemView {
  id: string;
  queue: string;
  priority: number;
  reasons: unknown[];
  reports: unknown[];
  enteredAt: string;
  claim: { by: { id: string; name: string }; until: string } | null;
  comment: (StaffCommentView & { thread: { key: string; title: string; url: string } }) | null;
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
