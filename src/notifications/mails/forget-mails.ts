import { Injectable } from '@nestjs/common';
import { Statement } from '../../platform/database/statement.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';

/** Long enough to answer a complaint, and for the keys that keep a mail from being queued twice. */
const MAIL_DAYS = 30;
const FACT_DAYS = 30;
/** Of the inbox; what was told is told again to nobody within this time. */
const NOTIFICATION_DAYS = 365;
const KEPT_DAYS = 7;
const AT_ONCE = 5_000;

const old = (name: string, table: string, column: string, days: number, and = 'true') =>
  new Statement<{ id: string }>(
    `forget.${name}`,
    `DELETE FROM ${table} WHERE id IN (
       SELECT id FROM ${table} WHERE ${column} < clock_timestamp() - interval '${days} days' AND ${and} LIMIT ${AT_ONCE}
     ) RETURNING id`,
  );

const OLD = [
  old('mails', 'mails', 'finished_at', MAIL_DAYS, `state IN ('sent', 'dropped', 'failed', 'uncertain')`),
  old('facts', 'notification_facts', 'done_at', FACT_DAYS),
  old('notifications', 'notifications', 'created_at', NOTIFICATION_DAYS),
  old('keptMails', 'kept_mails', 'at', KEPT_DAYS),
];

/** What was sent long ago is forgotten, a part at a time. */
@Injectable()
export class ForgetMails {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(signal?: AbortSignal): Promise<void> {
    for (const statement of OLD) {
      while (!signal?.aborted && (await statement.run(this.unitOfWork.em, [])).length === AT_ONCE);
    }
  }
}
