import { ceilToPair, floorToPair } from './code-points.js';
import type { Selectors } from './selectors.js';

/** The least number of UTF-16 code units of context on each side, where the text has them. */
export const CONTEXT_LENGTH = 32;

/**
 * The selectors of a part of a text, with context from the text itself. Offsets are UTF-16 code units; a bound
 * that would split a surrogate pair moves outwards, so that no half of a character is ever quoted.
 */
export function complete(text: string, start: number, end: number, context = CONTEXT_LENGTH): Selectors {
  const from = floorToPair(text, start);
  const to = Math.max(from, ceilToPair(text, end));
  return {
    quote: {
      type: 'TextQuoteSelector',
      exact: text.slice(from, to),
      prefix: text.slice(floorToPair(text, from - context), from),
      suffix: text.slice(to, ceilToPair(text, to + context)),
    },
    position: { type: 'TextPositionSelector', start: from, end: to },
  };
}
