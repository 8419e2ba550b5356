import type { DecidedBy, Status } from '../threads/index.js';

/** All queues of the design; `BUILT_QUEUES` are those that something enters today. */
export const QUEUES = ['pending', 'reported', 'unmoderated', 'spam', 'appeals', 'illegal'] as const;
export type Queue = (typeof QUEUES)[number];

export const BUILT_QUEUES = ['pending', 'unmoderated'] as const;
export type BuiltQueue = (typeof BUILT_QUEUES)[number];

/** The queue that a comment belongs to by what it is now. */
export function queueOf(status: Status, decidedBy: DecidedBy): BuiltQueue | undefined {
  if (status === 'pending') return 'pending';
  return status === 'published' && decidedBy !== 'human' ? 'unmoderated' : undefined;
}

export type QueueChange = 'entered' | 'left' | 'claimed' | 'released' | 'changed';

/** Signal to the nodes: what happened to an item. */
export const QUEUE_SIGNAL = 'queue';
export type QueueSignal = [siteId: string, queue: BuiltQueue, change: QueueChange, itemId: string];
