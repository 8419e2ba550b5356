import type { Alignment } from './alignment.js';
import type { TokenText } from './tokens.js';

/**
 * A diff may give the full stop or the "the" beside a matched word to an equal one far away, most of all where blocks
 * moved. This gives every sign back to the word it follows, and every word that is matched alone to the matched word
 * beside it. Who loses a token takes the other's, which is the same word: nothing is lost.
 */
export function settleNeighbours(alignment: Alignment): void {
  const { toNew } = alignment;
  for (let old = 0; old + 1 < toNew.length; old += 1) settle(alignment, old, 1);
  for (let old = toNew.length - 1; old > 0; old -= 1) settle(alignment, old, -1);
}

function settle(alignment: Alignment, old: number, step: 1 | -1): void {
  const { before, after, isWord, toNew, toOld, round } = alignment;
  const now = toNew[old]!;
  const nextOld = old + step;
  const nextNew = now + step;
  if (now === -1 || toNew[nextOld] === nextNew || before.ids[nextOld] !== after.ids[nextNew]) return;
  const itsOld = toOld[nextNew] ?? -1;
  const itsNew = toNew[nextOld] ?? -1;
  const isSign = !isWord[before.ids[nextOld]!];
  const belongs = isSign && (step === 1 || (opens(before, isWord, nextOld) && opens(after, isWord, nextNew)));
  if (!belongs && (isHeld(alignment, nextOld, itsNew) || isHeld(alignment, itsOld, nextNew))) return;
  toNew[nextOld] = nextNew;
  toOld[nextNew] = nextOld;
  if (itsNew !== -1) toOld[itsNew] = itsOld;
  if (itsOld !== -1) toNew[itsOld] = itsNew;
  if (itsOld !== -1 && itsNew === -1) round[itsOld] = 0;
  round[nextOld] = round[old]!;
}

/** A sign of a row of signs that begins after a space and touches what follows: an opening quote or bracket. */
function opens({ starts, ends, ids }: TokenText, isWord: Uint8Array, at: number): boolean {
  let first = at;
  while (first > 0 && starts[first] === ends[first - 1] && !isWord[ids[first - 1]!]) first -= 1;
  return starts[at + 1] === ends[at] && (first === 0 || starts[first] !== ends[first - 1]);
}

/** True when a match has a neighbour that is matched alongside. */
function isHeld({ toNew }: Alignment, old: number, now: number): boolean {
  if (old === -1 || now === -1) return false;
  return (now > 0 && old > 0 && toNew[old - 1] === now - 1) || toNew[old + 1] === now + 1;
}
