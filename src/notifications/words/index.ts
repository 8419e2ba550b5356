import type { Language } from '../addresses/languages.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import type { Words } from './words.js';

export const CATALOGUE: Record<Language, Words> = { en, de, fr, es };

/** In the language asked for where there is such a one, else in English. */
export function wordsIn(language: string): Words {
  return CATALOGUE[language as Language] ?? en;
}
