import { createHash } from 'node:crypto';

/** An entry of the log as it is hashed. */
export interface ChainedEntry {
  id: string;
  siteId: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  codes: unknown;
}

/** Where an entry stands in the chain of its site. */
export interface ChainPlace {
  /** 1 for the site's first entry. */
  n: number;
  /** When it was chained. */
  at: Date;
}

const FORM = 'postil-log-1';

/** What a site's first entry follows. */
export function chainStart(siteId: string): Buffer {
  return createHash('sha256').update(`${FORM} ${siteId}`).digest();
}

/**
 * SHA-256 over the hash before and all of the entry, as JSON with sorted keys: whoever has the database can compute it
 * without this code. docs/decisions/012-log-chain.md shows how.
 */
export function chainHash(before: Uint8Array, place: ChainPlace, entry: ChainedEntry): Buffer {
  const { id, siteId, at, actorKind, actorId, action, subjectKind, subjectId, codes } = entry;
  const link = [FORM, place.n, place.at, id, siteId, at, actorKind, actorId, action, subjectKind, subjectId, codes];
  return createHash('sha256').update(before).update(JSON.stringify(link, sortKeys)).digest();
}

/** jsonb keeps no order of keys that another version of PostgreSQL would have to keep too. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
