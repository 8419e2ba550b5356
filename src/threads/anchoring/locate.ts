import { findQuote } from './find-quote.js';
import type { GivenSelectors, Range } from './selectors.js';

/** Where a quote stands, or why that cannot be told. */
export type Located = Range | 'not-found' | 'ambiguous';

/**
 * Resolves a reader's selectors against the very text that the reader's page showed. Of several places the one with the
 * best context is taken; the position decides between places of equal context alone, and only by standing exactly on
 * one. Offsets are UTF-16 code units.
 */
export function locate(text: string, { quote, position }: GivenSelectors): Located {
  const places = findQuote(text, quote.exact);
  if (places.length === 0) return 'not-found';
  const scored = places.map((place) => ({ place, context: contextOf(text, place, quote) }));
  const most = Math.max(...scored.map(({ context }) => context));
  const best = scored.filter(({ context }) => context > most - lead(quote)).map(({ place }) => place);
  if (best.length === 1) return best[0]!;
  return best.find(({ start, end }) => start === position?.start && end === position.end) ?? 'ambiguous';
}

/** By so many characters of context a place must lead: one letter alike is chance, unless no more was given. */
function lead({ prefix = '', suffix = '' }: GivenSelectors['quote']): number {
  return Math.max(1, Math.min(4, [...solid(prefix + suffix)].length));
}

/** How many characters of the context, read outwards from the quote, are those of the text; spaces don't count. */
function contextOf(text: string, { start, end }: Range, quote: GivenSelectors['quote']): number {
  const before = [...solid(text.slice(Math.max(0, start - reach(quote.prefix)), start))].reverse();
  const prefix = [...solid(quote.prefix ?? '')].reverse();
  const after = [...solid(text.slice(end, end + reach(quote.suffix)))];
  return common(before, prefix) + common(after, [...solid(quote.suffix ?? '')]);
}

/** Far enough into the text that extra spaces there don't hide context. */
const reach = (context: string | undefined): number => 2 * (context?.length ?? 0) + 32;

const solid = (text: string): string => text.replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff]+/g, '').normalize('NFC');

function common(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}
