import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { DETECTED, RESTRICTS, RESTRICTS_ANEW, SOURCE, WAS_PUBLIC } from '../statements/restriction.sql.js';
import type { Source } from '../statements/restriction.js';
import type { StatementPosition } from '../statements/statement.store.js';
import type { Period } from './period.js';

/**
 * Restrictions that a period has: neither taken back at once nor still to be. A warning is none. OFFSET 0 keeps the
 * planner from reading all decisions for a join where it expects next to none that was undone.
 */
const LASTING = `${RESTRICTS} AND ${RESTRICTS_ANEW} AND (d.undo_until IS NULL OR d.undo_until <= clock_timestamp())
  AND NOT EXISTS (SELECT FROM decisions u
                  WHERE u.comment_id = d.comment_id AND u.action = 'undo' AND u.from_decision_id = d.id OFFSET 0)`;

/** Another person let the very same text stand, and that lasted. */
const OVERTURNED = `EXISTS (
  SELECT FROM decisions x
  WHERE x.comment_id = d.comment_id AND x.revision = d.revision AND (x.at, x.id) > (d.at, d.id)
    AND x.to_status = 'published' AND x.action <> 'undo'
    AND NOT EXISTS (SELECT FROM decisions u
                    WHERE u.comment_id = x.comment_id AND u.action = 'undo' AND u.from_decision_id = x.id OFFSET 0)
  OFFSET 0)`;

const IN_PERIOD = (row: string, at = 'at') => `${row}.${at} >= $2::timestamptz AND ${row}.${at} < $3::timestamptz`;

const PAGE = new Statement<{ about: 'comment' | 'account'; id: string; at: Date }>(
  'transparency.page',
  `(SELECT 'comment' AS about, one.id, one.at FROM unnest($1::uuid[]) AS site(id) CROSS JOIN LATERAL (
      SELECT d.id, d.at FROM decisions d
      WHERE d.site_id = site.id AND ${IN_PERIOD('d')} AND (d.at, d.id) > ($4::timestamptz, $5::uuid) AND ${LASTING}
      ORDER BY d.at, d.id LIMIT $6) one)
   UNION ALL
   (SELECT 'account', one.id, one.at FROM unnest($1::uuid[]) AS site(id) CROSS JOIN LATERAL (
      SELECT s.id, s.at FROM sanctions s
      WHERE s.site_id = site.id AND ${IN_PERIOD('s')} AND (s.at, s.id) > ($4::timestamptz, $5::uuid) AND s.kind <> 'warn'
      ORDER BY s.at, s.id LIMIT $6) one)
   ORDER BY at, id LIMIT $6`,
);

export interface RestrictedCount {
  siteId: string;
  action: string;
  reason: string | null;
  source: Source;
  wasPublic: boolean;
  detected: boolean;
  byRule: boolean;
  overturned: boolean;
  n: number;
}

