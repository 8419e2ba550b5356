const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second, … failed attempt, in milliseconds: three days and a half, as Standard Webhooks has it. */
export const PAUSES_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const JITTER = 0.1;
const LONGEST_WISH_MS = 24 * HOUR;

/**
 * How long to wait after attempt `attempts` failed, in milliseconds; undefined: it was the last.
 * @param wished what `Retry-After` asked for, in milliseconds
 * @param random 0 to 1
 */
export function pauseAfter(attempts: number, wished = 0, random = Math.random()): number | undefined {
  const pause = PAUSES_MS[attempts - 1];
  if (pause === undefined) return undefined;
  return Math.max(pause * (1 - JITTER + 2 * JITTER * random), Math.min(wished, LONGEST_WISH_MS));
}

/** `Retry-After` (RFC 9110) in milliseconds from `now`; 0 where it says nothing that can be read. */
export function retryAfter(header: string | string[] | undefined, now: Date): number {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined) return 0;
  if (/^\d{1,9}$/.test(value)) return Number(value) * SECOND;
  const at = Date.parse(value);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}
