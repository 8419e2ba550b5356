import { Break } from './breaks.js';

/** What lies at one edge of a passage, told outwards from its last kept token. */
export interface Edge {
  /** The passage's own tokens that are gone: true for a word, false for a sign. */
  own: boolean[];
  /** How many of the neighbour's tokens are gone beside them. */
  foreign: number;
  /** True when the gap ends where the neighbour's first kept token stands. */
  bounded: boolean;
  /** The new tokens in the gap that belong to nobody: true for a word. */
  gap: boolean[];
  /** The break at each place in the gap; one entry more than tokens. */
  breaks: number[];
  /** True when the passage ended (or began) with a sentence. */
  atSentence: boolean;
}

/** New words in place of the passage's own may be this many times as many, and two. */
const GROWTH = 2;
/** So many more where that completes the sentence. */
const TO_SENTENCE_END = 6;

/**
 * How many tokens of the gap stand for what the passage lost at this edge. Where it lost nothing, none: what was
 * inserted beside it is the neighbour's. Growth is capped, and a passage that ended with a sentence ends with one.
 */
export function takeFromGap(edge: Edge): number {
  const { own, gap } = edge;
  if (own.length === 0 || gap.length === 0) return 0;
  if (!own.includes(true)) return signsOf(edge);
  const most = GROWTH * own.length + 2;
  const sharer = own.length / (own.length + edge.foreign);
  let expected = Math.round(gap.length * sharer);
  if (expected > most || !edge.bounded) expected = Math.min(own.length, gap.length);
  const taken = edge.atSentence
    ? nearestSentence(edge, expected, most + TO_SENTENCE_END)
    : withinSentence(edge, expected);
  return own.at(-1) ? withoutSigns(gap, taken) : taken;
}

/** A lost full stop: the signs that now stand there, if they end a sentence as it did. */
function signsOf({ own, gap, breaks, atSentence }: Edge): number {
  const firstWord = gap.indexOf(true);
  const signs = Math.min(own.length, firstWord < 0 ? gap.length : firstWord);
  if (!atSentence) return signs;
  for (let taken = 1; taken <= signs; taken += 1) if (breaks[taken]! >= Break.sentence) return taken;
  return 0;
}

function nearestSentence({ breaks }: Edge, expected: number, most: number): number {
  let best = -1;
  for (let taken = 0; taken < breaks.length && taken <= Math.max(most, expected); taken += 1)
    if (breaks[taken]! >= Break.sentence && (best < 0 || Math.abs(taken - expected) < Math.abs(best - expected)))
      best = taken;
  return best < 0 ? expected : best;
}

function withinSentence({ breaks }: Edge, expected: number): number {
  for (let taken = 1; taken < expected; taken += 1) if (breaks[taken]! >= Break.sentence) return taken;
  return expected;
}

/** A passage that ended with a word still ends with one. */
function withoutSigns(gap: readonly boolean[], taken: number): number {
  let words = taken;
  while (words > 0 && !gap[words - 1]) words -= 1;
  return words;
}
