import type { Run } from './diff-tokens.js';

/** A run of this weight is not there by chance. */
const SOLID_WEIGHT = 0.5;

/**
 * Where words were replaced one by one, the longest common subsequence may pair a "the" with one two words further on and
 * miss the word that stayed between. Between two solid runs at one distance, the words that stand at that
 * distance are taken instead, unless what they replace weighs more.
 */
export function straightenRuns(
  runs: readonly Run[],
  before: Int32Array,
  after: Int32Array,
  weights: Float64Array,
): Run[] {
  const weigh = (run: Run): number => {
    let sum = 0;
    for (let at = 0; at < run.length; at += 1) sum += weights[before[run.before + at]!]!;
    return sum;
  };
  const result: Run[] = [];
  let solid: Run | null = null;
  let loose: Run[] = [];
  for (const run of runs) {
    if (weigh(run) < SOLID_WEIGHT) {
      loose.push(run);
      continue;
    }
    const straight =
      solid && solid.after - solid.before === run.after - run.before ? between(solid, run, before, after) : [];
    result.push(...(total(straight, weigh) >= total(loose, weigh) ? straight : loose), run);
    solid = run;
    loose = [];
  }
  return [...result, ...loose];
}

const total = (runs: readonly Run[], weigh: (run: Run) => number): number =>
  runs.reduce((sum, run) => sum + weigh(run), 0);

/** The equal tokens between two runs at their common distance. */
function between(left: Run, right: Run, before: Int32Array, after: Int32Array): Run[] {
  const distance = left.after - left.before;
  const found: Run[] = [];
  for (let at = left.before + left.length; at < right.before; at += 1) {
    if (before[at] !== after[at + distance]) continue;
    const last = found.at(-1);
    if (last && last.before + last.length === at) last.length += 1;
    else found.push({ before: at, after: at + distance, length: 1 });
  }
  return found;
}
