import { tokenise } from './tokens.js';
import { Vocabulary } from './vocabulary.js';

/** Whether two quotes say the same, word by word; typography, case, spaces and composition may differ. */
export function sameWords(one: string, other: string): boolean {
  if (one === other) return true;
  const vocabulary = new Vocabulary();
  const [a, b] = [tokenise(one, vocabulary), tokenise(other, vocabulary)];
  return a.length === b.length && a.ids.every((id, place) => id === b.ids[place]);
}
