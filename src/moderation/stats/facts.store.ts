import { ADVERTISING } from '../queues.js';
import { stepInSql } from './histogram.js';

/**
 * What happened, as figures that add up: `measure`, of which `subject`, of which kind (`code`), how many. The same
 * statements count what is folded into `stat_days` and what came after: so the sum of both is the same at any time.
 *
 * | measure                        | subject | code                                                             |
 * | ------------------------------ | ------- | ---------------------------------------------------------------- |
 * | `queue-entered`, `queue-left`  | queue   |                                                                  |
 * | `queue-wait`                   | queue   | step of the histogram, by the day of the decision                |
 * | `staff-decided`                | staff   | action                                                           |
 * | `staff-wait`                   | staff   | step                                                             |
 * | `rule`                         | rule    | `hold`, `reject`, `would-hold`, `would-reject`, each by the day of the screening, alone or with `:published`, `:rejected` |
 */
export const FACT = 'site_id, day, measure, subject, code, n';

const dayOf = (at: string) => `(${at} AT TIME ZONE 'UTC')::date`;

/** What each rule did to a revision: once, however many findings it has. */
const DONE_BY_RULES = `
  SELECT f->>'rule' AS rule,
         CASE WHEN bool_or(f->>'action' = 'reject') THEN 'reject' WHEN bool_or(f->>'action' = 'hold') THEN 'hold'
              WHEN bool_or(f->>'would' = 'reject') THEN 'would-reject' WHEN bool_or(f->>'would' = 'hold') THEN 'would-hold'
         END AS did
  FROM jsonb_array_elements(rv.screening) f GROUP BY 1`;

const ADVERTISES = `EXISTS (SELECT FROM jsonb_array_elements(rv.screening) f WHERE f->>'action' IN ('hold', 'reject')
                            AND coalesce(f->>'kind', f->>'rule') = ANY('{${ADVERTISING.join(',')}}'))`;

/** OFFSET 0 and LIMIT 1 keep PostgreSQL from reading whole tables for the few rows of the last hour. */
const ITS_TEXT = `JOIN LATERAL (SELECT created_at, screening FROM comment_revisions
                             WHERE comment_id = d.comment_id AND revision = d.revision OFFSET 0) rv ON true`;
const UNDONE = `(SELECT true FROM decisions u
                 WHERE u.comment_id = d.comment_id AND u.action = 'undo' AND u.from_decision_id = d.id LIMIT 1)`;

/** Since when the comment had waited in each queue that the decision took it from. */
const WAITED = `
  SELECT q.queue, q.since FROM (VALUES
    ('pending', CASE WHEN d.from_status = 'pending' THEN held.since END),
    ('spam', CASE WHEN d.from_status = 'pending' AND ${ADVERTISES} THEN held.since END),
    ('unmoderated', CASE WHEN d.from_status = 'published' AND d.from_decided_by <> 'human' THEN held.since END),
    ('reported', (SELECT min(created_at) FROM reports r WHERE r.decision_id = d.id AND r.created_at <= d.at)),
    ('illegal', (SELECT min(received_at) FROM notices i WHERE i.decision_id = d.id AND i.received_at <= d.at))
  ) AS q(queue, since) WHERE q.since IS NOT NULL`;

const HELD_SINCE = `
  SELECT coalesce(CASE WHEN d.from_decided_by = 'rule' THEN (SELECT p.at FROM decisions p WHERE p.id = d.from_decision_id) END,
                  rv.created_at) AS since`;

/**
 * Of decisions. Those that were undone are counted as decided, and as undone, and waited for nobody. Of a rule's comments
 * counts what stands: each decision takes away what people had made of the revision before and adds what they make of it
 * now, so the sum of all is right in whatever order they are added.
 * @param where picks from `decisions`
 */
export function decisionFacts(where: string): string {
  return `
  WITH d AS MATERIALIZED (SELECT * FROM decisions WHERE ${where}),
  waits AS MATERIALIZED (
    SELECT d.id, d.site_id, d.staff_id, ${dayOf('d.at')} AS day, w.queue,
           extract(epoch FROM d.at - w.since)::float8 AS seconds
    FROM d ${ITS_TEXT}
    CROSS JOIN LATERAL (${HELD_SINCE}) held CROSS JOIN LATERAL (${WAITED}) w
    WHERE d.staff_id IS NOT NULL AND d.decided_by = 'human' AND d.action NOT IN ('undo', 'escalate')
      AND ${UNDONE} IS NULL
  )
  SELECT site_id, ${dayOf('at')} AS day, 'staff-decided' AS measure, staff_id::text AS subject, action AS code, 1 AS n
  FROM d WHERE staff_id IS NOT NULL
  UNION ALL
  SELECT site_id, day, 'queue-wait', queue, (${stepInSql('seconds')})::text, 1 FROM waits
  UNION ALL
  SELECT site_id, day, 'staff-wait', staff_id::text, (${stepInSql('max(seconds)')})::text, 1 FROM waits
  GROUP BY id, site_id, day, staff_id
  UNION ALL
  SELECT d.site_id, ${dayOf('rv.created_at')}, 'rule', s.rule,
         s.did || CASE WHEN stands.status = 'published' THEN ':published' ELSE ':rejected' END, stands.n
  FROM d ${ITS_TEXT}
  CROSS JOIN LATERAL (VALUES
    (d.from_status, d.from_decided_by = 'human' AND d.from_decision_id IS NOT NULL, -1),
    (d.to_status, d.decided_by = 'human', 1)
  ) AS stands(status, by_people, n)
  CROSS JOIN LATERAL (${DONE_BY_RULES}) s
  WHERE stands.by_people AND stands.status IN ('published', 'rejected', 'spam') AND s.did IS NOT NULL`;
}

/**
 * Of what screening said when a text came. Posts are found by their ids, edits by an index of their own.
 * @param where picks from `comment_revisions rv`
 * @param ids the same of posts, by `rv.comment_id`
 */
export function screeningFacts(where: string, ids: string): string {
  const facts = (which: string) => `
    SELECT rv.site_id, ${dayOf('rv.created_at')} AS day, 'rule' AS measure, s.rule AS subject, s.did AS code, 1 AS n
    FROM comment_revisions rv CROSS JOIN LATERAL (${DONE_BY_RULES}) s
    WHERE ${which} AND ${where} AND rv.screening <> '[]' AND s.did IS NOT NULL`;
  return `${facts(`rv.revision = 1 AND ${ids}`)} UNION ALL ${facts('rv.revision > 1')}`;
}
