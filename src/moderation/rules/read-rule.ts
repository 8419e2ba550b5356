import { DomainError, type FieldError } from '../../platform/errors.js';
import { kindNamed, parseRules, type Rule } from '../../screening/index.js';
import type { RuleDefinition } from '../../sites/index.js';

/** What signs requests, in the form of Standard Webhooks: base64 of 24 to 64 bytes. */
export const SECRET_FORM = /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What views show beside a definition: a client may send back what it was given. */
const OF_VIEWS = ['version', 'changedAt', 'changedBy', 'secret'];

/** Rules of a request, checked as a whole. @param pointer of the list in the body @throws validation */
export function readRules(given: readonly Record<string, unknown>[], pointer: string): RuleDefinition[] {
  const parsed = parseRules(given.map(definitionOf));
  if ('problems' in parsed) {
    throw invalidRules(parsed.problems.map((problem) => ({ ...problem, pointer: pointer + problem.pointer })));
  }
  return parsed.rules.map(stored);
}

/** One rule that is the body itself. @throws validation */
export function readRule(given: Record<string, unknown>): RuleDefinition {
  const parsed = parseRules([definitionOf(given)]);
  if ('problems' in parsed) {
    throw invalidRules(
      parsed.problems.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^\/0/, ''), detail })),
    );
  }
  const [rule] = parsed.rules;
  if (!rule) throw invalidRules([{ pointer: '', detail: 'It is a rule.' }]);
  return stored(rule);
}

export function invalidRules(errors: readonly FieldError[]): DomainError {
  const detail = errors
    .slice(0, 5)
    .map(({ pointer, detail: what }) => (pointer === '' ? what : `${pointer}: ${what}`))
    .join('; ');
  return new DomainError('invalid', 'validation', detail, errors.slice(0, 100));
}

function definitionOf(given: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(given).filter(([name, value]) => {
    return !OF_VIEWS.includes(name) && value !== undefined && !(name === 'action' && value === null);
  });
  return Object.fromEntries(entries);
}

/** As it comes back from the database, so that both can be compared. What the kind does anyway is not kept. */
function stored({ id, kind, mode, action, params }: Rule): RuleDefinition {
  const own = action === undefined || action === kindNamed(kind)?.action ? null : action;
  return { id, kind, mode, action: own, params: JSON.parse(JSON.stringify(params)) as unknown };
}
