import { alignTexts, type Alignment } from './alignment.js';
import { rangeOfTokens } from './character-bounds.js';
import { complete } from './complete.js';
import { findPlace } from './find-place.js';
import { scoreOf } from './judge.js';
import { locate } from './locate.js';
import type { Range, Selectors } from './selectors.js';
import { suggest, type Suggestion } from './suggest.js';
import { tokensIn } from './tokens.js';

/**
 * What became of a passage. `anchored`: its words stand unchanged where they stood among their neighbours (offsets may
 * differ, typography too); `moved`: unchanged, elsewhere; `fuzzy`: some words changed; `orphaned`: not found with
 * certainty.
 */
export type PassageState = 'anchored' | 'moved' | 'fuzzy' | 'orphaned';

export interface Found {
  state: Exclude<PassageState, 'orphaned'>;
  selectors: Selectors;
  /** The words as they stand now: `selectors.quote.exact`. */
  quote: string;
  /** 0 to 1; 1 when every word is there. */
  score: number;
}

export interface Orphaned {
  state: 'orphaned';
  score: number;
  /** "Perhaps here", for staff to confirm; never attached by itself. */
  suggestion?: Suggestion;
}

export type Reanchored = Found | Orphaned;

/**
 * Carries passages from one text of an article to another. Selectors are those of the old text; results are in
 * the order of the passages. The texts are compared once, so give all passages at once.
 */
export function reanchor(oldText: string, newText: string, passages: readonly Selectors[]): Reanchored[] {
  return passages.length === 0 ? [] : follower(oldText, newText)(passages);
}

/** Carries passages of the old text to the new one, in as many lots as they come. */
export type Follower = (passages: readonly Selectors[]) => Reanchored[];

/** The same where not all passages are known at once: compares the texts now, and holds what it found. */
export function follower(oldText: string, newText: string): Follower {
  const alignment = alignTexts(oldText, newText);
  return (passages) =>
    passages.map((selectors) => {
      const stood = standing(oldText, selectors);
      return stood ? follow(alignment, stood) : { state: 'orphaned', score: 0 };
    });
}

/**
 * Tries an orphan again: `lastText` is the text in which it last stood, `selectors` those it had there. The texts between
 * say nothing more, as a passage follows from two texts alone; found again, it has come back.
 */
export function retryOrphans(lastText: string, newText: string, orphans: readonly Selectors[]): Reanchored[] {
  return reanchor(lastText, newText, orphans);
}

function standing(text: string, { quote, position }: Selectors): Range | null {
  if (text.slice(position.start, position.end) === quote.exact) return position;
  const located = locate(text, { quote, position });
  return typeof located === 'string' ? null : located;
}

function follow(alignment: Alignment, stood: Range): Reanchored {
  const [first, end] = tokensIn(alignment.before, stood.start, stood.end);
  if (first === end) return { state: 'orphaned', score: 0 };
  const found = findPlace(alignment, [first, end]);
  if (!found) return { state: 'orphaned', ...suggest(alignment, [first, end]) };
  const range = rangeOfTokens(alignment, stood, [first, end], found.place);
  const selectors = complete(alignment.after.text, range.start, range.end);
  return {
    state: found.isWhole ? (found.isMoved ? 'moved' : 'anchored') : 'fuzzy',
    selectors,
    quote: selectors.quote.exact,
    score: scoreOf(found.remains),
  };
}
