import type { TextPositionSelector, TextQuoteSelector } from './selectors.js';
import type { Span, TextMap } from './text-map.js';

/** The longest quote that the server takes, in UTF-16 code units. */
export const MAX_QUOTE_LENGTH = 1_500;

/** Context on each side: the first with which the quote stands in one place alone, else the last. */
const CONTEXT_LENGTHS = [32, 64, 128, 256, 512];
/** And so many more, that a look-alike does not differ by a letter alone. */
const MARGIN = 8;

/**
 * The selectors of what a person has selected, or null where none of it is the article's text. White space at its ends is not
 * in it, and no character is cut in two: neither a surrogate pair nor a cluster that reads as one letter or one emoji.
 * What reaches beyond the article is cut off, what lies within is left out where it is not the article's (advertisements).
 */
export function selectorsOf(
  map: TextMap,
  selected: Selection | Range,
): [TextQuoteSelector, TextPositionSelector] | null {
  const span = spanOf(map, selected);
  if (span === null) return null;
  const { start, end } = span;
  const exact = map.text.slice(start, end);
  const length = CONTEXT_LENGTHS.find((units) => isUnique(map.text, around(map.text, span, units))) ?? 512;
  const context = around(map.text, span, length + MARGIN);
  return [
    {
      type: 'TextQuoteSelector',
      exact,
      prefix: map.text.slice(context.start, start),
      suffix: map.text.slice(end, context.end),
    },
    { type: 'TextPositionSelector', start, end },
  ];
}

function spanOf(map: TextMap, selected: Selection | Range): Span | null {
  const ranges = 'rangeCount' in selected ? rangesIn(selected) : [selected];
  const first = ranges[0];
  const last = ranges.at(-1);
  if (!first || !last) return null;
  const start = map.offsetOf(first.startContainer, first.startOffset);
  const end = map.offsetOf(last.endContainer, last.endOffset);
  if (start === null || end === null) return null;
  return snap(map.text, trim(map.text, { start, end }));
}

/** Of a table Firefox selects a range a cell. */
const rangesIn = (selection: Selection): Range[] =>
  Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));

/** Spaces and line ends are all the white space that the text has. */
function trim(text: string, { start, end }: Span): Span {
  while (start < end && isWhite(text[start]!)) start += 1;
  while (end > start && isWhite(text[end - 1]!)) end -= 1;
  return { start, end };
}

const isWhite = (unit: string): boolean => unit === ' ' || unit === '\n';

function snap(text: string, { start, end }: Span): Span | null {
  if (start >= end) return null;
  return { start: clusterAt(text, start).start, end: clusterAt(text, end - 1).end };
}

/** The letter, with its marks, or the emoji, with its parts, that the unit belongs to: never beyond its line. */
function clusterAt(text: string, at: number): Span {
  const from = text.lastIndexOf('\n', at) + 1;
  const to = text.indexOf('\n', at);
  const line = text.slice(from, to < 0 ? undefined : to);
  const cluster = graphemes()
    ?.segment(line)
    .containing(at - from);
  if (cluster) return { start: from + cluster.index, end: from + cluster.index + cluster.segment.length };
  return { start: floorToPair(text, at), end: ceilToPair(text, at + 1) };
}

let segmenter: Intl.Segmenter | undefined;
/** Firefox has it since 2024. */
const graphemes = (): Intl.Segmenter | undefined =>
  'Segmenter' in Intl ? (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })) : undefined;

function around(text: string, { start, end }: Span, units: number): Span {
  return {
    start: floorToPair(text, Math.max(0, start - units)),
    end: ceilToPair(text, Math.min(text.length, end + units)),
  };
}

function isUnique(text: string, { start, end }: Span): boolean {
  const part = text.slice(start, end);
  return text.indexOf(part) === start && text.indexOf(part, start + 1) < 0;
}

const splitsPair = (text: string, at: number): boolean =>
  /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
const floorToPair = (text: string, at: number): number => (splitsPair(text, at) ? at - 1 : at);
const ceilToPair = (text: string, at: number): number => (splitsPair(text, at) ? at + 1 : at);
