import type { Alignment } from './alignment.js';
import type { Kept } from './remains.js';
import type { Span } from './rivals.js';

/** A part at the edge of a passage that lost touch with the rest, and weighs less than this share of it, is chance. */
const LOOSE_SHARE = 0.15;
/** So many inserted tokens may stand between a small part and the rest. */
const LOOSE_DISTANCE = 4;

/**
 * The kept tokens of a passage without what hangs loosely at its edges: a full stop that the diff matched with that of
 * an inserted neighbour, a "the" far from the rest. The bounds are then found from what is firm.
 */
export function firmKept(alignment: Alignment, passage: Span, kept: readonly Kept[]): readonly Kept[] {
  const total = weightOf(alignment, kept);
  let from = 0;
  let to = kept.length;
  for (;;) {
    const piece = lengthOfPiece(kept.slice(from, to).reverse());
    if (piece === to - from || !isLoose(alignment, passage, kept.slice(to - piece, to), kept[to - piece - 1]!, total))
      break;
    to -= piece;
  }
  for (;;) {
    const piece = lengthOfPiece(kept.slice(from, to));
    if (piece === to - from || !isLoose(alignment, passage, kept.slice(from, from + piece), kept[from + piece]!, total))
      break;
    from += piece;
  }
  return kept.slice(from, to);
}

/** How many tokens from the edge inwards still touch each other in both texts. */
function lengthOfPiece(inwards: readonly Kept[]): number {
  let length = 1;
  while (length < inwards.length && touches(inwards[length - 1]!, inwards[length]!)) length += 1;
  return length;
}

const touches = (one: Kept, other: Kept): boolean =>
  Math.abs(one.now - other.now) === 1 && one.now - other.now === one.old - other.old;

function isLoose(alignment: Alignment, passage: Span, piece: readonly Kept[], rest: Kept, total: number): boolean {
  const nearest = piece.reduce((one, other) =>
    Math.abs(other.now - rest.now) < Math.abs(one.now - rest.now) ? other : one,
  );
  const apart = Math.abs(nearest.old - rest.old);
  // Nothing but an insertion drove it off, and it stands where the passage ended, by the neighbour: it is the end.
  if (apart === 1 && piece.some((token) => meetsNeighbour(alignment, passage, token))) return false;
  if (piece.every(({ old }) => !alignment.isWord[alignment.before.ids[old]!])) return true;
  const inserted = Math.abs(nearest.now - rest.now) - apart;
  return inserted > LOOSE_DISTANCE && weightOf(alignment, piece) < LOOSE_SHARE * total;
}

/** The passage's first or last token, still beside what stood beside it. */
function meetsNeighbour({ before, after, toNew }: Alignment, [first, end]: Span, { old, now }: Kept): boolean {
  if (old === end - 1 && (end === before.length ? now === after.length - 1 : toNew[end] === now + 1)) return true;
  return old === first && (first === 0 ? now === 0 : now > 0 && toNew[first - 1] === now - 1);
}

function weightOf({ before, weights }: Alignment, kept: readonly Kept[]): number {
  return kept.reduce((sum, { old }) => sum + weights[before.ids[old]!]!, 0);
}
