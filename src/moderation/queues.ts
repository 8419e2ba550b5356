import type { DecidedBy, Status } from '../threads/index.js';

/** All queues of the design; `BUILT_QUEUES` are those that something enters today. */
export const QUEUES = ['pending', 'reported', 'unmoderated', 'spam', 'appeals', 'illegal'] as const;
export type Queue = (typeof QUEUES)[number];

export const BUILT_QUEUES = ['pending', 'reported', 'unmoderated', 'spam', 'appeals', 'illegal'] as const;
export type BuiltQueue = (typeof BUILT_QUEUES)[number];

/** What is open about a comment. */
export interface OpenCases {
  reports: number;
  notices: number;
  /** A rule has held it because it advertises. */
  advertises?: boolean;
  /** A moderator leaves it to the admins. */
  escalated?: boolean;
}

/** Rules that every site has, and kinds of rules, by which advertising is known: links and what is said again and again. */
export const ADVERTISING = ['links', 'domains', 'deceptive-links', 'repeats', 'flood'] as const;

/**
 * The queues that a comment belongs to by what it is now. Being reported or noticed does not take it out of the queue
 * of its status: whoever works there sees the reports too, and a decision settles all of it.
 */
export function queuesOf(
  status: Status,
  decidedBy: DecidedBy,
  { reports, notices, advertises = false, escalated = false }: OpenCases,
): BuiltQueue[] {
  const visible = status === 'published';
  const queues: BuiltQueue[] = [];
  if (status === 'pending') queues.push('pending');
  // The part of `pending` that is quickly decided, by hundreds.
  if (status === 'pending' && advertises) queues.push('spam');
  if (reports > 0 && (visible || status === 'pending')) queues.push('reported');
  // A person has judged it and another one doubts it: as if nobody had.
  if (visible && (decidedBy !== 'human' || escalated)) queues.push('unmoderated');
  // Somebody is owed an answer, hidden or not. What its author took back is gone, and its notices with it.
  if (notices > 0 && status !== 'deleted') queues.push('illegal');
  return queues;
}

export type QueueChange = 'entered' | 'left' | 'claimed' | 'released' | 'changed';

/** `alarm`: its oldest free item has waited too long. `calm`: it does so no more. */
export type QueueAlarm = 'alarm' | 'calm';

/** Signal to the nodes: what happened to an item; of `calm` there is none. */
export const QUEUE_SIGNAL = 'queue';
export type QueueSignal = [siteId: string, queue: BuiltQueue, change: QueueChange | QueueAlarm, itemId: string | null];
