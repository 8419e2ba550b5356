import { diff } from 'fast-myers-diff';

/** Old tokens `[oldStart, oldEnd)` became new tokens `[newStart, newEnd)`. */
export interface Change {
  oldStart: number;
  oldEnd: number;
  newStart: number;
  newEnd: number;
}

/** A run of `length` tokens that stand alike from `before` in the old and from `after` in the new list. */
export interface Run {
  before: number;
  after: number;
  length: number;
}

/** The runs that the edit between two lists of numbers leaves alone (Myers, by the library), in order. */
export function diffIds(before: Int32Array, after: Int32Array): Run[] {
  const changes: Change[] = [];
  for (const [oldStart, oldEnd, newStart, newEnd] of diff(before, after))
    changes.push({ oldStart, oldEnd, newStart, newEnd });
  return runsBetween(changes, before.length);
}

/** What the changes leave alone, in order. */
export function runsBetween(changes: readonly Change[], oldLength: number): Run[] {
  const runs: Run[] = [];
  let before = 0;
  let after = 0;
  for (const change of changes) {
    if (change.oldStart > before) runs.push({ before, after, length: change.oldStart - before });
    before = change.oldEnd;
    after = change.newEnd;
  }
  if (oldLength > before) runs.push({ before, after, length: oldLength - before });
  return runs;
}

/** What changes between the runs, before the first and after the last; the inverse of `runsBetween`. */
export function changesBetween(runs: readonly Run[], oldLength: number, newLength: number): Change[] {
  const changes: Change[] = [];
  let oldStart = 0;
  let newStart = 0;
  for (const run of [...runs, { before: oldLength, after: newLength, length: 0 }]) {
    if (run.before > oldStart || run.after > newStart)
      changes.push({ oldStart, oldEnd: run.before, newStart, newEnd: run.after });
    oldStart = run.before + run.length;
    newStart = run.after + run.length;
  }
  return changes;
}
