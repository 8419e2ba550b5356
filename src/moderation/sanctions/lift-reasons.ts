/** Why a sanction is taken back. Codes, so that the log can hold them. */
export const LIFT_REASONS = ['mistake', 'leniency', 'replaced', 'other'] as const;
export type LiftReason = (typeof LIFT_REASONS)[number];

/** An appeal was overturned: nobody chooses that. */
export const LIFTED_BY = [...LIFT_REASONS, 'appeal'] as const;
export type LiftedBy = (typeof LIFTED_BY)[number];
