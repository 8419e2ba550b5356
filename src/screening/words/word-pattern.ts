import { ownLetters, type OwnLetters } from './alphabets.js';
import { readingOf, type Reading } from './reading.js';
import { scan, type Element } from './scan.js';
import type { Script } from './letters.js';

/** Code units of a word of a list, stars included. */
export const LONGEST_WORD = 100;

/** A word of a list, read as texts are. */
export interface WordPattern {
  readonly word: string;
  /** Number of its list. */
  readonly list: number;
  /** `*` at that end: it may be part of a longer word. */
  readonly openStart: boolean;
  readonly openEnd: boolean;
  readonly reading: Reading;
  readonly script: Script;
  readonly letters: number;
  /** Letters of its language that no mark turns into others. */
  readonly own: OwnLetters;
}

/** Why a word of a list cannot be looked for, or undefined. Nothing but letters, signs, spaces, and `*` at the ends. */
export function problemOfWord(word: string): string | undefined {
  if (word.length > LONGEST_WORD) return `has at most ${LONGEST_WORD} characters`;
  const inside = inner(word);
  if (inside.includes('*')) return 'has * at its ends alone';
  const { elements, tokens } = scan(inside);
  if (elements.length === 0) return 'has a letter';
  if (tokens.length > 10) return 'has at most 10 words';
  const letters = elements.filter(({ letter }) => letter.kind === 'letter').length;
  return letters * 5 < elements.length * 2 ? 'is of letters more than of digits and signs' : undefined;
}

const inner = (word: string) => word.trim().replace(/^\*/, '').replace(/\*$/, '').trim();

/** @param word one of which problemOfWord says nothing. */
export function wordPattern(word: string, list: number, language?: string): WordPattern {
  const trimmed = word.trim();
  const { elements, tokens, mainScript } = scan(inner(word));
  return {
    word: trimmed,
    list,
    openStart: trimmed.startsWith('*'),
    openEnd: trimmed.endsWith('*'),
    reading: readingOf(tokens.map(({ first, end }): readonly Element[] => elements.slice(first, end))),
    script: mainScript,
    letters: elements.length,
    own: ownLetters(language),
  };
}
