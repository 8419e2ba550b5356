import search from 'approx-string-match';
import { reanchor, type Selectors } from '../../src/threads/anchoring/index.js';

export interface Guess {
  start: number;
  end: number;
}

/** Says where a passage of the old text stands in the new, or null. */
export type Contender = (oldText: string, newText: string, selectors: Selectors) => Guess | null;

export const postil: Contender = (oldText, newText, selectors) => {
  const [result] = reanchor(oldText, newText, [selectors]);
  return result && result.state !== 'orphaned' ? result.selectors.position : null;
};

/** The first place where the very words stand. */
export const exactSearch: Contender = (_oldText, newText, { quote }) => {
  const start = newText.indexOf(quote.exact);
  return start < 0 ? null : { start, end: start + quote.exact.length };
};

const LONGEST_CONTEXT = 32;

/**
 * An approximate search of the new text alone, as annotation clients do it: at most half the letters wrong, candidates
 * ranked by quote (50), prefix (20), suffix (20) and position (2), and no least score.
 */
export const approximateSearch: Contender = (_oldText, newText, { quote, position }) => {
  const matches = search(newText, quote.exact, Math.min(256, quote.exact.length / 2));
  let best: Guess | null = null;
  let bestScore = -1;
  for (const { start, end, errors } of matches) {
    const near = 1 - Math.abs(start - position.start) / newText.length;
    const score =
      50 * (1 - errors / quote.exact.length) +
      20 * likeness(newText.slice(Math.max(0, start - LONGEST_CONTEXT), start), quote.prefix) +
      20 * likeness(newText.slice(end, end + LONGEST_CONTEXT), quote.suffix) +
      2 * near;
    if (score > bestScore) [best, bestScore] = [{ start, end }, score];
  }
  return best;
};

function likeness(text: string, wanted: string): number {
  if (wanted === '') return 1;
  const [match] = search(text, wanted, wanted.length);
  return match ? 1 - match.errors / wanted.length : 0;
}
