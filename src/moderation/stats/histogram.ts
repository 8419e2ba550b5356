/**
 * Waits are counted by steps of an eighth of a doubling: a percentile is told to within 4.5 % (half a second below one),
 * days add up, and those of a queue are some hundred rows at most.
 */
const STEPS = 8;

/** The step of a wait in seconds; 0 for a second and less. `seconds` is SQL. */
export function stepInSql(seconds: string): string {
  return `CASE WHEN ${seconds} <= 1 THEN 0 ELSE ceil(${STEPS} * ln(${seconds}) / ln(2::float8))::int END`;
}

/** The middle of a step. */
function secondsOf(step: number): number {
  return step === 0 ? 0.5 : Math.round(2 ** ((step - 0.5) / STEPS) * 10) / 10;
}

/** How many waits were in each step. */
export type Histogram = ReadonlyMap<number, number>;

export function countOf(histogram: Histogram): number {
  return [...histogram.values()].reduce((sum, n) => sum + n, 0);
}

/** By nearest rank: so large a share of the waits was that long, or shorter. null where there were none. */
export function percentile(histogram: Histogram, share: number): number | null {
  const rank = Math.ceil(share * countOf(histogram));
  let seen = 0;
  for (const [step, n] of [...histogram].sort(([a], [b]) => a - b)) {
    seen += n;
    if (n > 0 && seen >= rank) return secondsOf(step);
  }
  return null;
}
