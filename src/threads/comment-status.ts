export const STATUSES = ['pending', 'published', 'rejected', 'spam', 'deleted'] as const;
export type Status = (typeof STATUSES)[number];

/** Who gave a comment its status: nobody yet, a rule, or a person. */
export type DecidedBy = 'none' | 'rule' | 'human';

export const STAFF_ACTIONS = ['approve', 'reject', 'spam', 'restore'] as const;
export type StaffAction = (typeof STAFF_ACTIONS)[number];
/** `delete` is the author's, `hold` a rule's that acts on what is published already. */
export type Action = StaffAction | 'delete' | 'hold';

/**
 * The legal moves, action by status. What is not here is a conflict: to approve what another moderator has rejected,
 * for example, says that the page was out of date; taking a removal back is its own action, `restore`.
 */
const MOVES: Readonly<Record<Action, Readonly<Partial<Record<Status, Status>>>>> = {
  approve: { pending: 'published', published: 'published' },
  reject: { pending: 'rejected', published: 'rejected', spam: 'rejected', rejected: 'rejected' },
  spam: { pending: 'spam', published: 'spam', rejected: 'spam', spam: 'spam' },
  restore: { rejected: 'published', spam: 'published' },
  // the author's own
  delete: { pending: 'deleted', published: 'deleted', rejected: 'deleted', spam: 'deleted' },
  // a rule's
  hold: { published: 'pending' },
};

/** The status that `action` leads to, or undefined where it is no legal move. */
export function transition(from: Status, action: Action): Status | undefined {
  return MOVES[action][from];
}

/** A move that keeps the status still says something where no human had decided: it settles the comment. */
export function changesAnything(from: Status, decidedBy: DecidedBy, to: Status): boolean {
  return from !== to || decidedBy !== 'human';
}

/** What the public may see is a pure function of the status. */
export function isPublic(status: Status): boolean {
  return status === 'published';
}

/** Taken out of sight by a rule after it was published. Screening leaves what it holds undecided. */
export function isHeldByRule(status: Status, decidedBy: DecidedBy): boolean {
  return status === 'pending' && decidedBy === 'rule';
}

/**
 * What an edit makes of a comment whose new text was screened. Nobody has judged the new text yet; what a rule holds
 * for review stays held, or its author could edit it back into sight.
 */
export function statusAfterEdit(
  from: Status,
  verdict: 'publish' | 'hold' | 'reject',
  decidedBy: DecidedBy = 'none',
): Status | undefined {
  if (from !== 'pending' && from !== 'published') return undefined;
  const status = statusOfVerdict(verdict);
  return status === 'published' && isHeldByRule(from, decidedBy) ? 'pending' : status;
}

export function statusOfVerdict(verdict: 'publish' | 'hold' | 'reject'): Status {
  return verdict === 'publish' ? 'published' : verdict === 'hold' ? 'pending' : 'rejected';
}
