import type { Tally } from './tally.js';
import { isReached, shareOf, TARGETS } from './targets.js';
import type { Timing } from './timing.js';

const WIDTH = 36;
const percent = (part: number, whole: number): string => ((100 * part) / whole).toFixed(1).padStart(7);

/** Every kind and contender: right, overlap of 0.8, exact bounds, orphaned though present, attached wrongly. */
export function printTallies(tallies: ReadonlyMap<string, ReadonlyMap<string, Tally>>): void {
  console.log(`\n${'per cent of cases'.padEnd(WIDTH + 12)}  cases  right    0.8  exact orphan  wrong   hint`);
  for (const [kind, byContender] of tallies)
    for (const [index, [contender, tally]] of [...byContender].entries()) {
      const { cases, right, overlap, exact, orphaned, wrong, suggested } = tally;
      const shares = [right, overlap, exact, orphaned, wrong, suggested].map((part) => percent(part, cases)).join('');
      console.log(
        `${(index === 0 ? kind : '').padEnd(WIDTH)}${contender.padEnd(12)}${String(cases).padStart(7)}${shares}`,
      );
    }
}

/** True when every target is reached. */
export function printTargets(tallies: ReadonlyMap<string, Tally>): boolean {
  console.log('\ntargets');
  let all = true;
  for (const target of TARGETS) {
    const share = shareOf(target, tallies);
    const reached = isReached(target, share);
    all &&= reached;
    const limit = target.atLeast === undefined ? `<= ${100 * target.atMost!}` : `>= ${100 * target.atLeast}`;
    console.log(`${reached ? 'ok  ' : 'MISS'} ${target.name.padEnd(52)}${percent(share, 1)}  ${limit}`);
  }
  return all;
}

/** True when no timing takes longer than it may. */
export function printTimings(timings: readonly Timing[]): boolean {
  console.log('\n1,000 passages over 10,000 words, against one diff-match-patch diff (Diff_Timeout = 0), medians');
  for (const { edited, reanchor, diff, most } of timings)
    console.log(
      `${reanchor <= most * diff ? 'ok  ' : 'MISS'} ${100 * edited} % of sentences edited: ${reanchor.toFixed(1)} ms against ` +
        `${diff.toFixed(1)} ms, ${(reanchor / diff).toFixed(2)} times (at most ${most})`,
    );
  return timings.every(({ reanchor, diff, most }) => reanchor <= most * diff);
}
