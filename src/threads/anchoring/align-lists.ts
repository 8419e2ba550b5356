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
/** A chunk ends at a token that occurs as often as a full stop does, so that both texts are cut alike. */
const CHUNK_END_SHARE = 1 / 60;

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
  const enders = frequent(before);
  const [old, now] = [before, after].map((ids) => chunks(ids, enders, names));
  if (!old || !now) return [];
  const equal = diffIds(Int32Array.from(old.names), Int32Array.from(now.names)).map((run) => ({
    before: old.starts[run.before]!,
    after: now.starts[run.after]!,
    length: old.starts[run.before + run.length]! - old.starts[run.before]!,
  }));
  return fillGaps(equal, before, after, (oldRest, nowRest) =>
    oldRest.length + nowRest.length <= MOST_AT_ONCE ? diffIds(oldRest, nowRest) : [],
  );
}

function chunks(ids: Int32Array, enders: ReadonlySet<number>, names: Map<string, number>) {
  const result: { starts: number[]; names: number[] } = { starts: [0], names: [] };
  for (let at = 0; at < ids.length; at += 1) {
    if (!enders.has(ids[at]!) && at + 1 < ids.length) continue;
    const key = ids.subarray(result.starts.at(-1), at + 1).join();
    if (!names.has(key)) names.set(key, names.size);
    result.names.push(names.get(key)!);
    result.starts.push(at + 1);
  }
  return result;
}

function frequent(ids: Int32Array): Set<number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > ids.length * CHUNK_END_SHARE).map(([id]) => id));
}
