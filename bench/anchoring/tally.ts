import type { Case } from './case.js';
import type { Answer, Guess } from './contenders.js';

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
  /** Attached where nothing (or too little) is, or to words of which fewer than half are right. */
  wrong: number;
  /** Orphaned with a hint that overlaps by a half or more. */
  suggested: number;
}

export const emptyTally = (): Tally => ({
  cases: 0,
  right: 0,
  overlap: 0,
  exact: 0,
  orphaned: 0,
  wrong: 0,
  suggested: 0,
});

export function count(tally: Tally, { after, truth }: Case, { found, suggested }: Answer): void {
  tally.cases += 1;
  if (suggested && after.passage && overlapOf(after.passage, suggested) >= 0.5) tally.suggested += 1;
  if (truth !== 'there' || !after.passage) {
    if (found) tally.wrong += 1;
    else tally.right += 1;
    return;
  }
  if (!found) {
    tally.orphaned += 1;
    return;
  }
  const overlap = overlapOf(after.passage, found);
  if (overlap >= 0.5) tally.right += 1;
  else tally.wrong += 1;
  if (overlap >= 0.8) tally.overlap += 1;
  if (found.start === after.passage.start && found.end === after.passage.end) tally.exact += 1;
}

/** Intersection over union of two ranges, in UTF-16 code units. */
export function overlapOf(one: Guess, other: Guess): number {
  const both = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  return both <= 0 ? 0 : both / (Math.max(one.end, other.end) - Math.min(one.start, other.start));
}

/** Several kinds as one. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += tally[key];
  return sum;
}
