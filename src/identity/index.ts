export { auditActor, SYSTEM, type Actor, type ReaderActor, type StaffActor } from './actor.js';
export { ActorResolver } from './actor-resolver.js';
export { STAFF_COOKIE } from './credentials.js';
export { CurrentActor, ReaderSession, ResolveActor } from './current-actor.js';
export { EnsureFirstOwner } from './ensure-first-owner.js';
export { EnsureSite } from './ensure-site.js';
export { IdentityModule } from './identity.module.js';
export { authorise, can, requireReader, requireStaff, sitesWhere } from './policy.js';
export { ReaderStandings, type LockedReader } from './reader-standings.js';
export { ReaderTokens } from './session-tokens.js';
export { SignInHint } from './sign-in-hint.js';
export { StaffLeaving } from './staff-leaving.js';
export {
  assertMayAct,
  assertMayWrite,
  refusalToWrite,
  SANCTION_KINDS,
  standingOf,
  type SanctionInForce,
  type SanctionKind,
} from './standing.js';
export { StandingView, standingView } from './standing.view.js';