const RESTRICTED = new Statement<RestrictedCount>(
  'transparency.restricted',
  `SELECT "siteId", action, reason, source, "wasPublic", detected, "byRule", overturned, count(*)::int AS n FROM (
     SELECT d.site_id AS "siteId", d.action, d.reason, ${SOURCE} AS source, ${WAS_PUBLIC} AS "wasPublic",
            ${DETECTED} AS detected, d.staff_id IS NULL AS "byRule", ${OVERTURNED} AS overturned
     FROM unnest($1::uuid[]) AS site(id) JOIN decisions d ON d.site_id = site.id
     LEFT JOIN comment_revisions rv ON rv.comment_id = d.comment_id AND rv.revision = d.revision
     WHERE ${IN_PERIOD('d')} AND ${LASTING}) one
   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
);

export interface SanctionedCount {
  siteId: string;
  kind: 'premoderate' | 'suspend' | 'ban';
  reason: string;
  lifted: boolean;
  n: number;
}

const SANCTIONED = new Statement<SanctionedCount>(
  'transparency.sanctioned',
  `SELECT s.site_id AS "siteId", s.kind, s.reason, s.lifted_at IS NOT NULL AS lifted, count(*)::int AS n
   FROM unnest($1::uuid[]) AS site(id) JOIN sanctions s ON s.site_id = site.id
   WHERE ${IN_PERIOD('s')} AND s.kind <> 'warn' GROUP BY 1, 2, 3, 4`,
);

export interface NoticeCount {
  siteId: string;
  category: string;
  state: string;
  /** Of the decision that removed the comment. */
  reason: string | null;
  /** Decided on by a rule. */
  byRule: boolean;
  n: number;
}

const NOTICES = new Statement<NoticeCount>(
  'transparency.notices',
  `SELECT n.site_id AS "siteId", n.category, n.state, CASE WHEN n.state = 'removed' THEN d.reason END AS reason,
          d.id IS NOT NULL AND d.staff_id IS NULL AS "byRule", count(*)::int AS n
   FROM unnest($1::uuid[]) AS site(id) JOIN notices n ON n.site_id = site.id
   LEFT JOIN decisions d ON d.id = n.decision_id
   WHERE ${IN_PERIOD('n', 'received_at')} GROUP BY 1, 2, 3, 4, 5`,
);

const MEDIAN = (seconds: string) => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${seconds}) AS median`;

const NOTICE_MEDIAN = new Statement<{ median: number | null }>(
  'transparency.noticeMedian',
  `SELECT ${MEDIAN('extract(epoch FROM n.decided_at - n.received_at)::float8')}
   FROM unnest($1::uuid[]) AS site(id) JOIN notices n ON n.site_id = site.id
   WHERE ${IN_PERIOD('n', 'received_at')} AND n.state IN ('removed', 'kept')`,
);

export interface AppealCount {
  about: 'comment' | 'account';
  state: string;
  n: number;
}

const APPEALS = new Statement<AppealCount>(
  'transparency.appeals',
  `SELECT CASE WHEN a.sanction_id IS NULL THEN 'comment' ELSE 'account' END AS about, a.state, count(*)::int AS n
   FROM unnest($1::uuid[]) AS site(id) JOIN appeals a ON a.site_id = site.id WHERE ${IN_PERIOD('a')} GROUP BY 1, 2`,
);

const APPEAL_MEDIAN = new Statement<{ median: number | null }>(
  'transparency.appealMedian',
  `SELECT ${MEDIAN('extract(epoch FROM a.decided_at - a.at)::float8')}
   FROM unnest($1::uuid[]) AS site(id) JOIN appeals a ON a.site_id = site.id
   WHERE ${IN_PERIOD('a')} AND a.state IN ('upheld', 'overturned')`,
);

const values = (siteIds: readonly string[], { from, to }: Period) => [siteIds, from.toISOString(), to.toISOString()];

export const transparencyStore = {
  /** Restrictions of the period behind a place, oldest first. */
  page: (
    em: EntityManager,
    siteIds: readonly string[],
    period: Period,
    { after, limit }: { after: StatementPosition; limit: number },
  ) => PAGE.run(em, [...values(siteIds, period), ...after, limit]),

  /** Of comments; of accounts; notices; appeals; medians in seconds. */
  async counts(em: EntityManager, siteIds: readonly string[], period: Period) {
    const given = values(siteIds, period);
    const [restricted, sanctioned, notices, appeals, [notice], [appeal]] = await Promise.all([
      RESTRICTED.run(em, given),
      SANCTIONED.run(em, given),
      NOTICES.run(em, given),
      APPEALS.run(em, given),
      NOTICE_MEDIAN.run(em, given),
      APPEAL_MEDIAN.run(em, given),
    ]);
    const medians = { notices: notice?.median ?? null, appeals: appeal?.median ?? null };
    return { restricted, sanctioned, notices, appeals, medians };
  },
};

export type Counted = Awaited<ReturnType<typeof transparencyStore.counts>>;
