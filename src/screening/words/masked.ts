import type { Scan } from './scan.js';
import type { WordPattern } from './word-pattern.js';

/** `f*ck`, `f**k`, `sh#t`: a word whose author took letters out. Short ones could be anything. */
const MASKED = /(?<![\p{L}\p{N}*#])\p{L}[\p{L}*#]{2,28}\p{L}(?![\p{L}\p{N}*#])/gu;
const LEAST = 4;
const VOWEL = /[aeiou]/g;

export interface MaskedWord {
  start: number;
  end: number;
  masked: string;
}

/** How a word looks with one vowel, all vowels, or all but its ends masked. */
function masksOf(word: string): string[] {
  const inside = word.slice(1, -1);
  const frame = (text: string) => `${word.slice(0, 1)}${text}${word.slice(-1)}`;
  const one = [...inside.matchAll(VOWEL)].map(({ index }) => `${inside.slice(0, index)}*${inside.slice(index + 1)}`);
  return [...new Set([...one, inside.replace(VOWEL, '*'), '*'.repeat(inside.length)].map(frame))];
}

/** Words of four ordinary letters or more, by their masks. */
export function masksOfAll(patterns: readonly WordPattern[]): ReadonlyMap<string, WordPattern[]> {
  const all = new Map<string, WordPattern[]>();
  for (const pattern of patterns) {
    const { elements } = pattern.reading;
    const word = elements.map(({ letter }) => letter.plain).join('');
    if (elements.length < LEAST || word.length !== elements.length || pattern.reading.text.includes(' ')) continue;
    for (const mask of masksOf(word).filter((each) => each.includes('*'))) {
      const alike = all.get(mask);
      if (alike) alike.push(pattern);
      else all.set(mask, [pattern]);
    }
  }
  return all;
}

/** Words with letters taken out. Quick where there is no sign of one. */
export function maskedWords({ text }: Scan): MaskedWord[] {
  if (!text.includes('*') && !text.includes('#')) return [];
  return [...text.matchAll(MASKED)]
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length, masked: mask(word) }))
    .filter(({ masked }) => masked.includes('*'));
}

const mask = (word: string) => word.toLowerCase().replaceAll('#', '*');
