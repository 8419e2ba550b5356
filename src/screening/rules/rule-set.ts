import type { Rule } from './rule.js';
import type { Problem } from './shape.js';

export const MOST_RULES = 200;
/** Each holds up every post for as long as its service takes. */
const MOST_EXTERNAL = 3;
/** Over all lists of a site: what a node keeps in memory for it. */
const MOST_WORDS = 60_000;

/** What is wrong with rules that are each right. */
export function problemsOfSet(rules: readonly Pick<Rule, 'kind' | 'params'>[]): Problem[] {
  const external = rules.filter(({ kind }) => kind === 'external').length;
  const words = rules.reduce((sum, each) => sum + wordsIn(each), 0);
  return [
    ...(rules.length > MOST_RULES ? [`It has at most ${MOST_RULES} rules.`] : []),
    ...(external > MOST_EXTERNAL ? [`It has at most ${MOST_EXTERNAL} rules of the kind external.`] : []),
    ...(words > MOST_WORDS ? [`Its lists have at most ${MOST_WORDS.toLocaleString('en-GB')} words together.`] : []),
  ].map((detail) => ({ pointer: '', detail }));
}

function wordsIn({ kind, params }: Pick<Rule, 'kind' | 'params'>): number {
  return kind === 'words' ? (params as { words: readonly string[] }).words.length : 0;
}
