import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What an article's HTML reads as: by the server's parser and on the page alike. */
export interface ArticleTextVector {
  name: string;
  html: string;
  text: string;
}

const FOLDER = new URL('article-text/', import.meta.url);

/** The files as they are written: lone surrogates in them survive no encoding but JSON's own. */
export const articleTextFiles: readonly (readonly [name: string, json: string])[] = readdirSync(fileURLToPath(FOLDER))
  .sort()
  .map((name) => [name.replace('.json', ''), readFileSync(new URL(name, FOLDER), 'utf8')] as const);

export const articleTextVectors: readonly ArticleTextVector[] = articleTextFiles.flatMap(([file, json]) =>
  (JSON.parse(json) as ArticleTextVector[]).map((vector) => ({ ...vector, name: `${file}: ${vector.name}` })),
);
