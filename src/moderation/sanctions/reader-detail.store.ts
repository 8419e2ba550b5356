import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { NETWORK_DAYS, type SanctionInForce } from '../../identity/index.js';
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

export const SAMENESS = ['email', 'network'] as const;
export type Sameness = (typeof SAMENESS)[number];
export type AlikeRow = ReaderRow & { same: Sameness[] };

/** Of sessions from one network: a company or a telephone provider has thousands behind one address. */
const OF_A_NETWORK = 500;

/**
 * Nobody has confirmed the addresses, and a network is not a person: they are hints, for whoever may see these readers.
 * Who has more in common comes first.
 */
const ALIKE = new Statement<AlikeRow>(
  'readers.alike',
  `WITH alike AS (
     SELECT r.id, 'email' AS what FROM readers o JOIN readers r ON lower(r.email) = lower(o.email)
     WHERE o.id = $1 AND r.site_id = ANY($2::uuid[])
     UNION
     SELECT others.reader_id, 'network' FROM reader_sessions m CROSS JOIN LATERAL (
       SELECT s.reader_id FROM reader_sessions s
       WHERE s.network = m.network AND s.created_at > clock_timestamp() - make_interval(days => ${NETWORK_DAYS})
         AND s.site_id = ANY($2::uuid[])
       ORDER BY s.created_at DESC LIMIT ${OF_A_NETWORK}
     ) others
     WHERE m.reader_id = $1 AND m.network IS NOT NULL
       AND m.created_at > clock_timestamp() - make_interval(days => ${NETWORK_DAYS})
   )
   SELECT ${COLUMNS}, a.same
   FROM (SELECT id, array_agg(what ORDER BY what) AS same FROM alike WHERE id <> $1 GROUP BY id) a JOIN readers r ON r.id = a.id
   ORDER BY cardinality(a.same) DESC, r.created_at DESC, r.id DESC LIMIT $3`,
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

  alike: (em: EntityManager, readerId: string, siteIds: readonly string[], limit: number) =>
    ALIKE.run(em, [readerId, siteIds, limit]),

  /** Of the last `days`, and those of them after `since`. */
  async rejections(em: EntityManager, readerId: string, days: number, since: Date | undefined) {
    const after = since?.toISOString() ?? '-infinity';
    return (await REJECTIONS.run(em, [readerId, days, after]))[0] ?? { count: 0, since: 0 };
  },
};
