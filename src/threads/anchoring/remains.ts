import type { Alignment } from './alignment.js';

/** A token of the passage and where it stands in the new text. */
export interface Kept {
  old: number;
  now: number;
}

/** What the new text still has of a passage, in one place of it. */
export interface Remains {
  /** In the order of the new text. */
  kept: Kept[];
  /** Share of the passage's words that are there. */
  words: number;
  /** The same, each word weighed by its rarity. */
  weight: number;
}

/** Parts of a passage further apart than this many tokens, or than its own length, are two places. */
const FURTHEST_APART = 60;

/** Words that weigh less are found in any text. */
const COMMON_WEIGHT = 0.55;

/**
 * The places in the new text where tokens `[first, end)` of the old one stand, the heaviest first. Parts that an
 * inserted or moved sentence has driven apart are still one place.
 */
export function remainsOf(
  alignment: Alignment,
  first: number,
  end: number,
  matchOf: (old: number) => number,
): Remains[] {
  const kept: Kept[] = [];
  for (let old = first; old < end; old += 1) {
    const now = matchOf(old);
    if (now !== -1) kept.push({ old, now });
  }
  kept.sort((one, other) => one.now - other.now);
  const apart = Math.max(FURTHEST_APART, end - first);
  const places: Kept[][] = [];
  for (const token of kept) {
    const place = places.at(-1);
    if (place && token.now - place.at(-1)!.now <= apart) place.push(token);
    else places.push([token]);
  }
  const whole = weigh(alignment, first, end);
  return places
    .map((place) => shareOf(alignment, place, whole))
    .sort((one, other) => other.weight - one.weight || one.kept[0]!.now - other.kept[0]!.now);
}

interface Whole {
  words: number;
  weight: number;
}

/** Words and weight of a passage. One without any word (a sign, an equation) is counted by its signs. */
function weigh(alignment: Alignment, first: number, end: number): Whole & { signs: boolean } {
  const { before, weights, isWord } = alignment;
  let words = 0;
  let weight = 0;
  for (let old = first; old < end; old += 1) {
    words += isWord[before.ids[old]!]!;
    weight += weights[before.ids[old]!]!;
  }
  return { words: words || end - first, weight, signs: words === 0 };
}

function shareOf(alignment: Alignment, kept: Kept[], whole: Whole & { signs: boolean }): Remains {
  const { before, weights, isWord } = alignment;
  let words = 0;
  let weight = 0;
  for (const [index, { old }] of kept.entries()) {
    const counts = whole.signs || (isWord[before.ids[old]!] === 1 && !isStray(alignment, kept, index));
    if (counts) words += 1;
    weight += weights[before.ids[old]!]!;
  }
  return { kept, words: words / whole.words, weight: whole.weight > 0 ? weight / whole.weight : 0 };
}

/**
 * A common word that touches nothing kept, and stands at another distance than the firm words around it, is there by
 * chance: a rewritten sentence has a "the" as well.
 */
function isStray(alignment: Alignment, kept: readonly Kept[], index: number): boolean {
  if (isFirm(alignment, kept, index)) return false;
  const distance = distanceOf(kept[index]!);
  let before = index - 1;
  while (before >= 0 && !isFirm(alignment, kept, before)) before -= 1;
  let after = index + 1;
  while (after < kept.length && !isFirm(alignment, kept, after)) after += 1;
  const firm = [kept[before], kept[after]].filter((other) => other !== undefined);
  return firm.length > 0 && firm.every((other) => distanceOf(other) !== distance);
}

/** A rare word, or one of several in a row. */
function isFirm({ before, weights }: Alignment, kept: readonly Kept[], index: number): boolean {
  const token = kept[index]!;
  if (weights[before.ids[token.old]!]! >= COMMON_WEIGHT) return true;
  return [kept[index - 1], kept[index + 1]].some(
    (other) => other && Math.abs(other.now - token.now) === 1 && distanceOf(other) === distanceOf(token),
  );
}

const distanceOf = ({ old, now }: Kept): number => now - old;
