import type { EntityManager } from 'typeorm';
import { Statement } from '../database/statement.js';

export interface KeptMail {
  id: string;
  siteId: string;
  recipient: string;
  subject: string;
  /** As they would go over the wire. */
  headers: string;
  text: string;
  html: string;
}

export type KeptMailHead = Pick<KeptMail, 'id' | 'recipient' | 'subject'> & { at: Date };

const INSERT = new Statement<never>(
  'keptMails.insert',
  `INSERT INTO kept_mails (id, site_id, recipient, subject, headers, text, html) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (id) DO NOTHING`,
);
const NEWEST = new Statement<KeptMailHead>(
  'keptMails.newest',
  'SELECT id, recipient, subject, at FROM kept_mails ORDER BY at DESC, id DESC LIMIT $1',
);
const BY_ID = new Statement<KeptMail & { at: Date }>(
  'keptMails.byId',
  `SELECT id, site_id AS "siteId", recipient, subject, headers, text, html, at FROM kept_mails WHERE id = $1`,
);

export const keptMailStore = {
  async insert(em: EntityManager, mail: KeptMail): Promise<void> {
    const { id, siteId, recipient, subject, headers, text, html } = mail;
    await INSERT.run(em, [id, siteId, recipient, subject, headers, text, html]);
  },

  newest: (em: EntityManager, limit: number) => NEWEST.run(em, [limit]),

  async byId(em: EntityManager, id: string): Promise<(KeptMail & { at: Date }) | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },
};
