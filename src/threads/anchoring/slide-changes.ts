import type { Change } from './diff-tokens.js';
import type { TokenText } from './tokens.js';

/**
 * An insertion or deletion between equal tokens may be reported at several places: `[. Inserted] .` or
 * `. [Inserted .]`. Each is slid to where it begins and ends at the strongest breaks, so that an inserted sentence
 * is a whole sentence and does not take the full stop of its neighbour.
 */
export function slideChanges(changes: readonly Change[], before: TokenText, after: TokenText): Change[] {
  const result: Change[] = [];
  for (const [index, change] of changes.entries()) {
    const by = bestShift(
      change,
      result.at(-1)?.oldEnd ?? 0,
      changes[index + 1]?.oldStart ?? before.length,
      before,
      after,
    );
    result.push({
      oldStart: change.oldStart + by,
      oldEnd: change.oldEnd + by,
      newStart: change.newStart + by,
      newEnd: change.newEnd + by,
    });
  }
  return result;
}

/** How far to shift a change of one side alone, between what was settled before it and the change that follows. */
function bestShift(change: Change, from: number, to: number, before: TokenText, after: TokenText): number {
  const deleted = change.newStart === change.newEnd;
  if (!deleted && change.oldStart !== change.oldEnd) return 0;
  const { ids, breaks } = deleted ? before : after;
  const [start, end] = deleted ? [change.oldStart, change.oldEnd] : [change.newStart, change.newEnd];
  let left = 0;
  while (left < change.oldStart - from && ids[start - left - 1] === ids[end - left - 1]) left += 1;
  let right = 0;
  while (right < to - change.oldEnd && ids[start + right] === ids[end + right]) right += 1;
  let best = 0;
  let bestScore = -1;
  // From the right: of two equal ones the later is taken for the copy.
  for (let by = right; by >= -left; by -= 1) {
    const score = breaks[start + by]! + breaks[end + by]!;
    if (score > bestScore) [best, bestScore] = [by, score];
  }
  return best;
}
