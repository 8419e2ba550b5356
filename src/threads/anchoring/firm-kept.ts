import type { Alignment } from './alignment.js';
import { Break } from './breaks.js';
import type { Kept } from './remains.js';
import type { Span } from './rivals.js';

/** A part at the edge of a passage that lost touch with the rest, and weighs less than this share of it, is chance. */
const LOOSE_SHARE = 0.15;
/** A clause of so many tokens may have been inserted before the full stop. */
const LONGEST_CLAUSE = 25;
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
  const inserted = Math.abs(nearest.now - rest.now) - apart;
  const signs = piece.every(({ old }) => !alignment.isWord[alignment.before.ids[old]!]);
  // Nothing but an insertion drove it off: it is the passage's end if the passage's sentence goes on to it, or, being
  // words, if it still stands beside the passage's neighbour.
  if (apart === 1) {
    const whole = isOneInsertion(alignment, nearest.now, rest.now);
    if (
      signs
        ? whole === 'clause' && inserted <= LONGEST_CLAUSE
        : whole !== 'parts' && meetsNeighbour(alignment, passage, piece)
    )
      return false;
  }
  return signs || (inserted > LOOSE_DISTANCE && weightOf(alignment, piece) < LOOSE_SHARE * total);
}

/** Whether words within a sentence were inserted, whole sentences, or the end of one and the start of another. */
function isOneInsertion({ after }: Alignment, one: number, other: number): 'clause' | 'sentences' | 'parts' {
  const [from, to] = [Math.min(one, other) + 1, Math.max(one, other)];
  let inside = false;
  for (let at = from; at <= to; at += 1) inside ||= after.breaks[at]! >= Break.sentence;
  if (!inside) return 'clause';
  return after.breaks[from]! >= Break.sentence || after.breaks[to]! >= Break.sentence ? 'sentences' : 'parts';
}

/** The passage's first or last token, still beside what stood beside it. */
function meetsNeighbour({ before, after, toNew }: Alignment, [first, end]: Span, piece: readonly Kept[]): boolean {
  return piece.some(({ old, now }) => {
    if (old === end - 1 && (end === before.length ? now === after.length - 1 : toNew[end] === now + 1)) return true;
    return old === first && (first === 0 ? now === 0 : now > 0 && toNew[first - 1] === now - 1);
  });
}

function weightOf({ before, weights }: Alignment, kept: readonly Kept[]): number {
  return kept.reduce((sum, { old }) => sum + weights[before.ids[old]!]!, 0);
}
