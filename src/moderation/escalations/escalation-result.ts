import type { LockedComment } from '../../threads/index.js';
import type { DecisionResult } from '../decision.view.js';
import type { Outcome } from '../judge.js';

/** Like a decision's; an escalation leaves the comment what it is. */
export function escalationResult(
  commentId: string,
  comment: LockedComment | undefined,
  outcome: Outcome,
): DecisionResult {
  if (!comment || outcome === 'not-found') return { commentId, status: null, outcome };
  const { status, revision, decidedBy } = comment;
  return {
    commentId,
    status,
    outcome,
    ...(outcome === 'conflict' ? { current: { status, revision, decidedBy } } : {}),
  };
}
