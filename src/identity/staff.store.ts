import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { Role } from './actor.js';
import { StaffRole } from './staff-role.entity.js';
import { Staff } from './staff.entity.js';

/** A person with all roles. */
export interface StaffPerson {
  id: string;
  email: string;
  displayName: string;
  passwordHash: string;
  passwordGenerated: boolean;
  disabled: boolean;
  roles: [siteId: string, role: Role][];
}

const COLUMNS = `p.id, p.email, p.display_name AS "displayName", p.password_hash AS "passwordHash",
  p.password_generated AS "passwordGenerated", p.disabled_at IS NOT NULL AS disabled,
  ARRAY(SELECT jsonb_build_array(r.site_id, r.role) FROM staff_roles r WHERE r.staff_id = p.id) AS roles`;

const BY_EMAIL = new Statement<StaffPerson>(
  'staff.byEmail',
  `SELECT ${COLUMNS} FROM staff p WHERE lower(p.email) = lower($1)`,
);
const BY_ID = new Statement<StaffPerson>('staff.byId', `SELECT ${COLUMNS} FROM staff p WHERE p.id = $1`);
const LOCK = new Statement<{ id: string }>('staff.lock', 'SELECT id FROM staff WHERE id = $1 FOR NO KEY UPDATE');
const OLDEST = new Statement<StaffPerson>(
  'staff.oldest',
  `SELECT ${COLUMNS} FROM staff p ORDER BY p.created_at, p.id LIMIT 1`,
);
const OF_SITES = new Statement<StaffPerson>(
  'staff.ofSites',
  `SELECT ${COLUMNS} FROM staff p
   WHERE p.id IN (SELECT staff_id FROM staff_roles WHERE site_id = ANY($1::uuid[])) AND ($2::uuid IS NULL OR p.id > $2)
   ORDER BY p.id LIMIT $3`,
);
const INSERT_FIRST = new Statement<{ id: string }>(
  'staff.insertFirst',
  `INSERT INTO staff (id, email, display_name, password_hash, password_generated)
   SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT FROM staff)
   ON CONFLICT DO NOTHING RETURNING id`,
);
const SET_ROLE = new Statement<never>(
  'staffRole.set',
  `INSERT INTO staff_roles (staff_id, site_id, role) VALUES ($1, $2, $3)
   ON CONFLICT (staff_id, site_id) DO UPDATE SET role = excluded.role`,
);
const LOCK_OWNERS = new Statement<{ id: string }>(
  'staffRole.lockOwners',
  `SELECT staff_id AS id FROM staff_roles WHERE site_id = ANY($1::uuid[]) AND role = 'owner'
   ORDER BY site_id, staff_id FOR UPDATE`,
);
const OWNERLESS = new Statement<{ id: string }>(
  'staffRole.ownerless',
  `SELECT id FROM unnest($1::uuid[]) AS site (id) WHERE NOT EXISTS (
     SELECT FROM staff_roles r JOIN staff p ON p.id = r.staff_id
     WHERE r.site_id = site.id AND r.role = 'owner' AND p.disabled_at IS NULL)`,
);

export async function findStaffByEmail(em: EntityManager, email: string): Promise<StaffPerson | undefined> {
  return (await BY_EMAIL.run(em, [email]))[0];
}

export async function findStaffById(em: EntityManager, id: string): Promise<StaffPerson | undefined> {
  return (await BY_ID.run(em, [id]))[0];
}

/** Holds the person against other changes and sign-ins until the transaction ends, and reads it then. */
export async function lockStaff(em: EntityManager, id: string): Promise<StaffPerson | undefined> {
  await LOCK.run(em, [id]);
  return findStaffById(em, id);
}

export async function findOldestStaff(em: EntityManager): Promise<StaffPerson | undefined> {
  return (await OLDEST.run(em, []))[0];
}

/** Everybody with a role on one of the sites, by id. */
export function listStaffOfSites(
  em: EntityManager,
  { siteIds, after, limit }: { siteIds: readonly string[]; after: string | undefined; limit: number },
): Promise<StaffPerson[]> {
  return OF_SITES.run(em, [siteIds, after ?? null, limit]);
}

export async function insertStaff(
  em: EntityManager,
  staff: Pick<Staff, 'id' | 'email' | 'displayName' | 'passwordHash'>,
): Promise<void> {
  await em.insert(Staff, staff);
}

/** False where there is staff already. */
export async function insertFirstStaff(
  em: EntityManager,
  staff: Pick<Staff, 'id' | 'email' | 'displayName' | 'passwordHash' | 'passwordGenerated'>,
): Promise<boolean> {
  const { id, email, displayName, passwordHash, passwordGenerated } = staff;
  return (await INSERT_FIRST.run(em, [id, email, displayName, passwordHash, passwordGenerated])).length > 0;
}

export async function updateStaff(
  em: EntityManager,
  id: string,
  {
    disabled,
    ...columns
  }: Partial<Pick<StaffPerson, 'displayName' | 'passwordHash' | 'passwordGenerated' | 'disabled'>>,
): Promise<void> {
  const disabledAt = disabled === undefined ? {} : { disabledAt: disabled ? () => 'clock_timestamp()' : null };
  await em.update(Staff, { id }, { ...columns, ...disabledAt });
}

/** Null takes the role away. */
export async function setRole(em: EntityManager, staffId: string, siteId: string, role: Role | null): Promise<void> {
  if (role === null) await em.delete(StaffRole, { staffId, siteId });
  else await SET_ROLE.run(em, [staffId, siteId, role]);
}

/** Changes that take owners away from one site wait for each other here: see `ownerlessSites`. */
export async function lockOwners(em: EntityManager, siteIds: readonly string[]): Promise<void> {
  await LOCK_OWNERS.run(em, [siteIds]);
}

/** Those of the sites that nobody owns who can sign in. True to the end of the transaction only under `lockOwners`. */
export async function ownerlessSites(em: EntityManager, siteIds: readonly string[]): Promise<string[]> {
  return (await OWNERLESS.run(em, [siteIds])).map((row) => row.id);
}
