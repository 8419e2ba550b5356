import type { StaffAction } from '../threads/index.js';

/** What the log calls decisions. */
export const PAST: Record<StaffAction, string> = {
  approve: 'comment.approved',
  reject: 'comment.rejected',
  spam: 'comment.marked-spam',
  restore: 'comment.restored',
};
