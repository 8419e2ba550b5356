import { alignTexts, type Alignment } from './alignment.js';
import { boundsOf } from './bounds.js';
import { rangeOfTokens } from './character-bounds.js';
import { complete } from './complete.js';
import { isContested, isEnough, isLostBeside, isWorthAHint, scoreOf } from './judge.js';
import { locate } from './locate.js';
import { type Remains, remainsOf } from './remains.js';
import type { Range, Selectors } from './selectors.js';
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
  suggestion?: { selectors: Selectors; quote: string; score: number };
}

export type Reanchored = Found | Orphaned;

/**
 * Carries passages from one text of an article to another. Selectors are those of the old text; results are in
 * the order of the passages. The texts are compared once, so give all passages at once.
 */
export function reanchor(oldText: string, newText: string, passages: readonly Selectors[]): Reanchored[] {
  if (passages.length === 0) return [];
  const alignment = alignTexts(oldText, newText);
  return passages.map((selectors) => {
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
  const [best, second] = remainsOf(alignment, first, end, (old) => alignment.toNew[old]!);
  if (!best || !isEnough(best, second)) return orphan(alignment, first, end);
  const place = boundsOf(alignment, first, end, best.kept);
  const moved = mostlyMoved(alignment, best);
  if (
    (moved && isContested(alignment, [first, end], place, best)) ||
    isLostBeside(alignment, [first, end], place, best)
  )
    return orphan(alignment, first, end);
  const whole = best.kept.length === end - first && place[1] - place[0] === end - first && inOrder(best);
  const range = rangeOfTokens(alignment, stood, [first, end], place);
  const selectors = complete(alignment.after.text, range.start, range.end);
  return {
    state: whole ? (moved ? 'moved' : 'anchored') : 'fuzzy',
    selectors,
    quote: selectors.quote.exact,
    score: scoreOf(best),
  };
}

function orphan(alignment: Alignment, first: number, end: number): Orphaned {
  const [sure] = remainsOf(alignment, first, end, (old) => alignment.toNew[old]!);
  const [doubtful] = remainsOf(alignment, first, end, unclaimed(alignment, first, end));
  const best = sure && isWorthAHint(sure) ? sure : doubtful;
  if (!best) return { state: 'orphaned', score: 0 };
  const score = scoreOf(best);
  if (!isWorthAHint(best)) return { state: 'orphaned', score };
  const [start, after] = boundsOf(alignment, first, end, best.kept);
  const selectors = complete(alignment.after.text, alignment.after.starts[start]!, alignment.after.ends[after - 1]!);
  return { state: 'orphaned', score, suggestion: { selectors, quote: selectors.quote.exact, score } };
}

/** Doubtful matches of the passage, without those to new text that other old text has a claim to. */
function unclaimed({ doubtful, toOld }: Alignment, first: number, end: number): (old: number) => number {
  return (old) => {
    const now = doubtful[old]!;
    const claim = now === -1 ? -1 : toOld[now]!;
    return claim === -1 || (claim >= first && claim < end) ? now : -1;
  };
}

function mostlyMoved({ round }: Alignment, { kept }: Remains): boolean {
  return kept.filter(({ old }) => round[old]! > 1).length * 2 > kept.length;
}

function inOrder({ kept }: Remains): boolean {
  return kept.every(({ old }, index) => index === 0 || old > kept[index - 1]!.old);
}
