import type { Alignment } from './alignment.js';
import type { Span } from './rivals.js';
import type { Range } from './selectors.js';

/**
 * The characters of a place in the new text. Readers mark what they like: a passage that began inside a word, or
 * with the space before it, still does where that word or space is unchanged. Offsets are UTF-16 code units.
 */
export function rangeOfTokens(alignment: Alignment, stood: Range, passage: Span, place: Span): Range {
  const { before, after, toNew } = alignment;
  const [first, last] = [passage[0], passage[1] - 1];
  let start = after.starts[place[0]]!;
  let end = after.ends[place[1] - 1]!;
  if (toNew[first] === place[0]) {
    const by = stood.start - before.starts[first]!;
    if (by < 0 && before.text.slice(stood.start, before.starts[first]) === after.text.slice(start + by, start))
      start += by;
    if (by > 0 && sameToken(alignment, first, place[0])) start += by;
  }
  if (toNew[last] === place[1] - 1) {
    const by = stood.end - before.ends[last]!;
    if (by > 0 && before.text.slice(before.ends[last], stood.end) === after.text.slice(end, end + by)) end += by;
    if (by < 0 && sameToken(alignment, last, place[1] - 1)) end += by;
  }
  return { start, end };
}

function sameToken({ before, after }: Alignment, old: number, now: number): boolean {
  return (
    before.text.slice(before.starts[old], before.ends[old]) === after.text.slice(after.starts[now], after.ends[now])
  );
}
