import { kindNamed, RULE_KINDS } from './kinds.js';
import type { Rule } from './rule.js';
import { MOST_RULES, problemsOfSet } from './rule-set.js';
import { fields, integer, list, oneOf, optional, text, type Check, type Problem } from './shape.js';

/** Names of what every site has, and what stands in addresses where ids do; a rule of a site may not take one. */
const RESERVED = ['thread', 'links', 'premoderated', 'mode', 'reports', 'notices', 'dry-runs'];

const id = text((value) => {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(value)) return 'is of 1 to 64 small letters, digits and dashes';
  return RESERVED.includes(value) ? 'is none of the names that Postil uses itself' : undefined;
});

const head = fields({
  id,
  kind: oneOf(...RULE_KINDS.map(({ kind }) => kind)),
  mode: optional(oneOf('enforce', 'shadow', 'off'), 'enforce'),
  action: optional(oneOf('hold', 'reject')),
  version: optional(integer(1, Number.MAX_SAFE_INTEGER)),
  params: (value) => value ?? {},
});

/** One rule with its params by its kind, defaults filled in. */
export const rule: Check<Rule> = (value, pointer, problems) => {
  const before = problems.length;
  const read = head(value, pointer, problems);
  const kind = read && kindNamed(read.kind);
  const params = kind?.params(read?.params, `${pointer}/params`, problems);
  return problems.length === before && read ? { ...read, params } : undefined;
};

const rules = list(rule, { most: MOST_RULES });

/** Rules from JSON: all of them, or everything that is wrong, by JSON pointer. Never throws. */
export function parseRules(value: unknown): { rules: readonly Rule[] } | { problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const read = rules(value, '', problems) ?? [];
  const taken = new Set<unknown>();
  for (const [at, each] of Array.isArray(value) ? value.entries() : []) {
    const given: unknown = (each as { id?: unknown } | null)?.id;
    if (taken.has(given) && typeof given === 'string') {
      problems.push({ pointer: `/${at}/id`, detail: 'It is the id of another rule.' });
    }
    taken.add(given);
  }
  problems.push(...problemsOfSet(read));
  return problems.length > 0 ? { problems } : { rules: read };
}
