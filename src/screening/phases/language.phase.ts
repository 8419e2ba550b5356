import { languageDetector, LANGUAGES, lettersIn, proseOf, type LanguageDetector } from '../language.js';
import type { Comment } from '../rules/comment.js';
import type { RuleKind, Said } from '../rules/rule-kind.js';
import { fields, integer, list, optional, text, type Checked } from '../rules/shape.js';

const params = fields({
  /** Those of the site. */
  languages: list(
    text((code) => (LANGUAGES.includes(code) ? undefined : `is one of ${LANGUAGES.join(', ')}`)),
    { least: 1, most: LANGUAGES.length },
  ),
  /** Fewer letters than that are not judged: a name, a quotation, an exclamation look like any language. */
  leastLetters: optional(integer(20, 10_000), 60),
});

type Params = Checked<typeof params>;

/** So much likelier than the best language of the site must another one be. Near relatives stay below. */
const MARGIN = 0.1;
function screen(detector: LanguageDetector, comment: Comment, { languages, leastLetters }: Params): Said[] {
  const prose = proseOf(comment.body);
  if (lettersIn(prose) < leastLetters) return [];
  const guess = detector.detect(prose);
  if (languages.includes(guess.language) || !guess.isReliable()) return [];
  const scores = guess.getScores();
  const best = scores[guess.language] ?? 0;
  const expected = Math.max(0, ...languages.map((language) => scores[language] ?? 0));
  if (best - expected < MARGIN) return [];
  const explanation = `It reads as “${guess.language}”; comments here are in ${languages.join(', ')}.`;
  return [{ score: best, explanation }];
}

/** A language that the moderators may not read. Silent about short texts, near relatives and mixtures. */
export const languagePhase: RuleKind<Params> = {
  kind: 'language',
  action: 'hold',
  params,
  async compile(rules) {
    const detector = await languageDetector();
    return (comment) => rules.map((rule) => screen(detector, comment, rule));
  },
};
