/** What was done. `refused`: it was never shown; `removed`: it was; `held`: out of sight until somebody looks. */
export const COMMENT_RESTRICTIONS = ['refused', 'removed', 'held'] as const;
export type CommentRestriction = (typeof COMMENT_RESTRICTIONS)[number];
export const ACCOUNT_RESTRICTIONS = ['warned', 'premoderated', 'suspended', 'banned'] as const;
export type AccountRestriction = (typeof ACCOUNT_RESTRICTIONS)[number];
export const RESTRICTIONS = [...COMMENT_RESTRICTIONS, ...ACCOUNT_RESTRICTIONS] as const;
export type Restriction = CommentRestriction | AccountRestriction;

/** What made somebody look: nobody from outside, a notice under Art. 16 of the DSA, or readers' reports. */
export const SOURCES = ['own-initiative', 'notice', 'reports'] as const;
export type Source = (typeof SOURCES)[number];

/** `partially`: a person decided on what a rule had found. */
export const AUTOMATIONS = ['fully', 'partially', 'not'] as const;
export type Automation = (typeof AUTOMATIONS)[number];

/** `withdrawn`: undone by whoever decided; `reversed`: by another decision or an appeal; `replaced`: by another restriction. */
export const STATEMENT_STATES = ['in-force', 'ended', 'withdrawn', 'reversed', 'replaced'] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];

export function restrictionOf({ action, wasPublic }: { action: string; wasPublic: boolean }): CommentRestriction {
  if (action === 'hold') return 'held';
  return wasPublic ? 'removed' : 'refused';
}

export function automationOf({ byRule, detected }: { byRule: boolean; detected: boolean }): Automation {
  if (byRule) return 'fully';
  return detected ? 'partially' : 'not';
}

/** A decision on a comment, what the comment is now, and what was done to it next. */
export interface DecisionStanding {
  action: string;
  /** The comment names it as the one that stands, or is what it made of it and names none. */
  named: boolean;
  /** A rule keeps the comment out of sight; an edit takes the decision's name from it, and leaves it there. */
  stillHeld: boolean;
  /** null: nothing. */
  nextAction: string | null;
  nextTo: string | null;
  /** Whether that was about this very decision. */
  nextOfThis: boolean;
}

export function stateOf({
  action,
  named,
  stillHeld,
  nextAction,
  nextTo,
  nextOfThis,
}: DecisionStanding): StatementState {
  if (named || (action === 'hold' && stillHeld && nextAction === null)) return 'in-force';
  if (nextAction === 'undo' && nextOfThis) return 'withdrawn';
  return nextTo === 'published' ? 'reversed' : 'replaced';
}

export function stateOfSanction({ inForce, lifted }: { inForce: boolean; lifted: boolean }): StatementState {
  if (inForce) return 'in-force';
  return lifted ? 'reversed' : 'ended';
}
