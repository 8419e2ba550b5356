import type { Alignment } from './aligned-tokens.js';
import { Break } from './breaks.js';
import type { TokenText } from './tokens.js';

/** Beside a run this long, what is matched elsewhere in a run half as long ("in August") is there by chance. */
const LONG_RUN = 6;
/** Longer runs are not told apart. */
const LONGEST_RUN = 12;

/**
 * A diff may give the full stop or the "the" beside a matched word to an equal one far away, most of all where blocks
 * moved. This gives every sign back to the word it follows, and every word that is matched alone, or nearly, to the
 * matched words beside it. Who loses a token takes the other's, which is the same word: nothing is lost.
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
  // What another sentence begins or ends with is not this one's.
  if (before.breaks[Math.max(old, nextOld)]! >= Break.sentence) return;
  const itsOld = toOld[nextNew] ?? -1;
  const itsNew = toNew[nextOld] ?? -1;
  const isSign = !isWord[before.ids[nextOld]!];
  const belongs = isSign && (step === 1 || (opens(before, isWord, nextOld) && opens(after, isWord, nextNew)));
  const length = 1 + runFrom(alignment, old, now, step === 1 ? -1 : 1);
  if (!belongs && (isHeld(alignment, nextOld, itsNew, length) || isHeld(alignment, itsOld, nextNew, length))) return;
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

/** True when a match is part of a run that a token beside a run of `length` tokens must not be taken from. */
function isHeld(alignment: Alignment, old: number, now: number, length: number): boolean {
  if (old === -1 || now === -1) return false;
  const run = 1 + runFrom(alignment, old, now, 1) + runFrom(alignment, old, now, -1);
  return run > (length >= LONG_RUN ? length / 2 : 1);
}

/** How many tokens beyond a match, in one direction and in its sentence, are matched alongside. */
function runFrom({ before, toNew }: Alignment, old: number, now: number, step: 1 | -1): number {
  let length = 0;
  while (length < LONGEST_RUN) {
    const [nextOld, nextNew] = [old + step * (length + 1), now + step * (length + 1)];
    if (nextNew < 0 || toNew[nextOld] !== nextNew) break;
    if (before.breaks[Math.max(nextOld, nextOld - step)]! >= Break.sentence) break;
    length += 1;
  }
  return length;
}
