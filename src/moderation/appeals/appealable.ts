import type { DomainError } from '../../platform/errors.js';
import { appealOver, decisionReplaced, notAppealable } from './appeals.errors.js';

/** What a reader wants to appeal, as it stands now. */
export interface Challenged {
  /** The comment's status after the decision; of a sanction null. */
  toStatus: string | null;
  /** It was neither undone nor lifted, nor has another decision taken its place. */
  stands: boolean;
  /** By the database's clock. */
  ageDays: number;
}

/** Statuses that keep a comment from the public for good. `pending` does not: somebody is going to look at it anyway. */
export const RESTRICTING = ['rejected', 'spam'] as const;

/**
 * Why it can not be appealed; undefined where it can. A sanction that ran out can: it still counts against the reader.
 * So can a warning, acknowledged or not.
 */
export function refusalOf({ toStatus, stands, ageDays }: Challenged, appealDays: number): DomainError | undefined {
  if (toStatus !== null && !RESTRICTING.some((status) => status === toStatus)) return notAppealable();
  if (!stands) return decisionReplaced();
  return ageDays < appealDays ? undefined : appealOver(appealDays);
}
