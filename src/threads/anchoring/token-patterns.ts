/** Letters that are written without spaces: each is a token of its own, with its marks. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]`;
const SPACED = String.raw`[\p{L}--${UNSPACED}]`;
/** Soft hyphen, zero-width space and joiners, word joiner, variation selectors: nothing to the reader. */
const INVISIBLE = String.raw`\u00ad\u200b-\u200d\u2060\ufeff`;
const BIDI = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
const QUOTE = String.raw`"'\u0060\u00b4\u02bc\u2018-\u201f\u2032-\u2036\u2039\u203a\u00ab\u00bb\u275b-\u275e\u300c-\u300f\u301d-\u301f\uff02\uff07`;

// Letters and digits are one word ("1990s", "G20"); an apostrophe or a decimal point belongs to it inside only.
const word = String.raw`[${SPACED}\p{N}](?:[${SPACED}\p{N}\p{M}]|[${INVISIBLE}'\u2018\u2019\u02bc\uff07]+(?=${SPACED})|[${INVISIBLE}]+(?=\p{N})|(?<=\p{N})[.,:](?=\p{N}))*`;
const emoji = String.raw`\p{RI}\p{RI}|\p{Extended_Pictographic}[\p{EMod}\p{M}]*(?:\u200d\p{Extended_Pictographic}[\p{EMod}\p{M}]*)*`;
const sign = String.raw`\.{2,}|-{2,}|''|\u0060\u0060|[^\s${INVISIBLE}${BIDI}]\p{M}*`;

/** One token: a character without spaces, a word, a number, an emoji with its joiners, or one sign. */
export const TOKEN = new RegExp(`${UNSPACED}\\p{M}*|${word}|${emoji}|${sign}`, 'gv');

/** What counts as a word: anything but punctuation, symbols that join and marks alone. */
export const WORD = /^[\p{L}\p{N}\p{So}\p{Sc}]/v;
export const SENTENCE_END = /^(?:[.!?…。！？｡؟۔।॥։]|\.{2,})/v;
export const CLOSER = new RegExp(`^(?:[${QUOTE}\\)\\]\\}）］｝】]|'')`, 'v');

const QUOTES = new RegExp(`^(?:[${QUOTE}]|''|\u0060\u0060)$`, 'v');
const DASHES = /^(?:-{2,}|\p{Pd}|\u2212)$/v;
const DROPPED = new RegExp(`[${INVISIBLE}${BIDI}]`, 'gv');
const APOSTROPHES = /[\u2018\u2019\u02bc\uff07]/g;

/**
 * The form under which two tokens are the same: without case, compatibility forms (ligatures, NFD, full width),
 * soft hyphens, and the choice of quotes, dashes and apostrophes.
 */
export function fold(raw: string): string {
  if (/^[a-z0-9]+$/i.test(raw)) return raw.toLowerCase();
  if (/^[.,;:!?]$/.test(raw)) return raw;
  if (QUOTES.test(raw)) return '"';
  if (DASHES.test(raw)) return '-';
  if (raw.startsWith('..')) return '...';
  return raw.replace(DROPPED, '').normalize('NFKC').toLowerCase().normalize('NFKC').replace(APOSTROPHES, "'");
}
