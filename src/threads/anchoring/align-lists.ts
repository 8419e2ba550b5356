import { diffIds, type Run } from './diff-tokens.js';
import { fillGaps } from './fill-gaps.js';
import type { TokenText } from './tokens.js';
import { uniqueRuns } from './unique-runs.js';
import { uniqueSentences } from './unique-sentences.js';

/**
 * The longest pair of lists that the library diffs at once. Its time is the product of length and difference: 3,000 new
 * words for 3,000 old ones take some 50 ms, 30,000 for 30,000 took 42 s.
 */
const MOST_AT_ONCE = 3000;
/** Lists as short as this need no dividing. */
const FEW = 150;
/** Chunks are compared by the library too; texts of more have next to nothing in common, or repeat one line. */
const MOST_CHUNKS = 8000;

/**
 * The runs in which two lists agree, in order: words that are unique in both divide the lists, the library diffs what
 * lies between. What is longer than it can do is cut into chunks that are compared as wholes first.
 */
export function alignLists(before: Int32Array, after: Int32Array, weights: Float64Array): Run[] {
  if (before.length + after.length <= FEW) return diffIds(before, after);
  const anchors = uniqueRuns(before, after, weights);
  return fillGaps(anchors, before, after, (old, now) =>
    old.length + now.length <= MOST_AT_ONCE ? diffIds(old, now) : byChunks(old, now),
  );
}

/** As `alignLists`, of two texts: sentences that are unique in both divide them first. */
export function alignInOrder(before: TokenText, after: TokenText, weights: Float64Array): Run[] {
  return fillGaps(uniqueSentences(before, after), before.ids, after.ids, (old, now) => alignLists(old, now, weights));
}

/** Compares long lists chunk by chunk, then what lies between equal chunks where that is short enough. */
function byChunks(before: Int32Array, after: Int32Array): Run[] {
  const names = new Map<string, number>();
  const ender = mostFrequent(before);
  const old = chunks(before, ender, names);
  const now = chunks(after, ender, names);
  if (old.names.length + now.names.length > MOST_CHUNKS) return [];
  const equal = diffIds(Int32Array.from(old.names), Int32Array.from(now.names)).map((run) => ({
    before: old.starts[run.before]!,
    after: now.starts[run.after]!,
    length: old.starts[run.before + run.length]! - old.starts[run.before]!,
  }));
  return fillGaps(equal, before, after, (oldRest, nowRest) =>
    oldRest.length + nowRest.length <= MOST_AT_ONCE ? diffIds(oldRest, nowRest) : [],
  );
}

/** Cuts after each `ender`; equal chunks have equal names. */
function chunks(ids: Int32Array, ender: number, names: Map<string, number>): { starts: number[]; names: number[] } {
  const result: { starts: number[]; names: number[] } = { starts: [0], names: [] };
  for (let at = 0; at < ids.length; at += 1) {
    if (ids[at] !== ender && at + 1 < ids.length) continue;
    const key = ids.subarray(result.starts.at(-1), at + 1).join();
    if (!names.has(key)) names.set(key, names.size);
    result.names.push(names.get(key)!);
    result.starts.push(at + 1);
  }
  return result;
}

/** In both texts the same token, a full stop or an article as a rule, so that both are cut alike. */
function mostFrequent(ids: Int32Array): number {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].reduce((one, other) => (other[1] > one[1] ? other : one))[0];
}
