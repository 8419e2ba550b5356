import type { SanctionKind } from '../../identity/index.js';
import type { SiteSettings } from '../../sites/index.js';

/** From the mildest to the strictest. */
const STEPS = ['warn', 'premoderate', 'suspend', 'ban'] as const satisfies readonly SanctionKind[];

/** What counts against a reader: neither lifted nor overturned nor too long ago. */
export interface StrikeRecord {
  /** Comments that a person has rejected, or marked as spam. */
  rejections: number;
  /** Those of them since the last sanction. */
  rejectionsSince: number;
  sanctions: readonly SanctionKind[];
}

export interface Strikes {
  total: number;
  ofRejections: number;
  ofSanctions: number;
}

export interface Proposal {
  kind: SanctionKind;
  /** So many strikes propose it on this site. */
  at: number;
}

export function countStrikes({ rejections, sanctions }: StrikeRecord, settings: SiteSettings): Strikes {
  const weights: Record<SanctionKind, number> = {
    warn: settings.strikesWarn,
    premoderate: settings.strikesPremoderate,
    suspend: settings.strikesSuspend,
    // nothing comes after it
    ban: 0,
  };
  const ofRejections = rejections * settings.strikesRejection;
  const ofSanctions = sanctions.reduce((sum, kind) => sum + weights[kind], 0);
  return { total: ofRejections + ofSanctions, ofRejections, ofSanctions };
}

/**
 * The strictest step that the strikes reach: for a person to decide on. None where one as strict is in force, and none
 * for what the last sanction has already answered: only a rejection since then proposes the next.
 */
export function propose(
  record: StrikeRecord,
  inForce: readonly SanctionKind[],
  settings: SiteSettings,
): Proposal | null {
  const { total } = countStrikes(record, settings);
  const thresholds: Record<SanctionKind, number> = {
    warn: settings.proposeWarnAt,
    premoderate: settings.proposePremoderateAt,
    suspend: settings.proposeSuspendAt,
    ban: settings.proposeBanAt,
  };
  const kind = STEPS.findLast((step) => thresholds[step] > 0 && total >= thresholds[step]);
  if (kind === undefined) return null;
  if (inForce.some((one) => STEPS.indexOf(one) >= STEPS.indexOf(kind))) return null;
  if (record.sanctions.length > 0 && record.rejectionsSince === 0) return null;
  return { kind, at: thresholds[kind] };
}
