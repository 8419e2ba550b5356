import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

export interface SubjectRow {
  /** Whom it is about. */
  readerId: string | null;
  threadId: string | null;
  commentId: string | null;
  /** Whether it is still so. */
  stands: boolean;
  /** Until it can't be undone any more. */
  waitSeconds: number;
}

const WAIT = (until: string) => `greatest(0, ceil(extract(epoch FROM ${until} - clock_timestamp())))::int`;

const DECISION = new Statement<SubjectRow & { tookDown: boolean }>(
  'audience.decision',
  `SELECT c.reader_id AS "readerId", d.thread_id AS "threadId", d.comment_id AS "commentId",
          c.decision_id IS NOT DISTINCT FROM d.id AS stands, d.to_status IN ('rejected', 'spam') AS "tookDown",
          ${WAIT('d.undo_until')} AS "waitSeconds"
   FROM decisions d JOIN comments c ON c.id = d.comment_id WHERE d.id = $1`,
);
const REPORTERS = new Statement<{ id: string }>(
  'audience.reporters',
  `SELECT reader_id AS id FROM reports WHERE decision_id = $1 AND state IN ('agreed', 'disagreed')`,
);
const SANCTION = new Statement<SubjectRow>(
  'audience.sanction',
  `SELECT reader_id AS "readerId", NULL AS "threadId", NULL AS "commentId", lifted_at IS NULL AS stands, 0 AS "waitSeconds"
   FROM sanctions WHERE id = $1`,
);
const APPEAL = new Statement<SubjectRow>(
  'audience.appeal',
  `SELECT reader_id AS "readerId", thread_id AS "threadId", comment_id AS "commentId",
          state IN ('upheld', 'overturned') AS stands, 0 AS "waitSeconds"
   FROM appeals WHERE id = $1`,
);
const NOTICE = new Statement<SubjectRow>(
  'audience.notice',
  `SELECT NULL AS "readerId", n.thread_id AS "threadId", n.comment_id AS "commentId", n.state <> 'open' AS stands,
          coalesce(${WAIT('d.undo_until')}, 0) AS "waitSeconds"
   FROM notices n JOIN notice_contacts k ON k.notice_id = n.id LEFT JOIN decisions d ON d.id = n.decision_id
   WHERE n.id = $1`,
);

export const decisionAudience = {
  async decision(em: EntityManager, id: string): Promise<(SubjectRow & { tookDown: boolean }) | undefined> {
    return (await DECISION.run(em, [id]))[0];
  },

  async reporters(em: EntityManager, decisionId: string): Promise<string[]> {
    return (await REPORTERS.run(em, [decisionId])).map(({ id }) => id);
  },

  async other(em: EntityManager, kind: 'sanction' | 'appeal' | 'notice', id: string): Promise<SubjectRow | undefined> {
    return (await { sanction: SANCTION, appeal: APPEAL, notice: NOTICE }[kind].run(em, [id]))[0];
  },
};
