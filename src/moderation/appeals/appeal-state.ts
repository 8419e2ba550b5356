/** `moot`: what it is about does not stand any more, by somebody's doing that was no outcome of an appeal. */
export const APPEAL_STATES = ['open', 'upheld', 'overturned', 'moot'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

export const APPEAL_OUTCOMES = ['upheld', 'overturned'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

/** What overturning did. `none`: nothing was left to restore, for the author has deleted the comment. */
export const APPEAL_EFFECTS = ['restored', 'lifted', 'none'] as const;
export type AppealEffect = (typeof APPEAL_EFFECTS)[number];
