import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';
import type { AddressRow } from '../addresses/address.store.js';
import { UNCONFIRMED_DAYS } from '../addresses/retention.js';

/** What mails are about: follow-up comments, answers to my comments of a thread, answers to one comment. */
export const SUBSCRIPTION_KINDS = ['thread', 'replies', 'comment'] as const;
export type SubscriptionKind = (typeof SUBSCRIPTION_KINDS)[number];
export type SubscriptionState = 'pending' | 'confirmed' | 'ended';
/** Where it was ended: by the session that asked for it, by the link in a mail, or on the page of preferences. */
export type EndedBy = 'reader' | 'mail' | 'preferences';

export interface SubscriptionRow {
  id: string;
  siteId: string;
  kind: SubscriptionKind;
  threadId: string;
  commentId: string | null;
  readerId: string | null;
  addressId: string | null;
  state: SubscriptionState;
  proved: boolean;
  createdAt: Date;
  confirmedAt: Date | null;
  endedAt: Date | null;
  /** Also of one that waits for being begun anew. */
  endedBy: EndedBy | null;
}

/** A subscription as pages name it. */
export interface TitledSubscription extends SubscriptionRow {
  threadTitle: string;
  threadUrl: string;
}

const COLUMNS = `s.id, s.site_id AS "siteId", s.kind, s.thread_id AS "threadId", s.comment_id AS "commentId",
  s.reader_id AS "readerId", s.address_id AS "addressId", s.state, s.proved, s.created_at AS "createdAt",
  s.confirmed_at AS "confirmedAt", s.ended_at AS "endedAt", s.ended_by AS "endedBy"`;
/** Equal ones of one address, whoever asked for them: to whoever reads the mails they are one. */
const TWINS =
  'w.address_id = s.address_id AND w.thread_id = s.thread_id AND w.kind = s.kind AND w.comment_id IS NOT DISTINCT FROM s.comment_id';

/**
 * What is confirmed stays so; what was ended begins anew. As long as nothing is proved, each ask is as good as the first.
 * Who had ended it is remembered until it is confirmed: otherwise the second ask after an end would be taken at once.
 */
const KEEP = new Statement<SubscriptionRow>(
  'subscriptions.keep',
  `INSERT INTO subscriptions AS s (id, site_id, kind, thread_id, comment_id, reader_id, address_id, state, proved, confirmed_at)
   SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $8 = 'confirmed' THEN clock_timestamp() END
   ON CONFLICT ON CONSTRAINT subscriptions_once DO UPDATE
   SET state = CASE WHEN s.state = 'confirmed' THEN s.state ELSE excluded.state END,
       proved = CASE WHEN s.state = 'ended' THEN excluded.proved ELSE s.proved OR excluded.proved END,
       created_at = CASE WHEN s.proved THEN s.created_at ELSE clock_timestamp() END,
       confirmed_at = CASE WHEN s.state = 'confirmed' THEN s.confirmed_at ELSE excluded.confirmed_at END,
       ended_at = NULL, ended_by = CASE WHEN excluded.state = 'confirmed' THEN NULL ELSE s.ended_by END
   RETURNING ${COLUMNS}`,
);
/**
 * What speaks against confirming at once what a stranger asks for in the name of a confirmed address: its owner (by a
 * mail, on the page, or with the session whose own address it is) has ended this very one, or all that there were.
 */
const DOUBTS = new Statement<{ ended: boolean; lately: number }>(
  'subscriptions.doubts',
  `SELECT coalesce(bool_or(s.ended AND s.thread_id = $2 AND s.kind = $3 AND s.comment_id IS NOT DISTINCT FROM $4)
                   OR bool_or(s.ended) AND NOT bool_or(s.state = 'confirmed'), false) AS ended,
          count(*) FILTER (WHERE NOT s.proved AND s.confirmed_at > clock_timestamp() - interval '1 day')::int AS lately
   FROM (SELECT *, coalesce(state <> 'confirmed' AND (ended_by <> 'reader' OR reader_id = $5), false) AS ended
         FROM subscriptions WHERE address_id = $1) s`,
);
/**
 * Anybody can open a thread, and have its title mailed to a stranger. So as long as nobody stands for it (staff that made
 * or changed the thread, a comment that is public), it is the address of a page of the publisher that is named.
 */
