import type { Finding, Verdict } from './finding.js';
import { linksPhase } from './links.phase.js';
import { modePhase } from './mode.phase.js';
import type { Phase, ScreeningInput } from './phase.js';
import { premoderatedPhase } from './premoderated.phase.js';
import { verdictOf } from './policy.js';

/** In the order in which findings are listed: what is said of the text first, what holds for every text last. */
const PHASES: readonly Phase[] = [linksPhase, premoderatedPhase, modePhase];

/** What becomes of a comment when it arrives or is edited, and why. All phases run: a moderator sees every reason. */
export function screen(input: ScreeningInput): { verdict: Verdict; findings: Finding[] } {
  const findings = PHASES.flatMap((phase) => phase.screen(input));
  return { verdict: verdictOf(findings), findings };
}
