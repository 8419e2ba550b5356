import type { DecidedBy, Status } from '../threads/index.js';
import type { Outcome } from './judge.js';

/** What a comment is now. */
export class PresentStateView {
  status: Status;
  revision: number;
  decidedBy: DecidedBy;
}

/** What became of one item. */
export class DecisionResult {
  commentId: string;
  /** What it is now; null where it can't be told. */
  status: Status | null;
  outcome: Outcome;
  /** With a conflict. */
  current?: PresentStateView;
}

/** A batch of decisions, or its undoing. */
export class BatchAnswer {
  batchId: string;
  results: DecisionResult[];
}
