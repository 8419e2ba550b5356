import { type Draft, isWord, type Piece, type Sentence } from './draft.js';
import type { Random } from './random.js';

/** Where a passage lies in a draft. */
export interface Place {
  paragraph: number;
  sentence: number;
}

/** Sentences long enough to hold a passage of `least` words. */
export function placesFor(draft: Draft, least: number): Place[] {
  return draft.flatMap((sentences, paragraph) =>
    sentences.flatMap((pieces, sentence) => (pieces.filter(isWord).length >= least ? [{ paragraph, sentence }] : [])),
  );
}

/** Marks a whole sentence, with its full stop. */
export function markSentence(draft: Draft, { paragraph, sentence }: Place): Piece[] {
  const pieces = draft[paragraph]![sentence]!;
  for (const piece of pieces) piece.mine = true;
  return pieces;
}

/** Marks some words in a row, from a word to a word. */
export function markPhrase(random: Random, draft: Draft, { paragraph, sentence }: Place, least: number): Piece[] {
  const pieces: Sentence = draft[paragraph]![sentence]!;
  const words = pieces.flatMap((piece, index) => (isWord(piece) ? [index] : []));
  const length = random.between(least, Math.max(least, Math.min(words.length - 1, 14)));
  const first = random.between(0, words.length - length);
  const marked = pieces.slice(words[first]!, words[first + length - 1]! + 1);
  for (const piece of marked) piece.mine = true;
  return marked;
}

/** Marks a phrase or a sentence or two: what readers mark. */
export function markSome(random: Random, draft: Draft, place: Place): Piece[] {
  if (random.chance(0.4)) return markPhrase(random, draft, place, 4);
  const pieces = markSentence(draft, place);
  const next = { ...place, sentence: place.sentence + 1 };
  if (random.chance(0.3) && draft[place.paragraph]![next.sentence]) return [...pieces, ...markSentence(draft, next)];
  return pieces;
}
