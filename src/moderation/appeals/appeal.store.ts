import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../../platform/database/statement.js';
import type { AppealEffect, AppealOutcome, AppealState } from './appeal-state.js';
import { RESTRICTING } from './appealable.js';

/** A decision on a comment, as its author may challenge it. */
export interface AppealedDecision {
  siteId: string;
  readerId: string;
  commentId: string;
  threadId: string;
  revision: number;
  toStatus: string;
  staffId: string | null;
  stands: boolean;
  ageDays: number;
}

export interface NewAppeal {
  id: string;
  siteId: string;
  readerId: string;
  decisionId: string | null;
  commentId: string | null;
  threadId: string | null;
  revision: number | null;
  sanctionId: string | null;
  staffId: string | null;
}

const SUBJECT = new Statement<AppealedDecision>(
  'appeals.decision',
  `SELECT d.site_id AS "siteId", c.reader_id AS "readerId", d.comment_id AS "commentId", d.thread_id AS "threadId",
          d.revision, d.to_status AS "toStatus", d.staff_id AS "staffId", c.decision_id IS NOT DISTINCT FROM d.id AS stands,
          extract(epoch FROM clock_timestamp() - d.at)::float8 / 86400 AS "ageDays"
   FROM decisions d JOIN comments c ON c.id = d.comment_id WHERE d.id = $1`,
);

/**
 * Whether the decision of appeal `a` still keeps its comment down: alone, or with restrictions that came on top of it. A
 * decision names the one that it replaced and undoing leads back there, so it is a function of what holds now, however
 * it came to be. An edit, and all that makes the comment public in between, ends it.
 */
export const STANDS = `EXISTS (
  WITH RECURSIVE restricting AS (
    SELECT d.id, d.from_decision_id FROM comments c JOIN decisions d ON d.id = c.decision_id
    WHERE c.id = a.comment_id AND d.to_status IN ('${RESTRICTING.join("', '")}')
    UNION ALL
    SELECT d.id, d.from_decision_id FROM restricting r JOIN decisions d ON d.id = r.from_decision_id
    WHERE r.id <> a.decision_id AND d.to_status IN ('${RESTRICTING.join("', '")}')
  )
  SELECT FROM restricting WHERE id = a.decision_id)`;

/** Of the decision or sanction $1, or one of the comment $2 that is open and not about to be closed. */
const PRIOR = new Statement<{ id: string; state: AppealState }>(
  'appeals.prior',
  `SELECT id, state FROM appeals WHERE decision_id = $1
   UNION ALL SELECT id, state FROM appeals WHERE sanction_id = $1
   UNION ALL SELECT id, state FROM appeals a WHERE comment_id = $2 AND state = 'open' AND ${STANDS} LIMIT 1`,
);

const INSERT = new Statement<never>(
  'appeals.insert',
  `INSERT INTO appeals (id, site_id, reader_id, decision_id, comment_id, thread_id, revision, sanction_id, staff_id)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

const INSERT_TEXT = new Statement<never>(
  'appeals.text',
  'INSERT INTO log_texts (owner_id, kind, site_id, text, salt) VALUES ($1, $2, $3, $4, $5)',
);

/**
 * Whether a person may not decide on appeal `a`, having taken what it is about while the site has others. Every role may
 * decide on appeals (src/identity/policy.ts), so everybody counts who can sign in and has one.
 */
export const barred = (person: string) => `coalesce(a.staff_id = ${person} AND (
  SELECT count(*) FROM staff_roles sr JOIN staff sp ON sp.id = sr.staff_id
  WHERE sr.site_id = a.site_id AND sp.disabled_at IS NULL) > 1, false)`;

export interface LockedAppeal extends NewAppeal {
  state: AppealState;
  /** What it is about has not been taken back. */
  stands: boolean;
  barred: boolean;
  itemId: string | null;
  heldByAnother: boolean;
}

const PLACE = new Statement<{ siteId: string; readerId: string; commentId: string | null }>(
  'appeals.place',
  'SELECT site_id AS "siteId", reader_id AS "readerId", comment_id AS "commentId" FROM appeals WHERE id = $1',
);

/** Its comment, or its reader, is locked already: nothing that it reads beside the appeal changes meanwhile. */
const LOCK = new Statement<LockedAppeal>(
  'appeals.lock',
  `SELECT a.id, a.site_id AS "siteId", a.reader_id AS "readerId", a.decision_id AS "decisionId", a.comment_id AS "commentId",
          a.thread_id AS "threadId", a.revision, a.sanction_id AS "sanctionId", a.staff_id AS "staffId", a.state,
          ${barred('$1')} AS barred,
          CASE WHEN a.comment_id IS NULL THEN s.id IS NOT NULL AND s.lifted_at IS NULL ELSE ${STANDS} END AS stands,
          q.id AS "itemId", coalesce(q.claimed_by <> $1 AND q.claimed_until > clock_timestamp(), false) AS "heldByAnother"
   FROM appeals a LEFT JOIN sanctions s ON s.id = a.sanction_id LEFT JOIN queue_items q ON q.appeal_id = a.id
   WHERE a.id = $2 FOR UPDATE OF a`,
);

const DECIDE = new Statement<never>(
  'appeals.decide',
  `UPDATE appeals SET state = $2, decided_by = $3, by_same_staff = $4, effect = $5, decided_at = clock_timestamp()
   WHERE id = $1`,
);

const LEAVE_QUEUE = new Statement<never>('appeals.leaveQueue', 'DELETE FROM queue_items WHERE appeal_id = $1');

const CLOSE = new Statement<{ id: string }>(
  'appeals.close',
  `UPDATE appeals SET state = 'moot', decided_at = clock_timestamp() WHERE sanction_id = $1 AND state = 'open' RETURNING id`,
);

export const appealStore = {
  async decision(em: EntityManager, id: string): Promise<AppealedDecision | undefined> {
    return (await SUBJECT.run(em, [id]))[0];
  },

  /** @param commentId of the decision; null: it is a sanction's */
  async prior(em: EntityManager, subjectId: string, commentId: string | null) {
    return (await PRIOR.run(em, [subjectId, commentId]))[0];
  },

  inserting(appeal: NewAppeal): Write {
    const { id, siteId, readerId, decisionId, commentId, threadId, revision, sanctionId, staffId } = appeal;
    return INSERT.with([id, siteId, readerId, decisionId, commentId, threadId, revision, sanctionId, staffId]);
  },

  insertingText: (
    { id, siteId }: Pick<NewAppeal, 'id' | 'siteId'>,
    kind: 'appeal' | 'explanation' | 'note',
    text: string,
    salt: Buffer,
  ): Write => INSERT_TEXT.with([id, kind, siteId, text, salt]),

  async place(em: EntityManager, id: string) {
    return (await PLACE.run(em, [id]))[0];
  },

  async lock(em: EntityManager, id: string, staffId: string): Promise<LockedAppeal | undefined> {
    return (await LOCK.run(em, [staffId, id]))[0];
  },

  deciding: (
    id: string,
    {
      outcome,
      staffId,
      sameStaff,
      effect,
    }: {
      outcome: AppealOutcome;
      staffId: string;
      sameStaff: boolean;
      effect: AppealEffect | null;
    },
  ): readonly Write[] => [DECIDE.with([id, outcome, staffId, sameStaff, effect]), LEAVE_QUEUE.with([id])],

  /** The sanction does not stand any more. Answers the appeal that was open. */
  async closeOfSanction(em: EntityManager, sanctionId: string): Promise<string | undefined> {
    return (await CLOSE.run(em, [sanctionId]))[0]?.id;
  },
};
