export type { Finding } from './finding.js';
export type { AuthorRecord, Link, PriorText, ScreeningInput } from './phase.js';
export { compileRules } from './rules/compile-rules.js';
export { parseRules } from './rules/parse-rules.js';
export type { Rule } from './rules/rule.js';
export { screen } from './screen.js';
export { defaultWords } from './words/default-words.js';
export { digestOfText } from './words/text-digest.js';
