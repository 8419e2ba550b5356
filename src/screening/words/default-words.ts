import lists from 'naughty-words';
import { problemOfWord } from './word-pattern.js';

/**
 * A public list (LDNOOBW, CC BY 4.0) for a site to begin with and to edit, by ISO 639-1; empty where there is none.
 * Meant to hold alone: such a list cannot tell an insult from harmless swearing or from an answer to it.
 */
export function defaultWords(language: string): readonly string[] {
  const list = Object.hasOwn(lists, language) ? (lists[language] ?? []) : [];
  return list.filter((word) => problemOfWord(word) === undefined);
}
