import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { StoredSite } from './site-row.js';

// `version` is a bigint: cast, so that it is a number whoever's connection this is.
const COLUMNS = 'id, key, name, origins, settings, version::int AS version, rules_version AS "rulesVersion"';

const BY_KEY = new Statement<StoredSite>('site.byKey', `SELECT ${COLUMNS} FROM sites WHERE key = $1`);
const BY_ID = new Statement<StoredSite>('site.byId', `SELECT ${COLUMNS} FROM sites WHERE id = $1`);
const LOCK = new Statement<StoredSite>('site.lock', `SELECT ${COLUMNS} FROM sites WHERE id = $1 FOR NO KEY UPDATE`);
const INSERT = new Statement<StoredSite>(
  'site.insert',
  `INSERT INTO sites (id, key, name, origins, settings) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (key) DO NOTHING RETURNING ${COLUMNS}`,
);
const UPDATE = new Statement<StoredSite>(
  'site.update',
  `UPDATE sites SET name = $2, origins = $3, settings = $4, version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
);
const ORIGINS = new Statement<{ origin: string }>(
  'site.origins',
  'SELECT DISTINCT unnest(origins) AS origin FROM sites',
);
const ANY = new Statement<{ any: boolean }>('site.any', 'SELECT EXISTS (SELECT FROM sites) AS any');

export async function findSiteByKey(em: EntityManager, key: string): Promise<StoredSite | undefined> {
  return (await BY_KEY.run(em, [key]))[0];
}

export async function findSiteById(em: EntityManager, id: string): Promise<StoredSite | undefined> {
  return (await BY_ID.run(em, [id]))[0];
}

/** Holds the site against other changes until the transaction ends; those who only refer to it do not wait. */
export async function lockSite(em: EntityManager, id: string): Promise<StoredSite | undefined> {
  return (await LOCK.run(em, [id]))[0];
}

/** Undefined where the key is taken. */
export async function insertSite(
  em: EntityManager,
  site: Omit<StoredSite, 'version' | 'rulesVersion'>,
): Promise<StoredSite | undefined> {
  return (await INSERT.run(em, [site.id, site.key, site.name, site.origins, JSON.stringify(site.settings)]))[0];
}

export async function updateSite(
  em: EntityManager,
  { id, name, origins, settings }: Omit<StoredSite, 'key' | 'version' | 'rulesVersion'>,
): Promise<StoredSite | undefined> {
  return (await UPDATE.run(em, [id, name, origins, JSON.stringify(settings)]))[0];
}

/** The permitted origins of all sites. */
export async function allOrigins(em: EntityManager): Promise<ReadonlySet<string>> {
  return new Set((await ORIGINS.run(em, [])).map((row) => row.origin));
}

export async function anySite(em: EntityManager): Promise<boolean> {
  return (await ANY.run(em, []))[0]?.any ?? false;
}
