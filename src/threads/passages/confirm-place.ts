import { complete, reanchor, sameWords } from '../anchoring/index.js';
import type { Carried } from './carry.js';
import type { PassageRow } from './passage.view.js';

/**
 * A passage at the place that a person says is its own: `anchored` where the marked words stand there, else `fuzzy`,
 * however little of them is left.
 */
export function confirmed(
  before: Pick<PassageRow, 'state' | 'original' | 'stoodIn' | 'startAt' | 'endAt'>,
  place: Carried,
  newest: number,
): Carried {
  const { original } = before;
  const same = sameWords(place.exact, original);
  const stays =
    before.state !== 'orphaned' &&
    before.stoodIn === newest &&
    before.startAt === place.startAt &&
    before.endAt === place.endAt;
  return {
    ...place,
    original,
    state: same ? 'anchored' : 'fuzzy',
    score: same ? 1 : likeness(original, place.exact),
    changed: !stays,
  };
}

function likeness(original: string, words: string): number {
  const [result] = reanchor(original, words, [complete(original, 0, original.length)]);
  return result?.score ?? 0;
}
