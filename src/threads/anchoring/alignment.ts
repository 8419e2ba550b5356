import type { Alignment } from './aligned-tokens.js';
import { alignInOrder } from './align-lists.js';
import { alignMoved } from './align-moved.js';
import { changesBetween, type Run, runsBetween } from './diff-tokens.js';
import { leftovers } from './leftovers.js';
import { settleNeighbours } from './settle-neighbours.js';
import { slideChanges } from './slide-changes.js';
import { straightenRuns } from './straighten-runs.js';
import { strongRuns } from './strong-stretches.js';
import { tokenise } from './tokens.js';
import { uniqueBlocks } from './unique-runs.js';
import { Vocabulary } from './vocabulary.js';

export type { Alignment } from './aligned-tokens.js';

/** In order, what stayed is believed even where little of it stayed: both neighbours vouch for the place. */
const IN_ORDER = { tolerance: 0.15, least: 0.5 };
/** Elsewhere nothing vouches for it but the words. */
const MOVED = { tolerance: 0.3, least: 1.2 };
/** Each round finds one chain of moved blocks. Where there are more crossings, only blocks that stayed word for word. */
const ROUNDS = 8;
const LEAST_BLOCK = 6;

/** Aligns two revisions, first in order, then what is left over of both, again and again. */
export function alignTexts(oldText: string, newText: string): Alignment {
  const vocabulary = new Vocabulary();
  const before = tokenise(oldText, vocabulary);
  const after = tokenise(newText, vocabulary);
  const alignment: Alignment = {
    before,
    after,
    weights: vocabulary.weights(),
    isWord: vocabulary.words(),
    toNew: new Int32Array(before.length).fill(-1),
    toOld: new Int32Array(after.length).fill(-1),
    round: new Uint8Array(before.length),
    doubtful: new Int32Array(before.length).fill(-1),
  };
  alignOrdered(alignment);
  let round = 2;
  while (round <= ROUNDS && alignLeftovers(alignment, round, chainOfMoved)) round += 1;
  if (round > ROUNDS) alignLeftovers(alignment, round, blocksOfMoved);
  settleNeighbours(alignment);
  return alignment;
}

function alignOrdered(alignment: Alignment): void {
  const { before, after, weights } = alignment;
  const found = alignInOrder(before, after, weights);
  const changes = slideChanges(changesBetween(found, before.length, after.length), before, after);
  const runs = straightenRuns(runsBetween(changes, before.length), before.ids, after.ids, weights);
  for (const run of runs)
    for (let at = 0; at < run.length; at += 1) alignment.doubtful[run.before + at] = run.after + at;
  record(alignment, believed(runs, before.ids, after.ids, weights, IN_ORDER), 1);
}

type AlignIds = (old: Int32Array, now: Int32Array, weights: Float64Array) => Run[];

const chainOfMoved: AlignIds = (old, now, weights) => believed(alignMoved(old, now, weights), old, now, weights, MOVED);

const blocksOfMoved: AlignIds = (old, now, weights) => uniqueBlocks(old, now, weights, LEAST_BLOCK);

/** True when something was found. */
function alignLeftovers(alignment: Alignment, round: number, align: AlignIds): boolean {
  const { before, after, weights, toNew, toOld } = alignment;
  const old = leftovers(before.ids, toNew, -1);
  const now = leftovers(after.ids, toOld, -2);
  if (old.ids.length === 0 || now.ids.length === 0) return false;
  let found = false;
  for (const run of align(old.ids, now.ids, weights))
    for (let at = 0; at < run.length; at += 1) {
      const [from, to] = [old.positions[run.before + at]!, now.positions[run.after + at]!];
      // Blocks may overlap by a word or two at their ends: the first keeps them.
      if (toNew[from] !== -1 || toOld[to] !== -1) continue;
      match(alignment, from, to, round);
      found = true;
    }
  return found;
}

function record(alignment: Alignment, runs: readonly Run[], round: number): void {
  for (const run of runs)
    for (let at = 0; at < run.length; at += 1) match(alignment, run.before + at, run.after + at, round);
}

function match(alignment: Alignment, old: number, now: number, round: number): void {
  alignment.toNew[old] = now;
  alignment.toOld[now] = old;
  alignment.round[old] = round;
}

function believed(
  runs: readonly Run[],
  before: Int32Array,
  after: Int32Array,
  weights: Float64Array,
  limits: { tolerance: number; least: number },
): Run[] {
  const oldSums = runningSums(before, weights);
  const newSums = runningSums(after, weights);
  return strongRuns(
    runs,
    (run) => oldSums[run.before + run.length]! - oldSums[run.before]!,
    (left, right) =>
      oldSums[right.before]! -
      oldSums[left.before + left.length]! +
      (newSums[right.after]! - newSums[left.after + left.length]!),
    limits.tolerance,
    limits.least,
  );
}

/** A wall between leftovers weighs as much as a rare word. */
function runningSums(ids: Int32Array, weights: Float64Array): Float64Array {
  const sums = new Float64Array(ids.length + 1);
  for (const [index, id] of ids.entries()) sums[index + 1] = sums[index]! + (id < 0 ? 1 : weights[id]!);
  return sums;
}
