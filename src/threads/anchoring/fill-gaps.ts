import { type Change, changesBetween, type Run } from './diff-tokens.js';

/** Aligns what lies between two runs; the change says where that is. */
export type AlignGap = (old: Int32Array, now: Int32Array, change: Change) => Run[];

/** Runs, with what lies between them aligned too. */
export function fillGaps(runs: readonly Run[], before: Int32Array, after: Int32Array, align: AlignGap): Run[] {
  const result: Run[] = [...runs];
  for (const change of changesBetween(runs, before.length, after.length)) {
    const old = before.subarray(change.oldStart, change.oldEnd);
    const now = after.subarray(change.newStart, change.newEnd);
    if (old.length === 0 || now.length === 0) continue;
    for (const run of align(old, now, change))
      result.push({ before: run.before + change.oldStart, after: run.after + change.newStart, length: run.length });
  }
  return joined(result.sort((one, other) => one.before - other.before));
}

/** Neighbouring runs on one diagonal as one. */
function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && last.before + last.length === run.before && last.after + last.length === run.after)
      last.length += run.length;
    else result.push({ ...run });
  }
  return result;
}
