/** Strictest first: of several in force the first one is the reader's standing. */
export const SANCTION_KINDS = ['ban', 'suspend', 'warn', 'premoderate'] as const;
export type SanctionKind = (typeof SANCTION_KINDS)[number];

export const STANDINGS = ['good', 'premoderated', 'warned', 'suspended', 'banned'] as const;
export type StandingState = (typeof STANDINGS)[number];

/** What a reader's row holds of a sanction, and what the reader gets to see. */
export interface SanctionInForce {
  id: string;
  kind: SanctionKind;
  /** Null: until it is lifted (a warning: until it is acknowledged). */
  until: string | null;
  at: string;
  reason: string;
  explanation: string;
}

const STANDING_BY: Record<SanctionKind, StandingState> = {
  ban: 'banned',
  suspend: 'suspended',
  warn: 'warned',
  premoderate: 'premoderated',
};

/** @param sanctions in force, strictest first */
export function standingOf(sanctions: readonly SanctionInForce[] | null): StandingState {
  const [strictest] = sanctions ?? [];
  return strictest ? STANDING_BY[strictest.kind] : 'good';
}
