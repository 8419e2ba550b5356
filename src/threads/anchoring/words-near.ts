import type { Range } from './selectors.js';
import { tokenise } from './tokens.js';
import { Vocabulary } from './vocabulary.js';

const SPACE = /\s/;
/** In scripts without spaces a word is a character: no need to look for where one begins. */
const LONGEST_WORD = 60;

/**
 * Where all the words of `words` stand in a row in a place that shares something with `place`, whatever their
 * typography. Null where they do not, or do twice. Offsets are UTF-16 code units.
 */
export function wordsNear(text: string, place: Range, words: string): Range | null {
  const from = outwards(text, Math.max(0, place.start - words.length), -1);
  const to = outwards(text, Math.min(text.length, place.end + words.length), 1);
  const vocabulary = new Vocabulary();
  const wanted = tokenise(words, vocabulary);
  const near = tokenise(text.slice(from, to), vocabulary);
  if (wanted.length === 0) return null;
  const found: Range[] = [];
  for (let first = 0; first + wanted.length <= near.length; first += 1) {
    if (!wanted.ids.every((id, at) => id === near.ids[first + at])) continue;
    const range = { start: from + near.starts[first]!, end: from + near.ends[first + wanted.length - 1]! };
    if (range.start < place.end && range.end > place.start) found.push(range);
  }
  return found.length === 1 ? found[0]! : null;
}

/** To the next space, so that no word is cut in two. */
function outwards(text: string, at: number, step: 1 | -1): number {
  let index = at;
  for (let steps = 0; steps < LONGEST_WORD && index > 0 && index < text.length; steps += 1) {
    if (SPACE.test(text[index]!)) break;
    index += step;
  }
  return index;
}
