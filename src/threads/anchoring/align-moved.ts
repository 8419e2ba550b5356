import { diffIds, type Run } from './diff-tokens.js';
import { fillGaps } from './fill-gaps.js';
import { uniqueRuns } from './unique-runs.js';

/** So many tokens beside a moved block may belong to it, changed. */
const REACH = 120;

/**
 * Blocks that stand in both lists in one order, around words that are unique in both. Only what is near such words is
 * diffed: leftovers have little in common, and a diff of all of them took most of the time for nothing.
 */
export function alignMoved(before: Int32Array, after: Int32Array, weights: Float64Array): Run[] {
  return fillGaps(uniqueRuns(before, after, weights), before, after, (old, now, { oldStart, oldEnd }) => {
    const opens = oldStart === 0;
    const closes = oldEnd === before.length;
    if (opens && closes) return [];
    if (!opens && !closes && old.length + now.length <= 2 * REACH) return diffIds(old, now);
    // Halves, so that what follows one block and what precedes the next never overlap.
    const share = opens || closes ? 1 : 2;
    const [oldReach, newReach] = [old, now].map(({ length }) => Math.min(REACH, Math.floor(length / share)));
    return [
      ...(opens ? [] : diffIds(old.subarray(0, oldReach), now.subarray(0, newReach))),
      ...(closes ? [] : lastOf(old, now, oldReach!, newReach!)),
    ];
  });
}

function lastOf(old: Int32Array, now: Int32Array, oldReach: number, newReach: number): Run[] {
  const [oldFrom, newFrom] = [old.length - oldReach, now.length - newReach];
  return diffIds(old.subarray(oldFrom), now.subarray(newFrom)).map(({ before, after, length }) => ({
    before: before + oldFrom,
    after: after + newFrom,
    length,
  }));
}
