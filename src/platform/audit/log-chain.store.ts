import { Statement } from '../database/statement.js';
import type { ChainedEntry } from './chain-link.js';

const ENTRY = `e.id, e.site_id AS "siteId", e.at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.action,
  e.subject_kind AS "subjectKind", e.subject_id AS "subjectId", e.codes`;

export interface WaitingEntry extends ChainedEntry {
  now: Date;
}

/** For the relay. By id, which is by time: neighbours in the chain are neighbours on the page. */
export const TAKE_WAITING = new Statement<WaitingEntry>(
  'logChain.take',
  `WITH taken AS (
     DELETE FROM log_waiting WHERE entry_id IN (SELECT entry_id FROM log_waiting ORDER BY entry_id LIMIT $1)
     RETURNING entry_id
   )
   SELECT ${ENTRY}, statement_timestamp()::timestamptz(3) AS now FROM taken t JOIN log_entries e ON e.id = t.entry_id
   ORDER BY e.id`,
);

export interface ChainHead {
  siteId: string;
  n: number;
  hash: Buffer;
  /** When its last entry was chained. */
  at: Date;
}

/** Of the sites given; one that has no entry is missing. */
export const HEADS = new Statement<ChainHead>(
  'logChain.heads',
  `SELECT head.* FROM unnest($1::uuid[]) AS site(id) CROSS JOIN LATERAL (
     SELECT site_id AS "siteId", n, hash, at FROM log_chain WHERE site_id = site.id ORDER BY n DESC LIMIT 1
   ) head`,
);

export const APPEND = new Statement<never>(
  'logChain.append',
  `INSERT INTO log_chain (site_id, n, entry_id, hash, at)
   SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::bytea[], $5::timestamptz[])`,
);

export type StoredLink = { [Key in keyof ChainedEntry]: ChainedEntry[Key] | null } & {
  n: number;
  entryId: string;
  hash: Buffer;
  chainedAt: Date;
};

/** A site's chain from a place on, with its entries; those of an entry that is gone are null. */
export const LINKS = new Statement<StoredLink>(
  'logChain.links',
  `SELECT c.n, c.entry_id AS "entryId", c.hash, c.at AS "chainedAt", ${ENTRY}
   FROM log_chain c LEFT JOIN log_entries e ON e.id = c.entry_id
   WHERE c.site_id = $1 AND c.n > $2 ORDER BY c.n LIMIT $3`,
);

export interface StoredText {
  ownerId: string;
  kind: string;
  text: string;
  salt: Buffer | null;
}

export const TEXTS = new Statement<StoredText>(
  'logChain.texts',
  'SELECT owner_id AS "ownerId", kind, text, salt FROM log_texts WHERE owner_id = ANY($1::uuid[])',
);

/** Texts of a site that stand there and that no entry speaks of. */
export const UNCOVERED = new Statement<{ count: number }>(
  'logChain.uncovered',
  `SELECT count(*)::int AS count FROM log_texts t
   WHERE t.site_id = $1 AND NOT (t.text = '' AND t.salt IS NULL) AND NOT EXISTS (
     SELECT FROM log_entries e
     WHERE e.site_id = $1 AND e.codes->'texts'->>'of' = t.owner_id::text AND e.codes->'texts' ? t.kind)`,
);

export interface Unchained {
  id: string;
  waiting: boolean;
}

/** Entries of a site that no chain has, and whether they only wait for it. */
export const UNCHAINED = new Statement<Unchained>(
  'logChain.unchained',
  `SELECT e.id, w.entry_id IS NOT NULL AS waiting FROM log_entries e
   LEFT JOIN log_chain c ON c.entry_id = e.id LEFT JOIN log_waiting w ON w.entry_id = e.id
   WHERE e.site_id = $1 AND c.entry_id IS NULL ORDER BY e.at, e.id`,
);
