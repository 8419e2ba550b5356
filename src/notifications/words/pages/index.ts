import type { Language } from '../../addresses/languages.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import type { PageWords } from './page-words.js';

export const PAGE_WORDS: Record<Language, PageWords> = { en, de, fr, es };
