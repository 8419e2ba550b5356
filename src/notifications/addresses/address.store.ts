import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';

export const FREQUENCIES = ['instant', 'hourly', 'daily'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
/** `owner`: asked never to be written to; `bounce`: the mailbox is not there; `complaint`: called our mail spam. */
export type Suppression = 'owner' | 'bounce' | 'complaint';

export interface AddressRow {
  id: string;
  siteId: string;
  /** null: erased. */
  email: string | null;
  emailKey: Buffer;
  language: string | null;
  timeZone: string | null;
  frequency: Frequency;
  confirmedAt: Date | null;
  suppressedAt: Date | null;
  suppressedReason: Suppression | null;
  tokenGeneration: number;
  readerId: string | null;
  /** Whether to tell that reader what is decided about what he or she writes and reports. */
  tellOwn: boolean;
  /** Whether to tell that reader who mentions him or her, and that a comment that waited is public. */
  tellMentions: boolean;
  createdAt: Date;
}

const COLUMNS = `id, site_id AS "siteId", email, email_key AS "emailKey", language, time_zone AS "timeZone", frequency,
  confirmed_at AS "confirmedAt", suppressed_at AS "suppressedAt", suppressed_reason AS "suppressedReason",
  token_generation AS "tokenGeneration", reader_id AS "readerId", tell_own AS "tellOwn",
  tell_mentions AS "tellMentions", created_at AS "createdAt"`;

/** Locks the row, also where it was there. What was erased comes back, but for those who asked never to be written to. */
const KEEP = new Statement<AddressRow>(
  'addresses.keep',
  `INSERT INTO addresses (id, site_id, email, email_key, language) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT ON CONSTRAINT addresses_once
   DO UPDATE SET asked_at = clock_timestamp(), email = CASE WHEN addresses.suppressed_at IS NULL THEN coalesce(addresses.email, excluded.email)
                              ELSE addresses.email END
   RETURNING ${COLUMNS}`,
);
const BY_ID = new Statement<AddressRow>('addresses.byId', `SELECT ${COLUMNS} FROM addresses WHERE id = $1`);
const BY_IDS = new Statement<AddressRow>(
  'addresses.byIds',
  `SELECT ${COLUMNS} FROM addresses WHERE id = ANY($1::uuid[])`,
);
const LOCK = new Statement<AddressRow>('addresses.lock', `SELECT ${COLUMNS} FROM addresses WHERE id = $1 FOR UPDATE`);
const CONFIRM = new Statement<never>(
  'addresses.confirm',
  `UPDATE addresses SET confirmed_at = coalesce(confirmed_at, clock_timestamp()), reader_id = coalesce(reader_id, $2)
   WHERE id = $1`,
);
const SET = new Statement<never>(
  'addresses.set',
  'UPDATE addresses SET frequency = $2, language = $3, time_zone = $4 WHERE id = $1',
);
const TELL_OWN = new Statement<never>('addresses.tellOwn', 'UPDATE addresses SET tell_own = $2 WHERE id = $1');
const TELL_MENTIONS = new Statement<never>(
  'addresses.tellMentions',
  'UPDATE addresses SET tell_mentions = $2 WHERE id = $1',
);
/** Somebody wants mails there, and it is no address to be forgotten now. */
const WANTED = new Statement<never>(
  'addresses.wanted',
  'UPDATE addresses SET asked_at = clock_timestamp() WHERE id = $1',
);
const RENEW = new Statement<AddressRow>(
  'addresses.renewLinks',
  `UPDATE addresses SET token_generation = token_generation + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
);
const BLOCK = new Statement<never>(
  'addresses.block',
  `UPDATE addresses SET email = NULL, confirmed_at = NULL, reader_id = NULL,
          suppressed_at = clock_timestamp(), suppressed_reason = 'owner' WHERE id = $1`,
);
const UNBLOCK = new Statement<never>(
  'addresses.unblock',
  `UPDATE addresses SET suppressed_at = NULL, suppressed_reason = NULL, tell_own = true, tell_mentions = true
   WHERE id = $1 AND suppressed_reason = 'owner'`,
);
/** What was asked for or confirmed since the inner query looked is looked at again, and stays. */
const FORGET = new Statement<{ id: string }>(
  'addresses.forget',
  `DELETE FROM addresses f
   WHERE f.confirmed_at IS NULL AND f.asked_at < clock_timestamp() - make_interval(days => $1) AND f.id IN (
     SELECT a.id FROM addresses a
     WHERE a.confirmed_at IS NULL AND a.suppressed_at IS NULL AND a.asked_at < clock_timestamp() - make_interval(days => $1)
       AND NOT EXISTS (SELECT FROM list_members m WHERE m.address_id = a.id AND m.state = 'confirmed')
     ORDER BY a.asked_at LIMIT $2
   ) RETURNING f.id`,
);

export interface NewAddress {
  siteId: string;
  email: string;
  emailKey: Buffer;
  language: string;
}

export interface AddressSettings {
  frequency: Frequency;
  language: string | null;
  timeZone: string | null;
}

export const addressStore = {
  /** The address, locked; made where there was none. */
  async keep(em: EntityManager, { siteId, email, emailKey, language }: NewAddress): Promise<AddressRow> {
    const [row] = await KEEP.run(em, [newId(), siteId, email, emailKey, language]);
    if (!row) throw new Error('an address was not stored');
    return row;
  },

  async byId(em: EntityManager, id: string): Promise<AddressRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  /** In no order; in a transaction `byKeys`. */
  byIds: (em: EntityManager, ids: readonly string[]) => BY_IDS.run(em, [ids]),

  async lock(em: EntityManager, id: string): Promise<AddressRow | undefined> {
    return (await LOCK.run(em, [id]))[0];
  },

  /** @param readerId whose own address it has proved to be */
  async confirm(em: EntityManager, id: string, readerId: string | null): Promise<void> {
    await CONFIRM.run(em, [id, readerId]);
  },

  async set(em: EntityManager, id: string, { frequency, language, timeZone }: AddressSettings): Promise<void> {
    await SET.run(em, [id, frequency, language, timeZone]);
  },

  async tellOwn(em: EntityManager, id: string, tell: boolean): Promise<void> {
    await TELL_OWN.run(em, [id, tell]);
  },

  async tellMentions(em: EntityManager, id: string, tell: boolean): Promise<void> {
    await TELL_MENTIONS.run(em, [id, tell]);
  },

  async wanted(em: EntityManager, id: string): Promise<void> {
    await WANTED.run(em, [id]);
  },

  /** Every link that was mailed is void from now on. */
  async renewLinks(em: EntityManager, id: string): Promise<AddressRow> {
    const [row] = await RENEW.run(em, [id]);
    if (!row) throw new Error('an address was lost under its lock');
    return row;
  },

  async block(em: EntityManager, id: string): Promise<void> {
    await BLOCK.run(em, [id]);
  },

  async unblock(em: EntityManager, id: string): Promise<void> {
    await UNBLOCK.run(em, [id]);
  },

  /** Addresses that nobody has confirmed, and nobody has asked for in so many days. Answers how many. */
  async forget(em: EntityManager, days: number, limit: number): Promise<number> {
    return (await FORGET.run(em, [days, limit])).length;
  },
};
