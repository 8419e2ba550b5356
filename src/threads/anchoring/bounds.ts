import type { Alignment } from './alignment.js';
import { type Edge, takeFromGap } from './edge.js';
import { firmKept } from './firm-kept.js';
import type { Kept } from './remains.js';
import { Break } from './breaks.js';

/**
 * The tokens of the new text that a passage, old tokens `[first, end)`, now covers, as `[start, end)`: from its first
 * kept word to its last, and as much of the changed text at its edges as can be its own.
 */
export function boundsOf(alignment: Alignment, first: number, end: number, kept: readonly Kept[]): [number, number] {
  const firm = firmKept(alignment, [first, end], kept);
  const head = firm[0]!;
  const tail = firm.at(-1)!;
  const oldest = Math.min(...firm.map(({ old }) => old));
  const newest = Math.max(...firm.map(({ old }) => old));
  // Where the parts of the passage changed places, its outer words are inner ones now: nothing to add.
  const before = head.old === oldest ? takeFromGap(leftEdge(alignment, first, end, head)) : 0;
  const after = tail.old === newest ? takeFromGap(rightEdge(alignment, first, end, tail)) : 0;
  return [head.now - before, tail.now + 1 + after];
}

function rightEdge(alignment: Alignment, first: number, end: number, { old, now }: Kept): Edge {
  const { before, after } = alignment;
  let gapEnd = now + 1;
  while (gapEnd < after.length && isFree(alignment, gapEnd, first, end)) gapEnd += 1;
  let neighbour = end;
  while (neighbour < before.length && alignment.toNew[neighbour] === -1) neighbour += 1;
  const met = neighbour < before.length ? alignment.toNew[neighbour] : after.length;
  return {
    own: Array.from({ length: end - old - 1 }, (_, step) => word(alignment, before.ids[old + 1 + step]!)),
    foreign: neighbour - end,
    bounded: met === gapEnd,
    gap: Array.from({ length: gapEnd - now - 1 }, (_, step) => word(alignment, after.ids[now + 1 + step]!)),
    breaks: Array.from({ length: gapEnd - now }, (_, step) => after.breaks[now + 1 + step]!),
    atSentence: before.breaks[end]! >= Break.sentence,
  };
}

function leftEdge(alignment: Alignment, first: number, end: number, { old, now }: Kept): Edge {
  const { before, after } = alignment;
  let gapStart = now;
  while (gapStart > 0 && isFree(alignment, gapStart - 1, first, end)) gapStart -= 1;
  let neighbour = first - 1;
  while (neighbour >= 0 && alignment.toNew[neighbour] === -1) neighbour -= 1;
  const met = neighbour >= 0 ? alignment.toNew[neighbour]! : -1;
  return {
    own: Array.from({ length: old - first }, (_, step) => word(alignment, before.ids[old - 1 - step]!)),
    foreign: first - 1 - neighbour,
    bounded: met === gapStart - 1,
    gap: Array.from({ length: now - gapStart }, (_, step) => word(alignment, after.ids[now - 1 - step]!)),
    breaks: Array.from({ length: now - gapStart + 1 }, (_, step) => after.breaks[now - step]!),
    atSentence: before.breaks[first]! >= Break.sentence,
  };
}

/** New text that no old text but the passage itself has a claim to. */
function isFree({ toOld }: Alignment, now: number, first: number, end: number): boolean {
  const old = toOld[now]!;
  return old === -1 || (old >= first && old < end);
}

const word = ({ isWord }: Alignment, id: number): boolean => isWord[id] === 1;
