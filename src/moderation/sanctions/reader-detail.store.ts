import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { SanctionInForce } from '../../identity/index.js';
import type { Status } from '../../threads/index.js';

export interface ReaderRow {
  id: string;
  siteId: string;
  displayName: string;
  kind: 'guest' | 'sso';
  createdAt: Date;
  sanctions: SanctionInForce[] | null;
}

const COLUMNS = `r.id, r.site_id AS "siteId", r.display_name AS "displayName", r.kind, r.created_at AS "createdAt",
  sanctions_in_force(r.sanctions) AS sanctions`;

const BY_ID = new Statement<ReaderRow>('readers.byId', `SELECT ${COLUMNS} FROM readers r WHERE r.id = $1`);

const RECORD = new Statement<{ status: Status; count: number }>(
  'readers.record',
  'SELECT status, count(*)::int AS count FROM comments WHERE reader_id = $1 GROUP BY status',
);

/** Nobody has confirmed the addresses: they are hints, for whoever may see these readers. */
const SAME_EMAIL = new Statement<ReaderRow>(
  'readers.sameEmail',
  `SELECT ${COLUMNS} FROM readers o JOIN readers r ON lower(r.email) = lower(o.email) AND r.id <> o.id
   WHERE o.id = $1 AND r.site_id = ANY($2::uuid[]) ORDER BY r.created_at DESC, r.id DESC LIMIT $3`,
);

/**
 * By the decision that stands: one that was undone or overturned counts no more, and the author's deletion takes none
 * away. What a sanction has rejected along with it counts by that sanction.
 */
const REJECTIONS = new Statement<{ count: number; since: number }>(
  'readers.rejections',
  `SELECT count(*)::int AS count, (count(*) FILTER (WHERE d.at > $3::timestamptz))::int AS since
   FROM comments c JOIN decisions d ON d.id = c.decision_id
   WHERE c.reader_id = $1 AND d.decided_by = 'human' AND d.to_status IN ('rejected', 'spam')
     AND d.at > clock_timestamp() - make_interval(days => $2)
     AND d.batch_id NOT IN (SELECT unnest(j.batches) FROM sanctions s JOIN moderation_jobs j ON j.sanction_id = s.id
                            WHERE s.reader_id = $1)`,
);

export const readerDetailStore = {
  async byId(em: EntityManager, id: string): Promise<ReaderRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  record: (em: EntityManager, readerId: string) => RECORD.run(em, [readerId]),

  sameEmail: (em: EntityManager, readerId: string, siteIds: readonly string[], limit: number) =>
    SAME_EMAIL.run(em, [readerId, siteIds, limit]),

  /** Of the last `days`, and those of them after `since`. */
  async rejections(em: EntityManager, readerId: string, days: number, since: Date | undefined) {
    const after = since?.toISOString() ?? '-infinity';
    return (await REJECTIONS.run(em, [readerId, days, after]))[0] ?? { count: 0, since: 0 };
  },
};
