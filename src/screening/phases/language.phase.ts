import type { Comment } from '../rules/comment.js';
import type { RuleKind, Said } from '../rules/rule-kind.js';
import { fields, integer, list, optional, text, type Checked } from '../rules/shape.js';

/** What the detector tells apart (ISO 639-1). */
const LANGUAGES = (
  'am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl no ' +
  'or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh'
).split(' ');

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

/** Addresses and names of others are of no language; what is quoted is not the author's. */
const NOT_PROSE = /^>.*$|https?:\/\/\S+|www\.\S+|@\S+/gmu;
/** So much likelier than the best language of the site must another one be. Near relatives stay below. */
const MARGIN = 0.1;
/** Beyond that, more text makes the answer no surer. */
const ENOUGH = 2_000;

interface Detector {
  detect(text: string): { language: string; isReliable(): boolean; getScores(): Record<string, number> };
}

function screen(detector: Detector, comment: Comment, { languages, leastLetters }: Params): Said[] {
  const prose = comment.body.slice(0, ENOUGH).replace(NOT_PROSE, ' ');
  const letters = prose.match(/\p{L}/gu)?.length ?? 0;
  if (letters < leastLetters) return [];
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
    // 60 languages take 90 MB while they load: only where a site asks.
    const { eld } = await import('eld/extrasmall');
    return (comment) => rules.map((rule) => screen(eld, comment, rule));
  },
};
