import type { BuiltQueue, QueueSignal } from '../moderation/index.js';

/** So many items of a queue are told of one by one; beyond that a console reads its list again anyway. */
export const FRAMES_A_QUEUE = 100;

/** `changed` without `itemId`: very many items did, read the list again. */
export interface QueueFrame {
  queue: BuiltQueue;
  type: QueueSignal[2];
  itemId: string | null;
}

/**
 * What to tell consoles of what happened in a moment. A thousand decisions in one call are a thousand items that leave:
 * each console would get a frame of each, with the counts in it, and look at its list a thousand times.
 */
export function queueFrames(signals: readonly QueueSignal[]): QueueFrame[] {
  // Of one item the last thing counts, and the order of the last things. An alarm is about its queue.
  const last = new Map<string, QueueFrame>();
  const alarms: QueueFrame[] = [];
  for (const [, queue, type, itemId] of signals) {
    if (itemId === null || type === 'alarm') {
      alarms.push({ queue, type, itemId });
      continue;
    }
    last.delete(itemId);
    last.set(itemId, { queue, type, itemId });
  }
  const frames = Map.groupBy(last.values(), ({ queue }) => queue);
  const changes = [...frames].flatMap(([queue, each]): QueueFrame[] =>
    each.length <= FRAMES_A_QUEUE ? each : [{ queue, type: 'changed', itemId: null }],
  );
  return [...changes, ...alarms];
}
