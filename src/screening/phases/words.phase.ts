import type { Comment } from '../rules/comment.js';
import type { RuleKind, Said } from '../rules/rule-kind.js';
import { fields, list, optional, text, type Checked } from '../rules/shape.js';
import type { Disguise } from '../words/compare.js';
import { WordMatcher, type WordHit } from '../words/word-matcher.js';
import { problemOfWord } from '../words/word-pattern.js';

const word = text(problemOfWord);

const params = fields({
  /** A `*` at an end stands for any letters: `idiot*`. */
  words: list(word, { least: 1, most: 20_000 }),
  except: optional(list(word, { most: 20_000 }), []),
  /** BCP 47, of the list. */
  language: optional(text((tag) => (isLanguage(tag) ? undefined : 'is a language, such as en or de-AT'))),
});

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Guesses, and they hold at most. */
const UNSURE: ReadonlySet<Disguise> = new Set(['split', 'masked']);
const SURENESS = { plain: 1, disguised: 0.9, unsure: 0.5 };

const isUnsure = ({ disguises }: WordHit) => disguises.some((disguise) => UNSURE.has(disguise));

function said(comment: Comment, hits: readonly WordHit[], unsure: boolean): Said[] {
  if (hits.length === 0) return [];
  const plain = hits.some(({ disguises }) => disguises.length === 0);
  const score = unsure ? SURENESS.unsure : plain ? SURENESS.plain : SURENESS.disguised;
  const words = [...new Set(hits.map((hit) => hit.word))];
  const disguises = [...new Set(hits.flatMap((hit) => hit.disguises))];
  const how = disguises.length === 0 ? '' : `, written in disguise (${disguises.join(', ')})`;
  const which = words.slice(0, 5).map((each) => `“${each}”`);
  const more = words.length > 5 ? ` and ${words.length - 5} more` : '';
  const explanation = `${unsure ? 'Perhaps it' : 'It'} has ${which.join(', ')}${more} of the list${how}.`;
  return [{ score, evidence: hits.map((hit) => comment.evidence(hit)), explanation, holdsAtMost: unsure }];
}

/**
 * Words that a site does not want (`reject`) or wants to see first (`hold`): one rule a list, a list a language. Whole
 * words, so Scunthorpe is safe; read as the eye reads them, so disguises do not help.
 */
export const wordsPhase: RuleKind<Checked<typeof params>> = {
  kind: 'words',
  action: 'hold',
  params,
  async compile(lists) {
    const matcher = await WordMatcher.ready(lists);
    return (comment) => {
      const hits = Map.groupBy(matcher.find(comment.scan), ({ list: number }) => number);
      return lists.map((_, number) => {
        const of = hits.get(number) ?? [];
        const sure = of.filter((hit) => !isUnsure(hit));
        return [...said(comment, sure, false), ...said(comment, of.filter(isUnsure), true)];
      });
    };
  },
};
