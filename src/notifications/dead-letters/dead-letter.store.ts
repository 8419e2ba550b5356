import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { MailKind } from '../mails/mail.js';

export const TROUBLES = ['failed', 'uncertain'] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface DeadLetterRow {
  id: string;
  siteId: string;
  kind: MailKind;
  state: string;
  outcome: string | null;
  attempts: number;
  domain: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** Never the address: whoever looks after the mail server has its log. */
const COLUMNS = `m.id, m.site_id AS "siteId", m.kind, m.state, m.outcome, m.attempts, m.created_at AS "createdAt",
  m.finished_at AS "finishedAt", lower(split_part(coalesce(a.email, st.email, nc.email), '@', -1)) AS domain`;
const JOINS = `LEFT JOIN addresses a ON a.id = m.address_id LEFT JOIN staff st ON st.id = m.staff_id
  LEFT JOIN notice_contacts nc ON nc.notice_id = m.notice_id`;

const PAGE = new Statement<DeadLetterRow>(
  'deadLetters.page',
  `SELECT ${COLUMNS} FROM (
     SELECT * FROM mails WHERE site_id = $1 AND state = $2 AND state IN ('failed', 'uncertain')
       AND (created_at, id) < ($3::timestamptz, $4::uuid)
     ORDER BY created_at DESC, id DESC LIMIT $5
   ) m ${JOINS} ORDER BY m.created_at DESC, m.id DESC`,
);
const LOCK = new Statement<DeadLetterRow>(
  'deadLetters.lock',
  `SELECT ${COLUMNS} FROM mails m ${JOINS} WHERE m.id = $1 FOR UPDATE OF m`,
);
const RESEND = new Statement<never>(
  'deadLetters.resend',
  `UPDATE mails SET state = 'queued', attempts = 0, outcome = NULL, finished_at = NULL, next_at = clock_timestamp()
   WHERE id = $1`,
);

/** Time and id. */
export type DeadLetterPosition = readonly [at: string, id: string];
const NEWEST: DeadLetterPosition = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

export const deadLetterStore = {
  page: (em: EntityManager, siteId: string, state: Trouble, after: DeadLetterPosition | undefined, limit: number) =>
    PAGE.run(em, [siteId, state, ...(after ?? NEWEST), limit]),

  async lock(em: EntityManager, id: string): Promise<DeadLetterRow | undefined> {
    return (await LOCK.run(em, [id]))[0];
  },

  async resend(em: EntityManager, id: string): Promise<void> {
    await RESEND.run(em, [id]);
  },
};
