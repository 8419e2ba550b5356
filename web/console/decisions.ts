import { patiently, randomKey } from '../shared/api-client.js';
import type { Decision, DecisionAction, DecisionResult } from '../shared/api-types.js';
import type { StaffApi } from './staff-api.js';

const DONE: Record<DecisionAction, string> = {
  approve: 'Approved',
  reject: 'Rejected',
  spam: 'Marked as spam',
  restore: 'Restored',
  escalate: 'Left to the admins',
};

/** A comment as it was judged: what is decided is what was read. */
export interface Judged {
  id: string;
  revision: number;
  status: DecisionResult['status'] & string;
  author: { name: string };
}

/** Sends decisions, keeps their batches, and takes them back. */
export class Decisions {
  private readonly batches: { batchId: string; text: string }[] = [];

  constructor(
    private readonly api: StaffApi,
    /** `undoable`: it can be taken back for so many seconds; 0: there is nothing to take back. */
    private readonly tell: (text: string, undoable: number) => void,
    private readonly undoSeconds: number,
  ) {}

  /** One call for all of them. Answers what became of each. */
  async send(comments: readonly Judged[], decision: Decision): Promise<DecisionResult[]> {
    const key = randomKey();
    const items = comments.map(({ id: commentId, revision, status }) => ({ commentId, revision, status }));
    const { batchId, results } = await patiently(() => this.api.decide({ items, ...decision }, key));
    const applied = results.filter(({ outcome }) => outcome === 'applied').length;
    const settled = results.filter(isSettled).length;
    const text = summary(DONE[decision.action], comments, settled);
    if (applied > 0) this.batches.push({ batchId, text });
    this.tell(text, applied > 0 ? this.undoSeconds : 0);
    return results;
  }

  /** Takes the last batch back. Answers what became of each. */
  async undo(): Promise<DecisionResult[]> {
    const batch = this.batches.at(-1);
    if (!batch) {
      this.tell('There is nothing to undo.', 0);
      return [];
    }
    const { results } = await this.api.undo(batch.batchId);
    this.batches.pop();
    const failed = results.filter((result) => !isSettled(result));
    const left = failed.length > 1 ? ` ${failed.length} of ${results.length} were not taken back.` : '';
    this.tell(failed[0] ? `${outcomeText(failed[0])}${left}` : `Undone. ${batch.text}`, 0);
    return results;
  }
}

/** Nothing is left to do about it. */
export const isSettled = ({ outcome }: DecisionResult): boolean => outcome === 'applied' || outcome === 'unchanged';

export function outcomeText({ outcome, current, status }: DecisionResult): string {
  if (outcome === 'forbidden') return 'Not applied: you may not do this.';
  if (outcome === 'not-found') return 'Not applied: the comment does not exist any more.';
  const now = current ? `${current.status}, revision ${current.revision}` : (status ?? 'gone');
  return `Not applied: the comment changed, or somebody else holds it. It is now ${now}. Read it again before deciding.`;
}

function summary(done: string, comments: readonly Judged[], settled: number): string {
  if (comments.length === 1) return settled === 1 ? `${done}: ${comments[0]?.author.name}` : 'Not applied.';
  const all = comments.length.toLocaleString('en');
  return settled === comments.length ? `${done}: ${all} comments` : `${done}: ${settled} of ${all} comments`;
}
