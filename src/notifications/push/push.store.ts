import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

export interface PushSubscriptionRow {
  id: string;
  siteId: string;
  readerId: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  createdAt: Date;
}

/** A notification to be pushed to one browser. */
export interface ClaimedPush extends PushSubscriptionRow {
  notificationId: string;
  attempts: number;
}

const COLUMNS = `s.id, s.site_id AS "siteId", s.reader_id AS "readerId", s.endpoint, s.p256dh, s.auth, s.created_at AS "createdAt"`;

/** The same browser again brings new keys. */
const KEEP = new Statement<PushSubscriptionRow>(
  'push.keep',
  `INSERT INTO push_subscriptions AS s (id, site_id, reader_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT ON CONSTRAINT push_subscriptions_once DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth
   RETURNING ${COLUMNS}`,
);
const END_OF_OTHERS = new Statement<never>(
  'push.endOfOthers',
  'DELETE FROM push_subscriptions WHERE endpoint = $1 AND site_id = $2 AND reader_id <> $3',
);
const OF_READER = new Statement<PushSubscriptionRow>(
  'push.ofReader',
  `SELECT ${COLUMNS} FROM push_subscriptions s WHERE s.reader_id = $1 ORDER BY s.created_at, s.id`,
);
const END_MINE = new Statement<{ id: string }>(
  'push.endMine',
  'DELETE FROM push_subscriptions WHERE id = $1 AND reader_id = $2 RETURNING id',
);
const END = new Statement<never>('push.end', 'DELETE FROM push_subscriptions WHERE id = $1');
const CLAIM = new Statement<ClaimedPush>(
  'push.claim',
  `WITH claimed AS (
     UPDATE pushes p SET next_at = clock_timestamp() + interval '2 minutes', attempts = p.attempts + 1
     FROM (SELECT notification_id, subscription_id FROM pushes WHERE next_at <= clock_timestamp()
           ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED) due
     WHERE p.notification_id = due.notification_id AND p.subscription_id = due.subscription_id
     RETURNING p.*
   )
   SELECT ${COLUMNS}, c.notification_id AS "notificationId", c.attempts
   FROM claimed c JOIN push_subscriptions s ON s.id = c.subscription_id`,
);
const DONE = new Statement<never>(
  'push.done',
  'DELETE FROM pushes WHERE notification_id = $1 AND subscription_id = $2',
);
const RETRY = new Statement<never>(
  'push.retry',
  `UPDATE pushes SET next_at = clock_timestamp() + make_interval(secs => $3)
   WHERE notification_id = $1 AND subscription_id = $2`,
);

export const pushStore = {
  /** From now on the browser is this reader's, and nobody else's. */
  async keep(em: EntityManager, one: Omit<PushSubscriptionRow, 'createdAt'>): Promise<PushSubscriptionRow> {
    const { id, siteId, readerId, endpoint, p256dh, auth } = one;
    await END_OF_OTHERS.run(em, [endpoint, siteId, readerId]);
    const [row] = await KEEP.run(em, [id, siteId, readerId, endpoint, p256dh, auth]);
    if (!row) throw new Error('a push subscription was not stored');
    return row;
  },

  ofReader: (em: EntityManager, readerId: string) => OF_READER.run(em, [readerId]),

  /** False: the reader has no such one. */
  async endMine(em: EntityManager, id: string, readerId: string): Promise<boolean> {
    return (await END_MINE.run(em, [id, readerId])).length > 0;
  },

  /** The browser is gone. */
  async end(em: EntityManager, id: string): Promise<void> {
    await END.run(em, [id]);
  },

  claim: (em: EntityManager, limit: number) => CLAIM.run(em, [limit]),

  async done(em: EntityManager, { notificationId, id }: ClaimedPush): Promise<void> {
    await DONE.run(em, [notificationId, id]);
  },

  async retry(em: EntityManager, { notificationId, id }: ClaimedPush, seconds: number): Promise<void> {
    await RETRY.run(em, [notificationId, id, seconds]);
  },
};
