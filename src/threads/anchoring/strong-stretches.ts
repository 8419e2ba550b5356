import type { Run } from './diff-tokens.js';

/** The weight of what lies between two neighbouring runs: the changed old and the changed new words. */
export type GapWeight = (left: Run, right: Run) => number;

interface Stretch {
  first: number;
  last: number;
  before: number;
  total: number;
}

/**
 * A diff also matches words that have nothing to do with each other ("the", a comma) inside rewritten text. This keeps the
 * runs that lie in stretches where what stayed outweighs `tolerance` times what changed, by at least `least`: all
 * maximal scoring subsequences (Ruzzo and Tompa, 1999), in one pass over gains and losses.
 */
export function strongRuns(
  runs: readonly Run[],
  gainOf: (run: Run) => number,
  gapWeight: GapWeight,
  tolerance: number,
  least: number,
): Run[] {
  const stretches: Stretch[] = [];
  let sum = 0;
  for (const [index, run] of runs.entries()) {
    const previous = runs[index - 1];
    if (previous) sum -= tolerance * gapWeight(previous, run);
    const before = sum;
    sum += gainOf(run);
    mergeInto(stretches, { first: index, last: index, before, total: sum });
  }
  return stretches.flatMap((stretch) =>
    stretch.total - stretch.before >= least ? runs.slice(stretch.first, stretch.last + 1) : [],
  );
}

function mergeInto(stretches: Stretch[], added: Stretch): void {
  let current = added;
  for (;;) {
    let index = stretches.length - 1;
    while (index >= 0 && stretches[index]!.before >= current.before) index -= 1;
    const earlier = stretches[index];
    if (!earlier || earlier.total >= current.total) break;
    current = { ...earlier, last: current.last, total: current.total };
    stretches.length = index;
  }
  stretches.push(current);
}
