import type { Alignment } from './alignment.js';
import { boundsOf } from './bounds.js';
import { isContested, isEnough, isLostBeside } from './judge.js';
import { type Remains, remainsOf } from './remains.js';
import type { Span } from './rivals.js';

/** Where a passage stands in the new text, in tokens. */
export interface Place {
  place: Span;
  remains: Remains;
  isMoved: boolean;
  /** True when every word of it is there and none beside. */
  isWhole: boolean;
}

/** The place of a passage, old tokens `[first, end)`, or null where none is certain. */
export function findPlace(alignment: Alignment, passage: Span): Place | null {
  const found = unbroken(alignment, passage) ?? pieced(alignment, passage);
  if (!found) return null;
  const { place, remains, isMoved } = found;
  if (isMoved && isContested(alignment, passage, place, remains)) return null;
  return isLostBeside(alignment, passage, place, remains) ? null : found;
}

/** Most passages of most revisions: every word is there, in a row. */
function unbroken({ toNew, round }: Alignment, [first, end]: Span): Place | null {
  const start = toNew[first]!;
  if (start === -1) return null;
  for (let old = first + 1; old < end; old += 1) if (toNew[old] !== start + old - first) return null;
  const remains: Remains = { kept: [], words: 1, weight: 1 };
  return { place: [start, start + end - first], remains, isMoved: round[first]! > 1, isWhole: true };
}

function pieced(alignment: Alignment, [first, end]: Span): Place | null {
  const [best, second] = remainsOf(alignment, first, end, (old) => alignment.toNew[old]!);
  if (!best || !isEnough(best, second)) return null;
  const place = boundsOf(alignment, first, end, best.kept);
  const moved = best.kept.filter(({ old }) => alignment.round[old]! > 1).length;
  return { place, remains: best, isMoved: moved * 2 > best.kept.length, isWhole: false };
}
