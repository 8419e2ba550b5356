import type { Run } from './diff-tokens.js';
import { heaviestChain, type WeighedRun } from './heaviest-chain.js';

/** Three words in a row that stand once in either text are hardly there by chance. */
const GRAM = 3;
/** Below this weight three words may be "one of the". */
const LEAST_WEIGHT = 0.6;

/**
 * The heaviest chain, in the order of both lists, of runs whose word triples stand exactly once in each ("patience").
 * It divides a long diff into short ones. Negative numbers are walls that no run crosses.
 */
export function uniqueRuns(before: Int32Array, after: Int32Array, weights: Float64Array): Run[] {
  return withoutOverlap(heaviestChain(uniqueHits(before, after, weights), after.length));
}

/** Such runs of `least` tokens or more, in whatever order they stand in the new list. */
export function uniqueBlocks(before: Int32Array, after: Int32Array, weights: Float64Array, least: number): Run[] {
  return uniqueHits(before, after, weights)
    .map((hit) => ({ before: hit.before, after: hit.after, length: hit.length + GRAM - 1 }))
    .filter(({ length }) => length >= least);
}

/** Runs of unique triples, each counted by the first words of its triples. */
function uniqueHits(before: Int32Array, after: Int32Array, weights: Float64Array): WeighedRun[] {
  const base = weights.length + 1;
  const inBefore = uniqueGrams(before, base);
  const inAfter = uniqueGrams(after, base);
  const hits: Run[] = [];
  for (const [gram, position] of inBefore) {
    const found = position < 0 ? undefined : inAfter.get(gram);
    if (found === undefined || found < 0) continue;
    const last = hits.at(-1);
    if (last && last.before + last.length === position && last.after + last.length === found) last.length += 1;
    else hits.push({ before: position, after: found, length: 1 });
  }
  const weigh = (run: Run): number => {
    let sum = 0;
    for (let at = run.before; at < run.before + run.length + GRAM - 1; at += 1) sum += weights[before[at]!]!;
    return sum;
  };
  return hits.map((run) => ({ ...run, weight: weigh(run) })).filter(({ weight }) => weight >= LEAST_WEIGHT);
}

/** Where each triple stands, in order of first sight; -1 where it stands more than once. */
function uniqueGrams(ids: Int32Array, base: number): Map<number, number> {
  const grams = new Map<number, number>();
  for (let at = 0; at + GRAM <= ids.length; at += 1) {
    const [first, second, third] = [ids[at]!, ids[at + 1]!, ids[at + 2]!];
    if (first < 0 || second < 0 || third < 0) continue;
    const gram = (first * base + second) * base + third;
    grams.set(gram, grams.has(gram) ? -1 : at);
  }
  return grams;
}

/** Hits count the first words of triples; here they become whole runs, the later one yielding where two touch. */
function withoutOverlap(hits: readonly Run[]): Run[] {
  const runs: Run[] = [];
  for (const hit of hits) {
    const last = runs.at(-1);
    const overlap = last
      ? Math.max(0, last.before + last.length - hit.before, last.after + last.length - hit.after)
      : 0;
    const length = hit.length + GRAM - 1 - overlap;
    if (length > 0) runs.push({ before: hit.before + overlap, after: hit.after + overlap, length });
  }
  return runs;
}
