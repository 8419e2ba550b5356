import type { ExternalRule } from '../external/external-findings.js';
import type { Finding } from '../finding.js';
import { externalPhase } from '../phases/external.phase.js';
import type { Comment } from './comment.js';
import { RULE_KINDS } from './kinds.js';
import { union, type Needs } from './needs.js';
import type { Rule } from './rule.js';
import type { RuleKind, Said, Screener } from './rule-kind.js';

/** A site's rules, made ready once for many comments. */
export interface CompiledRules {
  findings(comment: Comment): Finding[];
  /** What its live rules look at beside the text. */
  readonly needs: Needs;
  /** Those of services that are to be asked afterwards. */
  readonly external: readonly ExternalRule[];
}

export const NO_RULES: CompiledRules = { findings: () => [], needs: new Map(), external: [] };

function finding(rule: Rule, kind: RuleKind<unknown>, said: Said): Finding {
  const wanted = said.holdsAtMost ? 'hold' : (rule.action ?? kind.action);
  return {
    rule: rule.id,
    score: said.score,
    action: rule.mode === 'shadow' ? 'note' : wanted,
    evidence: said.evidence ?? [],
    explanation: said.explanation,
    kind: rule.kind,
    ...(rule.version === undefined ? {} : { version: rule.version }),
    ...(rule.mode === 'shadow' ? { would: wanted } : {}),
    ...(said.hint === undefined || rule.mode === 'shadow' ? {} : { hint: said.hint }),
  };
}

/**
 * Waits where a kind has to load something. Rules that are off cost nothing.
 * @param rules as parseRules gave them.
 */
export async function compileRules(rules: readonly Rule[]): Promise<CompiledRules> {
  const live = rules.filter(({ mode }) => mode !== 'off');
  const groups: { kind: RuleKind<unknown>; rules: readonly Rule[]; screen: Screener }[] = [];
  for (const kind of RULE_KINDS) {
    const own = live.filter((each) => each.kind === kind.kind);
    if (own.length === 0) continue;
    groups.push({ kind, rules: own, screen: await kind.compile(own.map(({ params }) => params)) });
  }
  if (groups.length === 0) return NO_RULES;
  return {
    needs: union(groups.flatMap(({ kind, rules: own }) => own.map(({ params }) => kind.needs?.(params) ?? {}))),
    external: live.filter((each): each is ExternalRule => each.kind === externalPhase.kind),
    findings: (comment) =>
      groups.flatMap(({ kind, rules: own, screen }) =>
        screen(comment).flatMap((said, at) => said.map((each) => finding(own[at] as Rule, kind, each))),
      ),
  };
}
