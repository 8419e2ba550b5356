import type { StaffAction } from '../threads/index.js';
import type { JudgedItem } from './judge.js';
import type { Verdict } from './reports/report.store.js';

export interface DecideInput {
  items: readonly JudgedItem[];
  action: StaffAction;
  reason?: string;
  /** For the author. */
  explanation?: string;
  /** For staff. */
  note?: string;
  /** Of open reports; without it agreed where the comment is taken down, disagreed where it stands. */
  reportVerdict?: Verdict;
  idempotencyKey: string | null;
}
