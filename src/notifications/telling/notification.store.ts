import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';
import type { MailKind } from '../mails/mail.js';
import type { News, Told } from './notification.js';

export interface Fresh {
  id: string;
  readerId: string | null;
  addressId: string | null;
}

/** Answers those that are new. Ordered, so that two at once do not wait for each other. */
const INSERT = new Statement<Fresh>(
  'notifications.insert',
  `INSERT INTO notifications (id, site_id, reader_id, address_id, kind, event_key, thread_id, comment_id, subject_id,
                              subscription_id)
   SELECT n.id, $2, n."readerId", n."addressId", $3, $4, $5, $6, $7, n."subscriptionId"
   FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, "readerId" uuid, "addressId" uuid, "subscriptionId" uuid)
   ORDER BY n."readerId", n."addressId"
   ON CONFLICT DO NOTHING RETURNING id, reader_id AS "readerId", address_id AS "addressId"`,
);

/**
 * Puts each into the mail of its bucket that waits, or opens one. A burst moves the mail of a burst on, up to a bound;
 * the time of a digest stands. The row's lock keeps a sender away until all of this is committed.
 */
const JOIN_MAILS = new Statement<never>(
  'notifications.joinMails',
  `WITH joining AS (
     SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS j("notificationId" uuid, "mailId" uuid, "addressId" uuid, kind text, bucket text, due timestamptz)
   ), mail AS (
     INSERT INTO mails (id, site_id, address_id, kind, key, thread_id, bucket, next_at)
     SELECT j."mailId", $2, j."addressId", j.kind, j."mailId"::text, CASE WHEN j.kind = 'activity' THEN $3::uuid END,
            j.bucket, j.due
     FROM joining j ORDER BY j."addressId"
     ON CONFLICT (address_id, bucket) WHERE bucket IS NOT NULL DO UPDATE SET next_at =
       CASE WHEN mails.kind = 'activity'
            THEN least(mails.created_at + make_interval(secs => $4), excluded.next_at)
            ELSE least(mails.next_at, excluded.next_at) END
     RETURNING id, address_id, bucket
   )
   INSERT INTO mail_items (mail_id, notification_id, site_id)
   SELECT mail.id, j."notificationId", $2 FROM joining j
   JOIN mail ON mail.address_id = j."addressId" AND mail.bucket = j.bucket`,
);

const PUSH = new Statement<never>(
  'notifications.push',
  `INSERT INTO pushes (notification_id, subscription_id, site_id)
   SELECT n.id, s.id, n.site_id FROM notifications n JOIN push_subscriptions s ON s.reader_id = n.reader_id
   WHERE n.id = ANY($1::uuid[]) ON CONFLICT DO NOTHING`,
);

export interface Joining {
  notificationId: string;
  addressId: string;
  kind: MailKind;
  bucket: string;
  due: Date;
}

export const notificationStore = {
  insert(em: EntityManager, news: News, people: readonly Told[]): Promise<Fresh[]> {
    const { siteId, kind, eventKey, threadId, commentId, subjectId } = news;
    const rows = people.map((one) => ({
      id: newId(),
      readerId: one.readerId ?? null,
      addressId: one.addressId ?? null,
      subscriptionId: one.addressId === undefined ? null : one.subscriptionId,
    }));
    return INSERT.run(em, [JSON.stringify(rows), siteId, kind, eventKey, threadId, commentId, subjectId]);
  },

  async joinMails(
    em: EntityManager,
    { siteId, threadId }: News,
    joining: readonly Joining[],
    longestWaitSeconds: number,
  ): Promise<void> {
    const rows = joining.map((one) => ({ ...one, mailId: newId() }));
    await JOIN_MAILS.run(em, [JSON.stringify(rows), siteId, threadId, longestWaitSeconds]);
  },

  async push(em: EntityManager, notificationIds: readonly string[]): Promise<void> {
    await PUSH.run(em, [notificationIds]);
  },
};
