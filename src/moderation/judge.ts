import { changesAnything, transition, type LockedComment, type StaffAction, type Status } from '../threads/index.js';

export type Outcome = 'applied' | 'unchanged' | 'conflict' | 'forbidden' | 'not-found';

/** What a moderator judged. */
export interface JudgedItem {
  commentId: string;
  revision: number;
  /** The status that was on the page. Without it the action alone says what it expects. */
  status?: Status | undefined;
}

/** What the database says of it, its row locked. */
export interface PresentState {
  comment: LockedComment | undefined;
  /** Whether the moderator's roles let it be seen, and decided. */
  access: 'none' | 'see' | 'decide';
  heldByAnother: boolean;
  /** Open reports or notices wait for a decision, even one that leaves the comment as it is. */
  openCases: boolean;
}

export type Judgement = { outcome: Exclude<Outcome, 'applied'> } | { outcome: 'applied'; to: Status };

/** A decision counts for what was judged: another revision or status, or another person's claim, is a conflict. */
export function judge(
  item: JudgedItem,
  action: StaffAction,
  { comment, access, heldByAnother, openCases }: PresentState,
): Judgement {
  if (!comment || access === 'none') return { outcome: 'not-found' };
  if (access === 'see') return { outcome: 'forbidden' };
  if (comment.revision !== item.revision || heldByAnother) return { outcome: 'conflict' };
  if (item.status !== undefined && item.status !== comment.status) return { outcome: 'conflict' };
  const to = transition(comment.status, action);
  if (to === undefined) return { outcome: 'conflict' };
  const settles = openCases || changesAnything(comment.status, comment.decidedBy, to);
  return settles ? { outcome: 'applied', to } : { outcome: 'unchanged' };
}
