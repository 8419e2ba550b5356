import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { MailRow } from './mail.js';

export type MailState = 'queued' | 'sending' | 'sent' | 'dropped' | 'failed' | 'uncertain';

/** A mail that this worker is to send. `attempts` names the claim: whoever was frozen meanwhile holds an old one. */
export interface ClaimedMail extends MailRow {
  /** Of the recipient's address; null: there is none any more. */
  domain: string | null;
}

/** How long a claim lasts, and a mail may be on its way to the mail server. Longer than any of its time-outs together. */
const LEASE = `interval '5 minutes'`;
/** More than are handed over at once: the update and its commit cost the same for eight. */
const CLAIMED_AT_ONCE = 64;

/** From here on nothing more joins it. */
const CLAIM = new Statement<ClaimedMail>(
  'mails.claim',
  `WITH claimed AS (
     UPDATE mails SET next_at = clock_timestamp() + ${LEASE}, bucket = NULL, outcome = NULL, attempts = attempts + 1
     WHERE id = ANY(ARRAY(SELECT id FROM mails WHERE state = 'queued' AND next_at <= clock_timestamp()
                          ORDER BY next_at LIMIT ${CLAIMED_AT_ONCE} FOR UPDATE SKIP LOCKED))
     RETURNING *
   )
   SELECT m.id, m.site_id AS "siteId", m.address_id AS "addressId", m.staff_id AS "staffId", m.notice_id AS "noticeId",
          m.thread_id AS "threadId", m.kind, m.data, m.attempts, m.created_at AS "createdAt",
          lower(split_part(coalesce(a.email, st.email, nc.email), '@', -1)) AS domain
   FROM claimed m
   LEFT JOIN addresses a ON a.id = m.address_id
   LEFT JOIN staff st ON st.id = m.staff_id
   LEFT JOIN notice_contacts nc ON nc.notice_id = m.notice_id`,
);
// Those ids twice: whichever of both is read first, it is read by its key.
const BEGIN = new Statement<{ id: string }>(
  'mails.begin',
  `UPDATE mails m SET state = 'sending', next_at = clock_timestamp() + ${LEASE}
   FROM unnest($1::uuid[], $2::int[]) AS c(id, attempts)
   WHERE m.id = ANY($1) AND m.id = c.id AND m.attempts = c.attempts AND m.state = 'queued' RETURNING m.id`,
);
/** A word that comes late is still worth more than not knowing. */
const FINISH = new Statement<never>(
  'mails.finish',
  `UPDATE mails m SET state = c.state, outcome = c.outcome, finished_at = clock_timestamp()
   FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[]) AS c(id, attempts, state, outcome)
   WHERE m.id = ANY($1) AND m.id = c.id AND m.attempts = c.attempts AND m.state IN ('queued', 'sending', 'uncertain')`,
);
const RETRY = new Statement<never>(
  'mails.retry',
  `UPDATE mails SET state = 'queued', outcome = $3, next_at = clock_timestamp() + make_interval(secs => $4)
   WHERE id = $1 AND attempts = $2 AND state IN ('queued', 'sending')`,
);
/** Not tried at all: that counts as no attempt. */
const POSTPONE = new Statement<never>(
  'mails.postpone',
  `UPDATE mails m SET next_at = clock_timestamp() + make_interval(secs => $3), attempts = m.attempts - 1
   FROM unnest($1::uuid[], $2::int[]) AS c(id, attempts)
   WHERE m.id = ANY($1) AND m.id = c.id AND m.attempts = c.attempts AND m.state = 'queued'`,
);
const GIVE_UP = new Statement<{ id: string }>(
  'mails.giveUp',
  `UPDATE mails SET state = 'uncertain', outcome = 'worker-lost', finished_at = clock_timestamp()
   WHERE state = 'sending' AND next_at <= clock_timestamp() RETURNING id`,
);
const SUPPRESS = new Statement<{ id: string }>(
  'mails.suppressAddress',
  `UPDATE addresses SET suppressed_at = clock_timestamp(), suppressed_reason = $2
   WHERE id = $1 AND suppressed_at IS NULL RETURNING id`,
);
const RECIPIENT = new Statement<{ addressId: string }>(
  'mails.recipient',
  'SELECT address_id AS "addressId" FROM mails WHERE id = $1 AND site_id = $2 AND address_id IS NOT NULL',
);

type Claim = Pick<ClaimedMail, 'id' | 'attempts'>;

/** What became of a mail, and why. */
export interface Finished {
  mail: Claim;
  state: Exclude<MailState, 'queued' | 'sending'>;
  outcome: string;
}

export const mailStore = {
  /** Some of those that are due, in no order. */
  claim: (em: EntityManager) => CLAIM.run(em, []),

  /** To be committed before anything is handed over. Those that another worker has by now are missing from the answer. */
  async begin(em: EntityManager, claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const rows = await BEGIN.run(em, columns(claims));
    return new Set(rows.map(({ id }) => id));
  },

  async finish(em: EntityManager, finished: readonly Finished[]): Promise<void> {
    if (finished.length === 0) return;
    await FINISH.run(em, [
      ...columns(finished.map(({ mail }) => mail)),
      finished.map(({ state }) => state),
      finished.map(({ outcome }) => outcome),
    ]);
  },

  async retry(em: EntityManager, { id, attempts }: Claim, outcome: string, seconds: number): Promise<void> {
    await RETRY.run(em, [id, attempts, outcome, seconds]);
  },

  async postpone(em: EntityManager, claims: readonly Claim[], seconds: number): Promise<void> {
    if (claims.length > 0) await POSTPONE.run(em, [...columns(claims), seconds]);
  },

  /** Those that a worker began to hand over, and nobody will ever tell what became of them. Answers how many. */
  async giveUp(em: EntityManager): Promise<number> {
    return (await GIVE_UP.run(em, [])).length;
  },

  /** False: it was before. */
  async suppress(em: EntityManager, addressId: string, reason: 'bounce' | 'complaint'): Promise<boolean> {
    return (await SUPPRESS.run(em, [addressId, reason])).length > 0;
  },

  /** The reader's address that a mail of the site went to. */
  async recipient(em: EntityManager, id: string, siteId: string): Promise<string | undefined> {
    return (await RECIPIENT.run(em, [id, siteId]))[0]?.addressId;
  },
};

function columns(claims: readonly Claim[]): [string[], number[]] {
  return [claims.map(({ id }) => id), claims.map(({ attempts }) => attempts)];
}
