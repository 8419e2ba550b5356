import { complete } from '../../src/threads/anchoring/index.js';
import { article, realTexts } from './articles.js';
import type { Case, Kind } from './case.js';
import { CONTENDERS } from './contenders.js';
import { GONE } from './kinds-gone.js';
import { THERE } from './kinds-there.js';
import { Language } from './language.js';
import { Random } from './random.js';
import { count, emptyTally, type Tally } from './tally.js';

/** Cases of one kind, each from an article of its own. */
export function casesOf(kind: Kind, name: string, seed: number, wanted: number): Case[] {
  const random = new Random([...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed));
  const language = new Language(random);
  const real = realTexts();
  const cases: Case[] = [];
  while (cases.length < wanted) {
    const built = kind({ random, language }, article(random, language, real));
    if (built?.before.passage) cases.push(built);
  }
  return cases;
}

/** Runs every kind against every contender. */
export function measure(seed: number, wanted: number, contenders: readonly string[]): Map<string, Map<string, Tally>> {
  const results = new Map<string, Map<string, Tally>>();
  for (const [name, kind] of Object.entries({ ...THERE, ...GONE })) {
    const tallies = new Map(contenders.map((contender) => [contender, emptyTally()]));
    for (const built of casesOf(kind, name, seed, wanted)) {
      const { start, end } = built.before.passage!;
      const selectors = complete(built.before.text, start, end);
      for (const [contender, tally] of tallies)
        count(tally, built, CONTENDERS[contender]!(built.before.text, built.after.text, selectors));
    }
    results.set(name, tallies);
  }
  return results;
}
