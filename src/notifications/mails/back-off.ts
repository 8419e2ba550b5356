const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Greylisting ends within minutes, a server's bad day within days (RFC 5321, 4.5.4.1, asks for four to five). */
const PAUSES = [1, 5, 15, 30]
  .map((minutes) => minutes * MINUTE)
  .concat([1, 2, 4, 8, 12, 24, 24, 24].map((h) => h * HOUR));

/** How many seconds to wait after so many attempts; undefined: it is given up. */
export function pauseAfter(attempts: number): number | undefined {
  return PAUSES[attempts - 1];
}
