import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../../platform/database/statement.js';

export type AskKind = 'subscription' | 'list';

/** What somebody asked for by naming an address. */
export interface AskRow {
  id: string;
  siteId: string;
  kind: AskKind;
  /** null: the reader's own. */
  email: string | null;
  readerId: string | null;
  language: string;
  network: Buffer;
  data: Record<string, unknown>;
}

const INSERT = new Statement<never>(
  'asks.insert',
  `INSERT INTO address_asks (id, site_id, kind, email, reader_id, language, network, data)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
/** Another worker's is left to it. */
const TAKE = new Statement<AskRow>(
  'asks.take',
  `DELETE FROM address_asks WHERE id = (SELECT id FROM address_asks WHERE id = $1 FOR UPDATE SKIP LOCKED)
   RETURNING id, site_id AS "siteId", kind, email, reader_id AS "readerId", language, network, data`,
);
const LEFT = new Statement<{ id: string }>(
  'asks.left',
  `SELECT id FROM address_asks WHERE at < clock_timestamp() - interval '1 minute' ORDER BY id LIMIT $1`,
);
const FORGET = new Statement<never>(
  'asks.forget',
  `DELETE FROM address_asks WHERE at < clock_timestamp() - interval '1 day'`,
);
/** The address that a reader gave when the session began. */
const EMAIL_OF_READER = new Statement<{ email: string | null }>(
  'asks.emailOfReader',
  'SELECT email FROM readers WHERE id = $1 AND site_id = $2',
);

export const askStore = {
  inserting: ({ id, siteId, kind, email, readerId, language, network, data }: AskRow): Write =>
    INSERT.with([id, siteId, kind, email, readerId, language, network, JSON.stringify(data)]),

  /** Undefined: it is done, or another worker is at it. */
  async take(em: EntityManager, id: string): Promise<AskRow | undefined> {
    return (await TAKE.run(em, [id]))[0];
  },

  /** What has waited for a minute: its job was lost. */
  async left(em: EntityManager, limit: number): Promise<string[]> {
    return (await LEFT.run(em, [limit])).map(({ id }) => id);
  },

  /** What could not be looked into for a day; it holds an address. */
  async forget(em: EntityManager): Promise<void> {
    await FORGET.run(em, []);
  },

  async emailOfReader(em: EntityManager, siteId: string, readerId: string): Promise<string | null> {
    return (await EMAIL_OF_READER.run(em, [readerId, siteId]))[0]?.email ?? null;
  },
};
