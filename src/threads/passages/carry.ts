import {
  complete,
  sameWords,
  wordsNear,
  type Follower,
  type Found,
  type PassageState,
  type Reanchored,
  type Selectors,
  type Suggestion,
} from '../anchoring/index.js';

/** Where a passage stands, in the text of `stoodIn`. An orphan stands where it stood last. */
export interface Standing {
  id: string;
  state: PassageState;
  /** The words as they were marked. */
  original: string;
  stoodIn: number;
  exact: string;
  prefix: string;
  suffix: string;
  startAt: number;
  endAt: number;
  /** What was left of the marked words where it stood, 0 to 1. */
  stoodScore: number;
  /** Where it was marked, and in which text. */
  marked?: { revision: number; start: number; end: number } | null;
}

/** The same for the next text. `score` says what is left of the marked words now. */
export interface Carried extends Omit<Standing, 'stoodScore' | 'marked'> {
  score: number;
  suggestion: Suggestion | null;
  /** Whether readers see a difference: another state, or other words. */
  changed: boolean;
}

/**
 * Carries passages that stood in one and the same text, orphans too, to another one; `follow` has compared the two. The
 * place is judged against where they stood, the words against those that were marked: what was changed once stays
 * `fuzzy` until its own words are back.
 */
export function carry(
  passages: readonly Standing[],
  follow: Follower,
  to: { number: number; text: string },
): Carried[] {
  const results = follow(passages.map(selectorsOf));
  return passages.map((passage, place) => carried(passage, results[place] ?? { state: 'orphaned', score: 0 }, to));
}

/**
 * As it was marked, to be carried from there: words that were changed first and then went come back with the text in
 * which they were marked, of which the text where they stood last says nothing. Undefined: it stood there last.
 * @param text the one in which it was marked
 */
export function asMarked(passage: Standing, text: string): Standing | undefined {
  const { marked } = passage;
  if (!marked || marked.revision === passage.stoodIn) return undefined;
  const { exact, prefix, suffix } = complete(text, marked.start, marked.end).quote;
  const place = { startAt: marked.start, endAt: marked.end, stoodIn: marked.revision, stoodScore: 1 };
  return { ...passage, ...place, exact, prefix, suffix };
}

function carried(passage: Standing, now: Reanchored, { number, text }: { number: number; text: string }): Carried {
  const { stoodScore, marked: _, ...stood } = passage;
  if (now.state === 'orphaned') {
    const changed = passage.state !== 'orphaned';
    const score = round(stoodScore * now.score);
    return { ...stood, state: 'orphaned', score, suggestion: now.suggestion ?? null, changed };
  }
  const { state, score, selectors } = judged(passage, now, text);
  const { exact, prefix, suffix } = selectors.quote;
  const { start: startAt, end: endAt } = selectors.position;
  return {
    ...stood,
    state,
    score,
    stoodIn: number,
    exact,
    prefix,
    suffix,
    startAt,
    endAt,
    suggestion: null,
    changed: state !== passage.state || exact !== passage.exact,
  };
}

function judged(
  { original, exact: before, stoodScore }: Standing,
  { state, selectors, score }: Found,
  text: string,
): Pick<Found, 'state' | 'selectors' | 'score'> {
  if (state !== 'fuzzy' && sameWords(before, original)) return { state, selectors, score: 1 };
  // One edit after the other may have cut off words at its ends that are there again.
  const own = wordsNear(text, selectors.position, original);
  if (own) {
    return { state: state === 'moved' ? 'moved' : 'anchored', selectors: complete(text, own.start, own.end), score: 1 };
  }
  return { state: 'fuzzy', selectors, score: round(stoodScore * score) };
}

function selectorsOf(row: Pick<Standing, 'exact' | 'prefix' | 'suffix' | 'startAt' | 'endAt'>): Selectors {
  return {
    quote: { type: 'TextQuoteSelector', exact: row.exact, prefix: row.prefix, suffix: row.suffix },
    position: { type: 'TextPositionSelector', start: row.startAt, end: row.endAt },
  };
}

function round(score: number): number {
  return Math.round(score * 1_000) / 1_000;
}
