import type { Alignment } from './alignment.js';
import { boundsOf } from './bounds.js';
import { complete } from './complete.js';
import { isWorthAHint, scoreOf } from './judge.js';
import { remainsOf } from './remains.js';
import type { Span } from './rivals.js';
import type { Selectors } from './selectors.js';

/** Where an orphan perhaps stands, for a person to confirm. */
export interface Suggestion {
  selectors: Selectors;
  quote: string;
  score: number;
}

/** How much of an orphan is left, and a hint where that is enough for one. */
export function suggest(alignment: Alignment, [first, end]: Span): { score: number; suggestion?: Suggestion } {
  const [sure] = remainsOf(alignment, first, end, (old) => alignment.toNew[old]!);
  const [doubtful] = remainsOf(alignment, first, end, unclaimed(alignment, first, end));
  const best = sure && isWorthAHint(sure) ? sure : doubtful;
  if (!best) return { score: 0 };
  const score = scoreOf(best);
  if (!isWorthAHint(best)) return { score };
  const [start, after] = boundsOf(alignment, first, end, best.kept);
  const selectors = complete(alignment.after.text, alignment.after.starts[start]!, alignment.after.ends[after - 1]!);
  return { score, suggestion: { selectors, quote: selectors.quote.exact, score } };
}

/** Doubtful matches of the passage, without those to new text that other old text has a claim to. */
function unclaimed({ doubtful, toOld }: Alignment, first: number, end: number): (old: number) => number {
  return (old) => {
    const now = doubtful[old]!;
    const claim = now === -1 ? -1 : toOld[now]!;
    return claim === -1 || (claim >= first && claim < end) ? now : -1;
  };
}
