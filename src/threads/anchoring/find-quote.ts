import { splitsPair } from './code-points.js';
import type { Range } from './selectors.js';

/** What a browser may add or drop between the characters of a text: spaces of any kind, soft hyphens, joiners. */
const LOOSE = String.raw`[\s\u00ad\u200b-\u200d\u2060\ufeff]`;

/**
 * Every place where a quote stands, overlapping ones too: letter by letter, or, if nowhere so, whatever its spaces, soft
 * hyphens and Unicode composition.
 */
export function findQuote(text: string, quote: string): Range[] {
  if (quote.trim() === '') return [];
  const exact: Range[] = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1))
    if (!splitsPair(text, at) && !splitsPair(text, at + quote.length))
      exact.push({ start: at, end: at + quote.length });
  return exact.length > 0 ? exact : findLoosely(text, quote);
}

function findLoosely(text: string, quote: string): Range[] {
  const wanted = solidCharacters(quote.replace(new RegExp(`^${LOOSE}+|${LOOSE}+$`, 'g'), ''));
  const given = solidCharacters(text);
  const joined = given.map(({ value }) => value).join('');
  const needle = wanted.map(({ value }) => value).join('');
  if (needle === '') return [];
  const offsets = new Map<number, number>();
  let length = 0;
  for (const [index, { value }] of given.entries()) {
    offsets.set(length, index);
    length += value.length;
  }
  offsets.set(length, given.length);
  const places: Range[] = [];
  for (let at = joined.indexOf(needle); at >= 0; at = joined.indexOf(needle, at + 1)) {
    const first = offsets.get(at);
    const after = offsets.get(at + needle.length);
    if (first !== undefined && after !== undefined)
      places.push({ start: given[first]!.start, end: given[after - 1]!.end });
  }
  return places;
}

/** The characters that count, composed, each with where it stands; a letter and its marks are one. */
function solidCharacters(text: string): (Range & { value: string })[] {
  const result: (Range & { value: string })[] = [];
  for (const match of text.matchAll(new RegExp(`(?!${LOOSE})\\P{M}\\p{M}*|\\p{M}`, 'gu')))
    result.push({ value: match[0].normalize('NFC'), start: match.index, end: match.index + match[0].length });
  return result;
}
