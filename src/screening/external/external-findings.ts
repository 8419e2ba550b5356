import type { Finding } from '../finding.js';
import type { ExternalParams } from '../phases/external.phase.js';
import type { Rule } from '../rules/rule.js';
import type { ExternalAnswer } from './answer.js';

/** A live rule of the kind `external`. */
export interface ExternalRule extends Rule {
  readonly params: ExternalParams;
}

const ACTION: Partial<Record<ExternalAnswer['status'], 'hold' | 'reject'>> = {
  PREMOD: 'hold',
  SYSTEM_WITHHELD: 'hold',
  REJECTED: 'reject',
};
const SCORE = 1;
const FLAGGED = { COMMENT_DETECTED_TOXIC: 'toxic', COMMENT_DETECTED_SPAM: 'spam' } as const;

function finding(rule: ExternalRule, wanted: 'hold' | 'reject' | 'note', score: number, explanation: string): Finding {
  const limited = wanted === 'reject' && rule.action === 'hold' ? 'hold' : wanted;
  const shadow = rule.mode === 'shadow';
  return {
    rule: rule.id,
    score,
    action: shadow ? 'note' : limited,
    evidence: [],
    explanation,
    kind: rule.kind,
    ...(rule.version === undefined ? {} : { version: rule.version }),
    ...(shadow && limited !== 'note' ? { would: limited } : {}),
  };
}

/** What an answer comes to. `APPROVED` is no objection: it lifts nothing that the site's other rules hold. */
export function findingsOfAnswer(rule: ExternalRule, { status, flags, tags }: ExternalAnswer): Finding[] {
  const action = ACTION[status];
  const said = action ? [finding(rule, action, SCORE, `The external service says ${status}.`)] : [];
  const flagged = flags.map((reason) =>
    finding(rule, 'note', SCORE, `The external service flags it as ${FLAGGED[reason]}.`),
  );
  const tagged = tags.length > 0 ? [finding(rule, 'note', 0, `The external service tags it ${tags.join(', ')}.`)] : [];
  return [...said, ...flagged, ...tagged];
}

/** What its silence comes to, as the rule says. */
export function findingsOfFailure(rule: ExternalRule, problem: string): Finding[] {
  const { onFailure } = rule.params;
  if (onFailure === 'ignore') return [];
  const what = onFailure === 'hold' ? 'hold' : 'note';
  return [finding(rule, what, 0, `The external service could not be asked: ${problem}.`)];
}
