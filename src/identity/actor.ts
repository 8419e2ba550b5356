import type { AuditEntry } from '../platform/audit/audit-trail.js';
import type { SanctionInForce } from './standing.js';

export const ROLES = ['owner', 'admin', 'moderator'] as const;
export type Role = (typeof ROLES)[number];

export interface AnonymousActor {
  readonly kind: 'anonymous';
}

export interface ReaderActor {
  readonly kind: 'reader';
  readonly readerId: string;
  readonly sessionId: string;
  readonly siteId: string;
  readonly displayName: string;
  /** In force when the session was looked up, strictest first. */
  readonly sanctions: readonly SanctionInForce[];
}

export interface StaffActor {
  readonly kind: 'staff';
  readonly staffId: string;
  readonly sessionId: string;
  readonly displayName: string;
  /** By site id. */
  readonly roles: ReadonlyMap<string, Role>;
}

/** Who asks. */
export type Actor = AnonymousActor | ReaderActor | StaffActor;

export const ANONYMOUS: AnonymousActor = Object.freeze({ kind: 'anonymous' });

/** As the log names them. */
export function auditActor(actor: StaffActor): AuditEntry['actor'] {
  return { kind: 'staff', id: actor.staffId };
}

export const SYSTEM: AuditEntry['actor'] = Object.freeze({ kind: 'system', id: null });
