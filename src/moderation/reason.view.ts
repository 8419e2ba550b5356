import { DecisionReasonView } from '../sites/index.js';

/** Why a comment is not let stand, or a reader is sanctioned. Codes are stable; the texts are for those who choose. */
export class Reason extends DecisionReasonView {}

export class ReasonListView {
  items: Reason[];
  nextCursor: string | null;
}
