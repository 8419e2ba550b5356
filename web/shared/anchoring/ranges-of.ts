import { positionOf, quoteOf, type Selector, type TextQuoteSelector } from './selectors.js';
import { solidOf } from './solid.js';
import type { Span, TextMap } from './text-map.js';

/** The best of several places must lead by so many characters of context: fewer alike are chance. */
const LEAST_LEAD = 4;
/** So many characters of context must be there, in all, where so many were given. */
const LEAST_CONTEXT = 16;

export interface Given {
  /** Whether the page's text is the very text that the selectors are of: its `sha256Hex` is the revision's hash. */
  sameText: boolean;
}

/**
 * Where on this page a passage stands, as ranges of its text nodes; null where that is not certain.
 *
 * In the same text the position says it. In another (the page is older or newer than the selectors, was sent to the server as
 * plain text, or a script changed it) the quote is searched whatever its white space, and context must vouch for a
 * place, for a single one too: all that was given on one side, and more than at any other place. A mark on the wrong words
 * is worse than none.
 */
export function rangesOf(map: TextMap, selectors: readonly Selector[], given: Given): Range[] | null {
  const place = placeOf(map, selectors, given);
  return place && map.rangesOf(place);
}

/** The same as offsets into the page's text. */
export function placeOf(map: TextMap, selectors: readonly Selector[], { sameText }: Given): Span | null {
  const quote = quoteOf(selectors);
  if (quote === undefined) return null;
  const position = positionOf(selectors);
  if (sameText && position && map.text.slice(position.start, position.end) === quote.exact)
    return { start: position.start, end: position.end };
  return search(map, quote);
}

function search(map: TextMap, quote: TextQuoteSelector): Span | null {
  const { text, offsets } = map.solid;
  const wanted = solidOf(quote.exact).text;
  if (wanted === '') return null;
  const prefix = solidOf(quote.prefix).text;
  const suffix = solidOf(quote.suffix).text;
  const given = prefix.length + suffix.length;
  let best: { at: number; alike: number; vouched: boolean } | undefined;
  let second = -1;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = alikeBefore(text, at, prefix);
    const after = alikeAfter(text, at + wanted.length, suffix);
    const whole = (prefix !== '' && before === prefix.length) || (suffix !== '' && after === suffix.length);
    const alike = before + after;
    const vouched = given === 0 || (whole && alike >= Math.min(LEAST_CONTEXT, given));
    if (best === undefined || alike > best.alike) {
      second = best?.alike ?? -1;
      best = { at, alike, vouched };
    } else if (alike > second) second = alike;
  }
  if (!best?.vouched) return null;
  if (second >= 0 && best.alike - second < Math.max(1, Math.min(LEAST_LEAD, given))) return null;
  return { start: offsets[best.at]!, end: offsets[best.at + wanted.length - 1]! + 1 };
}

function alikeBefore(text: string, end: number, prefix: string): number {
  let count = 0;
  while (count < prefix.length && count < end && text[end - 1 - count] === prefix[prefix.length - 1 - count])
    count += 1;
  return count;
}

function alikeAfter(text: string, start: number, suffix: string): number {
  let count = 0;
  while (count < suffix.length && start + count < text.length && text[start + count] === suffix[count]) count += 1;
  return count;
}
