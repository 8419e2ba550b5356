import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

export interface MailingListRow {
  id: string;
  siteId: string;
  key: string;
  name: string;
  description: string;
  /** What is consented to: the newest of its versions. */
  text: string;
  textVersion: number;
  isDefault: boolean;
  /** Takes nobody new. */
  closed: boolean;
  createdAt: Date;
}

const COLUMNS = `l.id, l.site_id AS "siteId", l.key, l.name, l.description, x.text, l.text_version AS "textVersion",
  l.is_default AS "isDefault", l.closed, l.created_at AS "createdAt"`;
const LISTS = `mailing_lists l JOIN mailing_list_texts x ON x.list_id = l.id AND x.version = l.text_version`;

const OF_SITE = new Statement<MailingListRow>(
  'lists.ofSite',
  `SELECT ${COLUMNS} FROM ${LISTS} WHERE l.site_id = $1 ORDER BY l.is_default DESC, l.created_at, l.id`,
);
const BY_ID = new Statement<MailingListRow>('lists.byId', `SELECT ${COLUMNS} FROM ${LISTS} WHERE l.id = $1`);
/** One at a time changes the lists of a site: which of them is the default is a matter of all of them. */
const LOCK_SITE = new Statement<never>(
  'lists.lockSite',
  `SELECT FROM (SELECT pg_advisory_xact_lock(hashtextextended('lists ' || $1::text, 0))) AS alone`,
);
const NO_DEFAULT = new Statement<never>(
  'lists.noDefault',
  'UPDATE mailing_lists SET is_default = false WHERE site_id = $1 AND is_default AND key <> $2',
);
const SAVE = new Statement<never>(
  'lists.save',
  `INSERT INTO mailing_lists (id, site_id, key, name, description, text_version, is_default, closed)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
   ON CONFLICT ON CONSTRAINT mailing_lists_key DO UPDATE
   SET name = excluded.name, description = excluded.description, text_version = excluded.text_version,
       is_default = excluded.is_default, closed = excluded.closed`,
);
const INSERT_TEXT = new Statement<never>(
  'lists.insertText',
  'INSERT INTO mailing_list_texts (list_id, version, site_id, text) VALUES ($1, $2, $3, $4)',
);
const TEXT = new Statement<{ text: string }>(
  'lists.text',
  'SELECT text FROM mailing_list_texts WHERE list_id = $1 AND version = $2',
);

export type SavedList = Omit<MailingListRow, 'createdAt'>;

export const mailingListStore = {
  /** The default first. */
  ofSite: (em: EntityManager, siteId: string) => OF_SITE.run(em, [siteId]),

  async byId(em: EntityManager, id: string): Promise<MailingListRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  async lockSite(em: EntityManager, siteId: string): Promise<void> {
    await LOCK_SITE.run(em, [siteId]);
  },

  /** A new one, or what it is from now on. Needs the site's lock. */
  async save(em: EntityManager, list: SavedList, newText: boolean): Promise<void> {
    const { id, siteId, key, name, description, text, textVersion, isDefault, closed } = list;
    if (isDefault) await NO_DEFAULT.run(em, [siteId, key]);
    await SAVE.run(em, [id, siteId, key, name, description, textVersion, isDefault, closed]);
    if (newText) await INSERT_TEXT.run(em, [id, textVersion, siteId, text]);
  },

  /** What was consented to with that version. */
  async text(em: EntityManager, listId: string, version: number): Promise<string | undefined> {
    return (await TEXT.run(em, [listId, version]))[0]?.text;
  },
};
