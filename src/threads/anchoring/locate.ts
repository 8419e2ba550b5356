import { findQuote } from './find-quote.js';
import type { GivenSelectors, Range } from './selectors.js';

/** Where a quote stands, or why that cannot be told. */
export type Located = Range | 'not-found' | 'ambiguous';

/** By so many characters of context a place must lead: one letter alike is chance, unless no more was given. */
const LEAST_LEAD = 4;
const IGNORED = /[\s\u00ad\u200b-\u200d\u2060\ufeff]/;

/**
 * Resolves a reader's selectors against the very text that the reader's page showed. Of several places the one with the
 * best context is taken; the position decides between places of equal context alone, and only by standing exactly on
 * one. Offsets are UTF-16 code units.
 */
export function locate(text: string, { quote, position }: GivenSelectors): Located {
  const places = findQuote(text, quote.exact);
  if (places.length <= 1) return places[0] ?? 'not-found';
  const prefix = solid(quote.prefix ?? '').reverse();
  const suffix = solid(quote.suffix ?? '');
  const contexts = places.map(({ start, end }) => alike(text, start - 1, -1, prefix) + alike(text, end, 1, suffix));
  const lead = Math.max(1, Math.min(LEAST_LEAD, prefix.length + suffix.length));
  const most = contexts.reduce((one, other) => Math.max(one, other));
  const best = places.filter((_, index) => contexts[index]! > most - lead);
  if (best.length === 1) return best[0]!;
  return best.find(({ start, end }) => start === position?.start && end === position.end) ?? 'ambiguous';
}

/** The code units that count: a browser may add or drop spaces and soft hyphens between them. */
const solid = (text: string): string[] => text.split('').filter((unit) => !IGNORED.test(unit));

/**
 * How many units of a context, read outwards from the quote, are those of the text. It stops at the first that is
 * not, so that a quote of one letter, which stands in thousands of places, costs little.
 */
function alike(text: string, from: number, step: 1 | -1, context: readonly string[]): number {
  let length = 0;
  for (let at = from; at >= 0 && at < text.length && length < context.length; at += step) {
    if (text[at] === context[length]) length += 1;
    else if (!IGNORED.test(text[at]!)) break;
  }
  return length;
}
