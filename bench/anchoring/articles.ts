import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Draft, read } from './draft.js';
import type { Language } from './language.js';
import type { Random } from './random.js';

const FILE = join(process.env.POSTIL_DATA ?? '../shared/data', 'anchoring/revisions.json');

/** The texts of real articles, or none where the data is missing. */
export function realTexts(): string[] {
  if (!existsSync(FILE)) return [];
  const { articles } = JSON.parse(readFileSync(FILE, 'utf8')) as { articles: { revisions: string[] }[] };
  return articles.map(({ revisions }) => revisions.at(-1)!);
}

/** Half the articles are of made-up words, half of paragraphs of real articles, where there are any. */
export function article(random: Random, language: Language, real: readonly string[]): Draft {
  const invented = real.length === 0 || random.chance(0.5);
  const text = invented
    ? Array.from({ length: random.between(5, 14) }, () => language.paragraph()).join('\n')
    : Array.from({ length: 3 }, () => random.pick(real)).join('\n');
  const seen = new Set<string>();
  // The same article may have been picked twice; the truth needs sentences that stand once.
  return read(text)
    .map((paragraph) =>
      paragraph.filter((sentence) => {
        const key = sentence.map((piece) => piece.text).join(' ');
        return seen.size < seen.add(key).size;
      }),
    )
    .filter((paragraph) => paragraph.length > 0);
}
