import { authorise, can, type Actor, type SanctionKind, type StaffActor } from '../../identity/index.js';
import type { SiteSettings } from '../../sites/index.js';

const DAY_SECONDS = 86_400;
/** "For seven days" is sent as a time, and some of it has passed on the way; a whole hour, so that clocks may differ. */
const GRACE_SECONDS = 3_600;

/** What is placed or lifted: its kind, and for how long it was meant to last (null: without an end). */
export interface Measure {
  kind: SanctionKind;
  seconds: number | null;
}

/** Whoever may place a sanction may lift it. @throws not-found, forbidden */
export function authoriseSanction(
  actor: Actor,
  siteId: string,
  measure: Measure,
  settings: SiteSettings,
  what: string,
): StaffActor {
  authorise(actor, 'reader.read', siteId, what);
  return authorise(actor, isLong(measure, settings) ? 'reader.sanction-long' : 'reader.sanction', siteId, what);
}

/** Whether the actor knows the reader at all. */
export function maySeeReaders(actor: Actor, siteId: string): boolean {
  return can(actor, 'reader.read', siteId);
}

/** Bans, and suspensions that last longer than the site lets moderators suspend. */
function isLong({ kind, seconds }: Measure, { moderatorSuspendDays }: SiteSettings): boolean {
  if (kind === 'ban') return true;
  return kind === 'suspend' && (seconds ?? Infinity) > moderatorSuspendDays * DAY_SECONDS + GRACE_SECONDS;
}