const WAITING = new Statement<TitledSubscription>(
  'subscriptions.waiting',
  `SELECT ${COLUMNS}, t.url AS "threadUrl",
          CASE WHEN h.comment_count > 0
                 OR EXISTS (SELECT FROM log_entries l WHERE l.subject_id = t.id AND l.subject_kind = 'thread') THEN t.title
               ELSE left(substring(t.url FROM '^[^?#]*'), 200) END AS "threadTitle"
   FROM subscriptions s JOIN threads t ON t.id = s.thread_id LEFT JOIN thread_heads h ON h.thread_id = t.id
   WHERE s.address_id = $1 AND s.state = 'pending' ORDER BY s.created_at, s.id`,
);
/** One of each that are equal, the confirmed one first. */
const LIVE = new Statement<TitledSubscription>(
  'subscriptions.live',
  `SELECT * FROM (
     SELECT DISTINCT ON (s.thread_id, s.kind, s.comment_id) ${COLUMNS}, t.title AS "threadTitle", t.url AS "threadUrl"
     FROM subscriptions s JOIN threads t ON t.id = s.thread_id
     WHERE s.address_id = $1 AND s.state <> 'ended'
     ORDER BY s.thread_id, s.kind, s.comment_id, s.state, s.created_at, s.id
   ) one ORDER BY one."createdAt", one.id`,
);
const BY_ID = new Statement<TitledSubscription>(
  'subscriptions.byId',
  `SELECT ${COLUMNS}, t.title AS "threadTitle", t.url AS "threadUrl"
   FROM subscriptions s JOIN threads t ON t.id = s.thread_id WHERE s.id = $1`,
);
/** What is not proved is shown for as long as it would wait, whether it does or not. */
const MINE = new Statement<SubscriptionRow>(
  'subscriptions.mine',
  `SELECT ${COLUMNS} FROM subscriptions s
   WHERE s.reader_id = $1 AND s.thread_id = $2 AND s.state <> 'ended'
     AND (s.proved OR s.created_at > clock_timestamp() - make_interval(days => $3))
   ORDER BY s.created_at, s.id`,
);
const CONFIRM = new Statement<{ readerId: string | null }>(
  'subscriptions.confirm',
  `UPDATE subscriptions SET state = 'confirmed', proved = true, confirmed_at = clock_timestamp(), ended_by = NULL
   WHERE address_id = $1 AND state = 'pending' RETURNING reader_id AS "readerId"`,
);
const CONFIRM_ONE = new Statement<{ readerId: string | null }>(
  'subscriptions.confirmOne',
  `UPDATE subscriptions w SET state = 'confirmed', proved = true, confirmed_at = clock_timestamp(), ended_by = NULL
   FROM subscriptions s WHERE s.id = $2 AND s.address_id = $1 AND w.state = 'pending' AND ${TWINS}
   RETURNING w.reader_id AS "readerId"`,
);
const END = new Statement<{ id: string }>(
  'subscriptions.end',
  `UPDATE subscriptions w SET state = 'ended', ended_at = clock_timestamp(), ended_by = $2
   FROM subscriptions s WHERE s.id = $1 AND w.state <> 'ended' AND (w.id = s.id OR (${TWINS})) RETURNING w.id`,
);
const END_THREAD = new Statement<{ id: string }>(
  'subscriptions.endThread',
  `UPDATE subscriptions SET state = 'ended', ended_at = clock_timestamp(), ended_by = 'mail'
   WHERE address_id = $1 AND thread_id = $2 AND state <> 'ended' RETURNING id`,
);
const END_MINE = new Statement<{ id: string }>(
  'subscriptions.endMine',
  `UPDATE subscriptions
   SET state = 'ended', ended_at = coalesce(ended_at, clock_timestamp()), ended_by = coalesce(ended_by, 'reader')
   WHERE id = $1 AND reader_id = $2 RETURNING id`,
);
const END_ALL = new Statement<{ id: string }>(
  'subscriptions.endAll',
  `UPDATE subscriptions SET state = 'ended', ended_at = clock_timestamp(), ended_by = $2
   WHERE address_id = $1 AND state <> 'ended' RETURNING id`,
);
const FORGET = new Statement<never>(
  'subscriptions.forget',
  `DELETE FROM subscriptions
   WHERE state = 'pending' AND ended_by IS NULL AND created_at < clock_timestamp() - make_interval(days => $1)`,
);
/** What was ended once and asked for again is over again: that its owner ended it is still known, and old links work. */
const END_UNANSWERED = new Statement<never>(
  'subscriptions.endUnanswered',
  `UPDATE subscriptions SET state = 'ended', ended_at = clock_timestamp()
   WHERE state = 'pending' AND ended_by IS NOT NULL AND created_at < clock_timestamp() - make_interval(days => $1)`,
);
const ENDED = new Statement<{ ended: number }>(
  'subscriptions.ended',
  `SELECT count(*)::int AS ended FROM subscriptions WHERE address_id = $1 AND state = 'ended'`,
);
/** Of this thread, and published or the reader's own: whoever writes one may want to hear of answers before it is. */
const COMMENT_STANDS = new Statement<{ id: string }>(
  'subscriptions.commentStands',
  `SELECT id FROM comments WHERE id = $1 AND thread_id = $2 AND status <> 'deleted' AND (status = 'published' OR reader_id = $3)`,
);

