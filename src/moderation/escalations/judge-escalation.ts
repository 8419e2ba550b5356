import type { LockedComment } from '../../threads/index.js';
import type { JudgedItem, Outcome } from '../judge.js';

/** What the database says of a comment, its row locked. */
export interface EscalationState {
  comment: LockedComment | undefined;
  access: 'none' | 'see' | 'decide';
  heldByAnother: boolean;
  escalated: boolean;
  /** Whether it stands in a queue. */
  waits: boolean;
}

/**
 * What waits can be escalated, and what the public sees: that enters the queue `unmoderated`, for somebody doubts it. What
 * was taken down and waits nowhere can't: there is nothing to decide but `restore`.
 */
export function judgeEscalation(item: JudgedItem, state: EscalationState): Outcome {
  const { comment, access } = state;
  if (!comment || access === 'none') return 'not-found';
  if (state.escalated) return 'unchanged';
  if (access === 'see') return 'forbidden';
  if (comment.revision !== item.revision || state.heldByAnother) return 'conflict';
  if (item.status !== undefined && item.status !== comment.status) return 'conflict';
  const open = comment.status === 'pending' || comment.status === 'published';
  return open || state.waits ? 'applied' : 'conflict';
}
