import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';
import type { SentLately } from './confirmation-caps.js';

/** Whoever counts is alone on the site until the transaction ends: two at once would both see room for one more. */
const COUNT_ALONE = new Statement<never>(
  'confirmations.countAlone',
  `SELECT FROM (SELECT pg_advisory_xact_lock(hashtextextended('confirmations ' || $1::text, 0))) AS alone`,
);
const LATELY = new Statement<SentLately>(
  'confirmations.lately',
  `SELECT
     (SELECT count(*)::int FROM confirmation_mails
      WHERE address_id = $2 AND at > clock_timestamp() - interval '1 day') AS "toAddress",
     (SELECT extract(epoch FROM clock_timestamp() - max(at))::float8 FROM confirmation_mails
      WHERE address_id = $2 AND subject_id = $3) AS "secondsSinceLast",
     (SELECT count(*)::int FROM confirmation_mails
      WHERE site_id = $1 AND network = $4 AND at > clock_timestamp() - interval '1 hour') AS "byNetwork",
     (SELECT count(*)::int FROM confirmation_mails
      WHERE site_id = $1 AND at > clock_timestamp() - interval '1 hour') AS "onSite"`,
);
const INSERT = new Statement<never>(
  'confirmations.insert',
  'INSERT INTO confirmation_mails (id, site_id, address_id, subject_id, network) VALUES ($1, $2, $3, $4, $5)',
);
const FORGET = new Statement<never>(
  'confirmations.forget',
  `DELETE FROM confirmation_mails WHERE at < clock_timestamp() - interval '2 days'`,
);

export interface Confirmation {
  siteId: string;
  addressId: string;
  /** The address itself, or a member of a list. */
  subjectId: string;
  network: Buffer;
}

export const confirmationStore = {
  /** No other transaction counts for the site until this one has ended. */
  async lately(em: EntityManager, { siteId, addressId, subjectId, network }: Confirmation): Promise<SentLately> {
    await COUNT_ALONE.run(em, [siteId]);
    const [row] = await LATELY.run(em, [siteId, addressId, subjectId, network]);
    if (!row) throw new Error('counting found no row');
    return row;
  },

  /** Answers its id. */
  async insert(em: EntityManager, { siteId, addressId, subjectId, network }: Confirmation): Promise<string> {
    const id = newId();
    await INSERT.run(em, [id, siteId, addressId, subjectId, network]);
    return id;
  },

  /** What no cap counts any more: it holds networks. */
  async forget(em: EntityManager): Promise<void> {
    await FORGET.run(em, []);
  },
};
