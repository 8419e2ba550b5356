/** How the newest of a reader's reports were judged; ignored ones say nothing. */
export interface ReporterRecord {
  agreed: number;
  disagreed: number;
}

/** A record is of so many verdicts: who has learned is not judged by what was long ago. */
export const RECORD_LENGTH = 100;

/** Of who is right half of the time, as a newcomer is taken to be. */
const NEWCOMER = 2;

/** Reports below this do not count towards the site's threshold: their readers are right in less than one of four. */
export const COUNTING_WEIGHT = 0.5;

/**
 * What a reader's report weighs: 1 for a newcomer, near 2 for who is always right, near 0 for who never is. It is twice
 * the chance that the next report is right by Laplace's rule of succession, (agreed + 1) / (agreed + disagreed + 2).
 */
export function weightOf({ agreed, disagreed }: ReporterRecord): number {
  return (NEWCOMER * (agreed + 1)) / (agreed + disagreed + 2);
}
