import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';
import type { NewMail } from './mail.js';

const QUEUE = new Statement<{ id: string }>(
  'mails.queue',
  `INSERT INTO mails (id, site_id, address_id, staff_id, notice_id, kind, key, data, next_at)
   SELECT n.id, n."siteId", n."addressId", n."staffId", n."noticeId", n.kind, n.key, n.data,
          coalesce(n."notBefore", clock_timestamp())
   FROM jsonb_to_recordset($1::jsonb)
     AS n(id uuid, "siteId" uuid, "addressId" uuid, "staffId" uuid, "noticeId" uuid, kind text, key text, data jsonb,
          "notBefore" timestamptz)
   ON CONFLICT ON CONSTRAINT mails_once DO NOTHING RETURNING id`,
);

/** Mails are queued in the transaction that makes them due, and sent by the workers. */
@Injectable()
export class MailQueue {
  /** Answers how many are new; whose `key` the site knows already is left as it is. */
  async queue(em: EntityManager, mails: readonly NewMail[]): Promise<number> {
    if (mails.length === 0) return 0;
    const rows = await QUEUE.run(em, [JSON.stringify(mails.map((mail) => ({ id: newId(), ...mail })))]);
    return rows.length;
  }
}
