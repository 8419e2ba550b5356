import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { Role } from './actor.js';

// The lock waits for a password that is being changed and then compares again: a session begun with the old one would
// outlive the change otherwise.
const START = new Statement<{ id: string }>(
  'staffSession.start',
  `WITH person AS (
     SELECT id FROM staff WHERE id = $2 AND password_hash = $3 AND disabled_at IS NULL FOR SHARE
   )
   INSERT INTO staff_sessions (id, staff_id, expires_at)
   SELECT $1, id, clock_timestamp() + make_interval(secs => $4) FROM person RETURNING id`,
);
const END = new Statement<never>(
  'staffSession.end',
  'UPDATE staff_sessions SET ended_at = clock_timestamp() WHERE id = $1 AND ended_at IS NULL',
);
const END_ALL = new Statement<never>(
  'staffSession.endAll',
  'UPDATE staff_sessions SET ended_at = clock_timestamp() WHERE staff_id = $1 AND ended_at IS NULL',
);
const OPEN = new Statement<{ open: boolean }>(
  'staffSession.open',
  `SELECT EXISTS (SELECT FROM staff_sessions WHERE staff_id = $1 AND ended_at IS NULL AND expires_at > clock_timestamp())
     AS open`,
);
const RESOLVE = new Statement<StaffSessionRow>(
  'staffSession.resolve',
  `SELECT p.id AS "staffId", p.display_name AS "displayName",
          ARRAY(SELECT jsonb_build_array(site_id, role) FROM staff_roles WHERE staff_id = p.id) AS roles
   FROM staff_sessions s JOIN staff p ON p.id = s.staff_id
   WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > clock_timestamp() AND p.disabled_at IS NULL`,
);

export interface StaffSessionRow {
  staffId: string;
  displayName: string;
  roles: [siteId: string, role: Role][];
}

/** False where the password has been changed, or the person disabled, since the hash was read. */
export async function startStaffSession(
  em: EntityManager,
  session: { id: string; staffId: string; passwordHash: string; seconds: number },
): Promise<boolean> {
  return (await START.run(em, [session.id, session.staffId, session.passwordHash, session.seconds])).length > 0;
}

export async function endStaffSession(em: EntityManager, sessionId: string): Promise<void> {
  await END.run(em, [sessionId]);
}

export async function endStaffSessionsOf(em: EntityManager, staffId: string): Promise<void> {
  await END_ALL.run(em, [staffId]);
}

/** Whether the person is signed in anywhere. */
export async function hasStaffSession(em: EntityManager, staffId: string): Promise<boolean> {
  return (await OPEN.run(em, [staffId]))[0]?.open ?? false;
}

/** Undefined where the session has ended or the person is disabled. */
export async function resolveStaffSession(em: EntityManager, sessionId: string): Promise<StaffSessionRow | undefined> {
  return (await RESOLVE.run(em, [sessionId]))[0];
}
