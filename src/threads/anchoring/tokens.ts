import { Break, BreakReader } from './breaks.js';
import type { Vocabulary } from './vocabulary.js';

const LINE_FEED = 10;

/** What parts chunks: JavaScript's white space but the byte order mark, which is invisible and parts nothing. */
function isSpace(unit: number): boolean {
  if (unit < 128) return unit === 32 || (unit >= 9 && unit <= 13);
  return (
    unit === 0xa0 ||
    unit === 0x85 ||
    unit === 0x3000 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x1680 ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f
  );
}

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
  // No text has more tokens than code units; what is not needed is given back below.
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  const ids = new Int32Array(text.length);
  const breaks = new Uint8Array(text.length + 1);
  const reader = new BreakReader();
  let length = 0;
  for (let at = 0; at < text.length;) {
    const from = at;
    let newLine = false;
    for (; at < text.length && isSpace(text.charCodeAt(at)); at += 1) newLine ||= text.charCodeAt(at) === LINE_FEED;
    const start = at;
    while (at < text.length && !isSpace(text.charCodeAt(at))) at += 1;
    let spaced = start > from;
    for (const token of vocabulary.tokensOf(text.slice(start, at))) {
      breaks[length] = reader.breakBefore(token, spaced, newLine);
      starts[length] = start + token.start;
      ends[length] = start + token.end;
      ids[length] = token.id;
      length += 1;
      spaced = newLine = false;
    }
    // A chunk of invisible characters alone hides no line break.
    if (newLine) reader.newLine();
  }
  breaks[length] = Break.paragraph;
  return {
    text,
    length,
    starts: starts.slice(0, length),
    ends: ends.slice(0, length),
    ids: ids.slice(0, length),
    breaks: breaks.slice(0, length + 1),
  };
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
