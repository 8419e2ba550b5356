import { CLOSER, SENTENCE_END, TOKEN, WORD } from './token-patterns.js';
import type { Vocabulary } from './vocabulary.js';

/** How strong the break before a token is. */
export const Break = { none: 0, clause: 1, sentence: 2, paragraph: 3 } as const;

/**
 * A text as words, numbers, signs, and single characters of scripts without spaces. Whitespace and invisible
 * characters are no tokens, so a change of them is no change. Token i is `text.slice(starts[i], ends[i])`.
 */
export interface TokenText {
  text: string;
  length: number;
  starts: Int32Array;
  ends: Int32Array;
  /** Equal for equal words in either text, whatever their case or typography. */
  ids: Int32Array;
  /** The break before each token; one entry more than tokens, as the end of the text is a break too. */
  breaks: Uint8Array;
}

/** Cuts a text into tokens. Offsets are UTF-16 code units and never inside a surrogate pair. */
export function tokenise(text: string, vocabulary: Vocabulary): TokenText {
  const starts: number[] = [];
  const ends: number[] = [];
  const ids: number[] = [];
  const breaks: number[] = [];
  let openSentence = true;
  let clause = false;
  for (const match of text.matchAll(TOKEN)) {
    const raw = match[0];
    const previousEnd = ends.at(-1) ?? 0;
    breaks.push(
      starts.length === 0 ? Break.paragraph : breakBetween(text, previousEnd, match.index, raw, openSentence, clause),
    );
    starts.push(match.index);
    ends.push(match.index + raw.length);
    ids.push(vocabulary.idOf(raw));
    const word = WORD.test(raw);
    if (SENTENCE_END.test(raw)) openSentence = false;
    else if (word || !CLOSER.test(raw)) openSentence = true;
    clause = !word;
  }
  breaks.push(Break.paragraph);
  return {
    text,
    length: ids.length,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    ids: Int32Array.from(ids),
    breaks: Uint8Array.from(breaks),
  };
}

function breakBetween(text: string, from: number, to: number, raw: string, open: boolean, clause: boolean): number {
  const between = text.slice(from, to);
  if (between.includes('\n')) return Break.paragraph;
  // A closing quote without a space still belongs to the sentence that ends.
  if (!open && (between !== '' || !(CLOSER.test(raw) || SENTENCE_END.test(raw)))) return Break.sentence;
  return clause ? Break.clause : Break.none;
}

/** The tokens that a range of the text touches, as `[first, end)`; empty where it touches none. */
export function tokensIn(tokens: TokenText, start: number, end: number): [number, number] {
  const first = firstAbove(tokens.ends, start);
  const after = firstAbove(tokens.starts, end - 1);
  return [first, Math.max(first, after)];
}

function firstAbove(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
