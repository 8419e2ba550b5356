import { positionOf, quoteOf, type Selector, type TextQuoteSelector } from './selectors.js';
import { solidOf } from './solid.js';
import type { Span, TextMap } from './text-map.js';

/** A side of context says something from so many characters on, or where the text itself ends before. */
const LEAST_SIDE = 16;
/** Where one side alone is as it was: so long must the quote be, with what is alike on the other side. */
const LEAST_QUOTE = 40;
/** The best of several places must lead by so many characters of context: fewer alike are chance. */
const LEAST_LEAD = 4;

export interface Given {
  /**
   * Whether the page's text is the very text that the selectors are of: its `sha256Hex` is the hash of the anchor's own
   * revision. An orphan's is an older one than the newest.
   */
  sameText: boolean;
}

/**
 * Where on this page a passage stands, as ranges of its text nodes; null where that is not certain.
 *
 * In the same text the position says it. In another (the page is older or newer than the selectors, was sent to the server
 * as plain text, or a script changed it) the quote is searched whatever its white space, and context must vouch for a
 * place, for a single one too: both sides as they were, or of a long quote one; and more than at any other place. A mark
 * on the wrong words is worse than none.
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
  let best = { at: -1, alike: -1, vouched: false };
  let second = -1;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const before = alikeBefore(text, at, prefix);
    const after = alikeAfter(text, end, suffix);
    const wholeBefore = before === prefix.length && (before >= LEAST_SIDE || at === before);
    const wholeAfter = after === suffix.length && (after >= LEAST_SIDE || end + after === text.length);
    const vouched =
      (wholeBefore && (wholeAfter || wanted.length + after >= LEAST_QUOTE)) ||
      (wholeAfter && wanted.length + before >= LEAST_QUOTE);
    const alike = before + after;
    second = Math.max(second, Math.min(alike, best.alike));
    if (alike > best.alike) best = { at, alike, vouched };
  }
  const lead = Math.max(1, Math.min(LEAST_LEAD, prefix.length + suffix.length));
  if (!best.vouched || (second >= 0 && best.alike - second < lead)) return null;
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
  while (count < suffix.length && text[start + count] === suffix[count]) count += 1;
  return count;
}
