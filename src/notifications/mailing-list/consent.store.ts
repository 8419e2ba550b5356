import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';

export type ConsentKind = 'asked' | 'confirmed' | 'withdrawn';
/** Where it was said: in the box under an article, by the link in a mail, on the page of preferences. */
export type ConsentVia = 'page' | 'mail' | 'preferences';

export interface NewConsent {
  siteId: string;
  listId: string;
  addressId: string;
  kind: ConsentKind;
  textVersion: number;
  via: ConsentVia;
  page: string | null;
  language: string;
  network: Buffer;
}

export interface ConsentRow {
  kind: ConsentKind;
  listName: string;
  textVersion: number;
  via: ConsentVia;
  page: string | null;
  at: Date;
}

const INSERT = new Statement<never>(
  'consents.insert',
  `WITH given AS (
     INSERT INTO list_consents (id, site_id, list_id, address_id, kind, text_version, via, page, language)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id, site_id
   )
   INSERT INTO list_consent_networks (consent_id, site_id, network) SELECT id, site_id, $10 FROM given`,
);
const HISTORY = new Statement<ConsentRow>(
  'consents.history',
  `SELECT c.kind, l.name AS "listName", c.text_version AS "textVersion", c.via, c.page, c.at
   FROM mailing_lists l JOIN list_consents c ON c.list_id = l.id AND c.address_id = $2
   WHERE l.site_id = $1 ORDER BY c.at, c.id`,
);
const FORGET_NETWORKS = new Statement<never>(
  'consents.forgetNetworks',
  'DELETE FROM list_consent_networks WHERE at < clock_timestamp() - make_interval(days => $1)',
);

/** The proof of what was consented to. Rows are only ever added. */
export const consentStore = {
  async append(em: EntityManager, consent: NewConsent): Promise<void> {
    const { siteId, listId, addressId, kind, textVersion, via, page, language, network } = consent;
    await INSERT.run(em, [newId(), siteId, listId, addressId, kind, textVersion, via, page, language, network]);
  },

  /** Of one address on one site, oldest first. */
  history: (em: EntityManager, siteId: string, addressId: string) => HISTORY.run(em, [siteId, addressId]),

  async forgetNetworks(em: EntityManager, days: number): Promise<void> {
    await FORGET_NETWORKS.run(em, [days]);
  },
};