export type NewSubscription = Pick<
  SubscriptionRow,
  'siteId' | 'kind' | 'threadId' | 'commentId' | 'readerId' | 'addressId' | 'proved'
> & { state: 'pending' | 'confirmed' };

export const subscriptionStore = {
  async keep(em: EntityManager, one: NewSubscription): Promise<SubscriptionRow> {
    const { siteId, kind, threadId, commentId, readerId, addressId, state, proved } = one;
    const values = [newId(), siteId, kind, threadId, commentId, readerId, addressId, state, proved];
    const [row] = await KEEP.run(em, values);
    if (!row) throw new Error('a subscription was not stored');
    return row;
  },

  /** Whether the address's owner has ended this very one, or all, and how many strangers' asks were confirmed at once today. */
  async doubts(
    em: EntityManager,
    { threadId, kind, commentId }: Pick<NewSubscription, 'threadId' | 'kind' | 'commentId'>,
    { id, readerId }: Pick<AddressRow, 'id' | 'readerId'>,
  ): Promise<{ ended: boolean; lately: number }> {
    return (await DOUBTS.run(em, [id, threadId, kind, commentId, readerId]))[0] ?? { ended: false, lately: 0 };
  },

  /** Waiting for the address to be confirmed, oldest first. */
  waiting: (em: EntityManager, addressId: string) => WAITING.run(em, [addressId]),

  /** All that are not ended, oldest first; equal ones as one. */
  live: (em: EntityManager, addressId: string) => LIVE.run(em, [addressId]),

  async byId(em: EntityManager, id: string): Promise<TitledSubscription | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  mine: (em: EntityManager, readerId: string, threadId: string) => MINE.run(em, [readerId, threadId, UNCONFIRMED_DAYS]),

  /** What waits. Answers which readers asked for it. */
  async confirm(em: EntityManager, addressId: string): Promise<string[]> {
    return (await CONFIRM.run(em, [addressId])).flatMap(({ readerId }) => readerId ?? []);
  },

  /** One that waits, and those equal to it. Answers which readers asked for them. */
  async confirmOne(em: EntityManager, addressId: string, id: string): Promise<string[]> {
    return (await CONFIRM_ONE.run(em, [addressId, id])).flatMap(({ readerId }) => readerId ?? []);
  },

  /** And those equal to it. Answers how many were not ended yet. */
  async end(em: EntityManager, id: string, by: EndedBy): Promise<number> {
    return (await END.run(em, [id, by])).length;
  },

  /** False: the reader has no such subscription. */
  async endMine(em: EntityManager, id: string, readerId: string): Promise<boolean> {
    return (await END_MINE.run(em, [id, readerId])).length > 0;
  },

  /** All that one address is mailed of a thread. */
  async endThread(em: EntityManager, addressId: string, threadId: string): Promise<number> {
    return (await END_THREAD.run(em, [addressId, threadId])).length;
  },

  async endAll(em: EntityManager, addressId: string, by: EndedBy = 'preferences'): Promise<number> {
    return (await END_ALL.run(em, [addressId, by])).length;
  },

  /** How many are kept of those that are over. */
  async ended(em: EntityManager, addressId: string): Promise<number> {
    return (await ENDED.run(em, [addressId]))[0]?.ended ?? 0;
  },

  /** What has waited too long for its address to be confirmed. */
  async forget(em: EntityManager, days: number): Promise<void> {
    await FORGET.run(em, [days]);
    await END_UNANSWERED.run(em, [days]);
  },

  async commentStands(em: EntityManager, id: string, threadId: string, readerId: string | null): Promise<boolean> {
    return (await COMMENT_STANDS.run(em, [id, threadId, readerId])).length > 0;
  },
};
