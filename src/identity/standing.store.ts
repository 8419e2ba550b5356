import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { SanctionInForce } from './standing.js';

export interface LockedReader {
  id: string;
  siteId: string;
  displayName: string;
}

const LOCK = new Statement<LockedReader>(
  'readers.lock',
  `SELECT id, site_id AS "siteId", display_name AS "displayName" FROM readers
   WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
);
const SET_SANCTIONS = new Statement<never>('readers.setSanctions', 'UPDATE readers SET sanctions = $2 WHERE id = $1');
const OF_SESSION = new Statement<{ sanctions: SanctionInForce[] | null }>(
  'readers.sanctionsOfSession',
  `SELECT sanctions_in_force(r.sanctions) AS sanctions FROM reader_sessions s JOIN readers r ON r.id = s.reader_id
   WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()`,
);

export const standingStore = {
  lock: (em: EntityManager, ids: readonly string[]): Promise<LockedReader[]> => LOCK.run(em, [ids]),

  async set(em: EntityManager, readerId: string, sanctions: readonly SanctionInForce[]): Promise<void> {
    await SET_SANCTIONS.run(em, [readerId, sanctions.length > 0 ? JSON.stringify(sanctions) : null]);
  },

  async ofSession(em: EntityManager, sessionId: string): Promise<SanctionInForce[]> {
    return (await OF_SESSION.run(em, [sessionId]))[0]?.sanctions ?? [];
  },
};
