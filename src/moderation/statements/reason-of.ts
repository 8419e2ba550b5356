import { DEFAULT_REASONS, type DecisionReason } from '../../sites/index.js';

/** What a decision keeps as its reason that so many readers' reports took out of sight. */
export const BY_REPORTS = 'reports';

const REPORTED: DecisionReason = {
  code: BY_REPORTS,
  label: 'Reported by readers',
  explanation: 'Readers reported it. It is out of sight until a moderator has looked at it.',
  ground: { kind: 'incompatible', reference: 'Rules of the comment section' },
  category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
};
const UNSAID: DecisionReason = {
  ...REPORTED,
  code: 'other',
  label: 'Other',
  explanation: 'It goes against the rules of the comment section.',
};

/**
 * What a site says of a code that a decision keeps. Its list may have changed since: what is not there any more is what
 * every site begins with, and at last `other`. A decision may be without a reason.
 */
export function reasonOf(reasons: readonly DecisionReason[], code: string | null): DecisionReason {
  if (code === BY_REPORTS) return reasons.find((one) => one.code === code) ?? REPORTED;
  if (code === null) return UNSAID;
  const named = (wanted: string) =>
    reasons.find((one) => one.code === wanted) ?? DEFAULT_REASONS.find((one) => one.code === wanted);
  return named(code) ?? named('other') ?? UNSAID;
}
