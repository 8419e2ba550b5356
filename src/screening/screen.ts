import type { Finding, Verdict } from './finding.js';
import type { Phase, ScreeningInput } from './phase.js';
import { linksPhase } from './phases/links.phase.js';
import { modePhase } from './phases/mode.phase.js';
import { premoderatedPhase } from './phases/premoderated.phase.js';
import { threadStatePhase } from './phases/thread-state.phase.js';
import { verdictOf } from './policy.js';
import { Comment } from './rules/comment.js';
import { NO_RULES, type CompiledRules } from './rules/compile-rules.js';

/** In the order in which findings are listed, the site's own rules between the two: of the text first, of every text last. */
const OF_THE_TEXT: readonly Phase[] = [threadStatePhase, linksPhase];
const OF_EVERY_TEXT: readonly Phase[] = [premoderatedPhase, modePhase];

/** What becomes of a comment when it arrives or is edited, and why. All phases run: a moderator sees every reason. */
export function screen(
  input: ScreeningInput,
  rules: CompiledRules = NO_RULES,
): { verdict: Verdict; findings: Finding[] } {
  const findings = [
    ...OF_THE_TEXT.flatMap((phase) => phase.screen(input)),
    ...rules.findings(new Comment(input)),
    ...OF_EVERY_TEXT.flatMap((phase) => phase.screen(input)),
  ];
  return { verdict: verdictOf(findings), findings };
}
