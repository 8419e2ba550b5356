import type { Case } from './case.js';
import type { Guess } from './contenders.js';

/** Results of one contender on one kind. */
export interface Tally {
  cases: number;
  /** Attached with an overlap (intersection over union) of a half or more, or rightly not attached. */
  right: number;
  /** An overlap of 0.8 or more. */
  overlap: number;
  exact: number;
  /** Not attached though present. */
  orphaned: number;
  /** Attached where nothing is, or to words of which fewer than half are right. */
  wrong: number;
}

export const emptyTally = (): Tally => ({ cases: 0, right: 0, overlap: 0, exact: 0, orphaned: 0, wrong: 0 });

export function count(tally: Tally, { after, truth }: Case, guess: Guess | null): void {
  tally.cases += 1;
  if (truth !== 'there' || !after.passage) {
    if (guess) tally.wrong += 1;
    else tally.right += 1;
    return;
  }
  if (!guess) {
    tally.orphaned += 1;
    return;
  }
  const overlap = overlapOf(after.passage, guess);
  if (overlap >= 0.5) tally.right += 1;
  else tally.wrong += 1;
  if (overlap >= 0.8) tally.overlap += 1;
  if (guess.start === after.passage.start && guess.end === after.passage.end) tally.exact += 1;
}

/** Intersection over union of two ranges, in UTF-16 code units. */
export function overlapOf(one: Guess, other: Guess): number {
  const both = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  return both <= 0 ? 0 : both / (Math.max(one.end, other.end) - Math.min(one.start, other.start));
}
