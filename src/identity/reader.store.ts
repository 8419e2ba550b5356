import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { SanctionInForce } from './standing.js';

const INSERT = new Statement<never>(
  'reader.insert',
  `WITH reader AS (
     INSERT INTO readers (id, site_id, display_name, email) VALUES ($2, $3, $4, $5) RETURNING id, site_id
   )
   INSERT INTO reader_sessions (id, reader_id, site_id, expires_at, network)
   SELECT $1, id, site_id, clock_timestamp() + make_interval(days => $6), $7 FROM reader`,
);
const FORGET_NETWORKS = new Statement<{ id: string }>(
  'readerSession.forgetNetworks',
  `UPDATE reader_sessions SET network = NULL WHERE id IN (
     SELECT id FROM reader_sessions WHERE network IS NOT NULL AND created_at < clock_timestamp() - make_interval(days => $1)
     ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
   RETURNING id`,
);
const END = new Statement<{ id: string }>(
  'readerSession.end',
  `UPDATE reader_sessions SET ended_at = coalesce(ended_at, clock_timestamp())
   WHERE id = $1 AND site_id = $2 RETURNING id`,
);
const RESOLVE = new Statement<ReaderSessionRow>(
  'readerSession.resolve',
  `SELECT r.id AS "readerId", r.site_id AS "siteId", r.display_name AS "displayName",
          sanctions_in_force(r.sanctions) AS sanctions
   FROM reader_sessions s JOIN readers r ON r.id = s.reader_id
   WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()`,
);

export interface NewReader {
  readerId: string;
  sessionId: string;
  siteId: string;
  displayName: string;
  email: string | undefined;
  sessionDays: number;
  /** A keyed hash. */
  network: Buffer | null;
}

export interface ReaderSessionRow {
  readerId: string;
  siteId: string;
  displayName: string;
  /** In force at this moment; null: none. */
  sanctions: SanctionInForce[] | null;
}

/** A guest and its session, in one statement. */
export async function insertGuest(em: EntityManager, reader: NewReader): Promise<void> {
  const { sessionId, readerId, siteId, displayName, email, sessionDays, network } = reader;
  await INSERT.run(em, [sessionId, readerId, siteId, displayName, email ?? null, sessionDays, network]);
}

/** Of sessions that were begun so many days ago; answers of how many. */
export async function forgetNetworks(em: EntityManager, days: number, limit: number): Promise<number> {
  return (await FORGET_NETWORKS.run(em, [days, limit])).length;
}

/** False where the site has no such session. */
export async function endReaderSession(em: EntityManager, sessionId: string, siteId: string): Promise<boolean> {
  return (await END.run(em, [sessionId, siteId])).length > 0;
}

/** Undefined where the session has ended. */
export async function resolveReaderSession(
  em: EntityManager,
  sessionId: string,
): Promise<ReaderSessionRow | undefined> {
  return (await RESOLVE.run(em, [sessionId]))[0];
}
