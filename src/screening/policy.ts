import type { Finding, Verdict } from './finding.js';

/** One finding that rejects outweighs any that hold; one that holds outweighs silence. */
export function verdictOf(findings: readonly Pick<Finding, 'action'>[]): Verdict {
  if (findings.some(({ action }) => action === 'reject')) return 'reject';
  return findings.some(({ action }) => action === 'hold') ? 'hold' : 'publish';
}
