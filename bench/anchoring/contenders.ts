import search from 'approx-string-match';
import { reanchor, type Selectors } from '../../src/threads/anchoring/index.js';

export interface Guess {
  start: number;
  end: number;
}

export interface Answer {
  /** Where the passage stands in the new text; null for an orphan. */
  found: Guess | null;
  /** Where an orphan perhaps stands. */
  suggested?: Guess;
}

/** Says where a passage of the old text stands in the new. */
export type Contender = (oldText: string, newText: string, selectors: Selectors) => Answer;

const postil: Contender = (oldText, newText, selectors) => {
  const [result] = reanchor(oldText, newText, [selectors]);
  return result!.state === 'orphaned'
    ? { found: null, suggested: result!.suggestion?.selectors.position }
    : { found: result!.selectors.position };
};

/** The first place where the very words stand. */
const exactSearch: Contender = (_oldText, newText, { quote }) => {
  const start = newText.indexOf(quote.exact);
  return { found: start < 0 ? null : { start, end: start + quote.exact.length } };
};

const LONGEST_CONTEXT = 32;

/**
 * An approximate search of the new text alone, as annotation clients do it: at most half the letters wrong, candidates
 * ranked by quote (50), prefix (20), suffix (20) and position (2), and no least score.
 */
const approximateSearch: Contender = (_oldText, newText, { quote, position }) => {
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
  return { found: best };
};

function likeness(text: string, wanted: string): number {
  if (wanted === '') return 1;
  const [match] = search(text, wanted, wanted.length);
  return match ? 1 - match.errors / wanted.length : 0;
}

/** By name, as they stand in the tables. */
export const CONTENDERS: Record<string, Contender> = { postil, exact: exactSearch, approximate: approximateSearch };
