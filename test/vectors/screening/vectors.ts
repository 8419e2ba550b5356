import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('./', import.meta.url);
const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T;

/** The list that evasions evade. */
export const listedWords = read<string[]>('words.json');

/** What no list may find: words that contain listed ones, and texts of many languages. */
export const innocentTexts = read<string[]>('innocent.json');

/** By kind of disguise: the word, and a text that has it. */
export const evasions: readonly (readonly [kind: string, cases: readonly (readonly [word: string, text: string])[]])[] =
  readdirSync(fileURLToPath(new URL('evasions/', FOLDER)))
    .sort()
    .map((name) => [name.replace('.json', ''), read(`evasions/${name}`)] as const);
