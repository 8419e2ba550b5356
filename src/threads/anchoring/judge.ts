import type { Alignment } from './alignment.js';
import type { Remains } from './remains.js';
import { bestRival, type Span } from './rivals.js';

/** A passage of which no more than this share of the words remains is never attached by itself. */
export const LEAST_WORDS = 0.45;
/** Nor one that kept its function words alone: the share by rarity must reach this. */
const LEAST_WEIGHT = 0.3;
/** The second best place must be worse by this, or the passage is orphaned. */
const MARGIN = 0.1;
/** From this share of the words on, an orphan comes with a hint for staff. */
const LEAST_FOR_HINT = 0.25;
/** So many words in a row did not stay by chance. */
const STAYED = 4;
const LEAST_WEIGHT_FOR_HINT = 0.12;

/** Enough of the passage remains in the best place, and clearly more than in any other. */
export function isEnough(best: Remains, second: Remains | undefined): boolean {
  return best.words > LEAST_WORDS && best.weight >= LEAST_WEIGHT && (!second || best.weight - second.weight >= MARGIN);
}

export function isWorthAHint(best: Remains): boolean {
  return best.words >= LEAST_FOR_HINT && best.weight >= LEAST_WEIGHT_FOR_HINT;
}

/**
 * True when a moved passage could as well have gone elsewhere, or another lost part of the old text could as well have
 * come here. In order this cannot be: the neighbours vouch for the place. A neighbour that moved along vouches too.
 */
export function isContested(alignment: Alignment, passage: Span, place: Span, best: Remains): boolean {
  const { before, after, toNew, toOld } = alignment;
  const [first, end] = passage;
  if (isVouchedBefore(alignment, first, place) || isVouchedAfter(alignment, end, place)) return false;
  const old = before.ids.subarray(first, end);
  const now = after.ids.subarray(place[0], place[1]);
  return (
    bestRival(alignment, old, after.ids, toOld, place) > best.weight - MARGIN ||
    bestRival(alignment, now, before.ids, toNew, passage) > best.weight - MARGIN
  );
}

/**
 * True when another part of the old text, lost right beside the passage, could as well be what now stands there: of two
 * rows of a table one is deleted and the other edited.
 */
export function isLostBeside(alignment: Alignment, [first, end]: Span, place: Span, best: Remains): boolean {
  if (isVouchedBefore(alignment, first, place) && isVouchedAfter(alignment, end, place)) return false;
  const { before, after } = alignment;
  const [from, to] = lostAround(alignment, first, end);
  if (Math.max(first - from, to - end) < (end - first) / 2) return false;
  const lost = before.ids.subarray(from, to);
  const except: Span = [first - from, end - from];
  const rival = bestRival(alignment, after.ids.subarray(place[0], place[1]), lost, null, except);
  return rival > best.weight - MARGIN;
}

/** The word that stood before the passage stands before its place. A full stop between says nothing: there are many. */
function isVouchedBefore({ before, isWord, toNew }: Alignment, first: number, place: Span): boolean {
  let by = 1;
  while (first - by >= 0 && place[0] - by >= 0 && toNew[first - by] === place[0] - by) {
    if (isWord[before.ids[first - by]!]) return true;
    by += 1;
  }
  return false;
}

function isVouchedAfter({ before, isWord, toNew }: Alignment, end: number, place: Span): boolean {
  let by = 0;
  while (end + by < before.length && toNew[end + by] === place[1] + by) {
    if (isWord[before.ids[end + by]!]) return true;
    by += 1;
  }
  return false;
}

/** From the passage outwards to where the old text has some words in a row that stayed. */
function lostAround({ toNew }: Alignment, first: number, end: number): Span {
  let from = first;
  let stayed = 0;
  for (; from > 0 && stayed < STAYED; from -= 1) stayed = toNew[from - 1] === -1 ? 0 : stayed + 1;
  from += stayed;
  let to = end;
  stayed = 0;
  for (; to < toNew.length && stayed < STAYED; to += 1) stayed = toNew[to] === -1 ? 0 : stayed + 1;
  to -= stayed;
  return [from, to];
}

/** What a person would call likeness, 0 to 1: words by number and by rarity in equal parts. */
export function scoreOf(remains: Remains): number {
  return Math.round(((remains.words + remains.weight) / 2) * 1000) / 1000;
}
