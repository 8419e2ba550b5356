/** What counts against a reader, and when that proposes a sanction to staff. Nothing of it is ever applied by itself. */
export interface StrikeSettings {
  /** How long a rejection or a sanction counts. */
  strikeDays: number;
  /** Strikes for a comment that a person has rejected or marked as spam. */
  strikesRejection: number;
  /** Strikes for a warning; and so on. */
  strikesWarn: number;
  strikesPremoderate: number;
  strikesSuspend: number;
  /** So many strikes propose a warning; 0: never. And so on. */
  proposeWarnAt: number;
  proposePremoderateAt: number;
  proposeSuspendAt: number;
  proposeBanAt: number;
  /** A longer suspension, as any ban, takes an admin. */
  moderatorSuspendDays: number;
}

export const DEFAULT_STRIKES: Readonly<StrikeSettings> = Object.freeze({
  strikeDays: 180,
  strikesRejection: 1,
  strikesWarn: 2,
  strikesPremoderate: 3,
  strikesSuspend: 5,
  proposeWarnAt: 3,
  proposePremoderateAt: 6,
  proposeSuspendAt: 10,
  proposeBanAt: 20,
  moderatorSuspendDays: 7,
});
