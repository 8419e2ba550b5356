import type { Run } from './diff-tokens.js';

/** Runs of equal weight and length are told apart by where they stand. */
export interface WeighedRun extends Run {
  weight: number;
}

/**
 * Of runs that may cross, those that stand in the order of both lists and weigh most together. A Fenwick tree over
 * the new positions holds the heaviest chain that ends before each.
 */
export function heaviestChain(hits: readonly WeighedRun[], newLength: number): Run[] {
  const ordered = [...hits].sort((one, other) => one.before - other.before);
  const previous = new Int32Array(ordered.length).fill(-1);
  const totals = new Float64Array(ordered.length);
  const tree = new Int32Array(newLength + 1).fill(-1);
  let best = -1;
  for (const [index, run] of ordered.entries()) {
    let chain = -1;
    for (let at = run.after; at > 0; at -= at & -at) {
      const candidate = tree[at]!;
      if (candidate >= 0 && (chain < 0 || totals[candidate]! > totals[chain]!)) chain = candidate;
    }
    previous[index] = chain;
    totals[index] = run.weight + (chain < 0 ? 0 : totals[chain]!);
    if (best < 0 || totals[index] > totals[best]!) best = index;
    for (let at = run.after + run.length; at <= newLength; at += at & -at) {
      const held = tree[at]!;
      if (held < 0 || totals[held]! < totals[index]) tree[at] = index;
    }
  }
  const chain: Run[] = [];
  for (let index = best; index >= 0; index = previous[index]!) {
    const { before, after, length } = ordered[index]!;
    chain.push({ before, after, length });
  }
  return chain.reverse();
}
