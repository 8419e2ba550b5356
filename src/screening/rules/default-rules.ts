import { defaultWords } from '../words/default-words.js';
import { parseRules } from './parse-rules.js';
import type { RuleMode } from './rule.js';

/** A rule that a site has until it changes its rules. */
export interface DefaultRule {
  readonly id: string;
  readonly kind: string;
  readonly mode: RuleMode;
  readonly action: 'hold' | 'reject' | null;
  readonly params: unknown;
  readonly version: number;
}

/** Lists of other languages find innocent words in English (French “bite”): a site turns on those that are its own. */
const WORDS: readonly (readonly [language: string, mode: RuleMode])[] = [
  ['en', 'enforce'],
  ['de', 'off'],
  ['es', 'off'],
  ['fr', 'off'],
];

/**
 * What they find is held and never rejected. Rules that need a reader's history are off: each would cost every post of
 * the site a second question to the database.
 */
function make(): readonly DefaultRule[] {
  const rule = (id: string, kind: string, mode: RuleMode, params: unknown = {}) => ({ id, kind, mode, params });
  const parsed = parseRules([
    rule('deceptive-links', 'deceptive-links', 'enforce'),
    rule('flood', 'flood', 'off'),
    rule('personal-data', 'personal-data', 'enforce'),
    rule('repeats', 'repeats', 'off'),
    rule('shouting', 'shouting', 'shadow'),
    ...WORDS.map(([language, mode]) =>
      rule(`words-${language}`, 'words', mode, { words: defaultWords(language), language }),
    ),
  ]);
  if ('problems' in parsed) throw new Error(`the default rules are wrong: ${JSON.stringify(parsed.problems)}`);
  return parsed.rules.map(({ id, kind, mode, params }) => ({
    id,
    kind,
    mode,
    action: null,
    // As they would come from the database.
    params: JSON.parse(JSON.stringify(params)) as unknown,
    version: 1,
  }));
}

let made: readonly DefaultRule[] | undefined;

/** By id; made when first asked for. */
export function defaultRules(): readonly DefaultRule[] {
  return (made ??= make());
}
