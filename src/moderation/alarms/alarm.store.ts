import { Statement } from '../../platform/database/statement.js';
import type { AlarmSettings } from '../../sites/index.js';
import type { BuiltQueue, Queue, QueueAlarm } from '../queues.js';

/** The setting of each queue. */
const LIMITS: Readonly<Record<Queue, keyof AlarmSettings>> = {
  pending: 'alarmPendingSeconds',
  reported: 'alarmReportedSeconds',
  unmoderated: 'alarmUnmoderatedSeconds',
  spam: 'alarmSpamSeconds',
  appeals: 'alarmAppealsSeconds',
  illegal: 'alarmIllegalSeconds',
};
const VALUES = Object.entries(LIMITS)
  .map(([queue, setting]) => `('${queue}', '${setting}')`)
  .join(', ');

/** The queues of a site with a limit: settings are stored sparse, and without one there is none. */
const LIMITED = `
  SELECT s.id AS site_id, s.key AS site, l.queue, (s.settings->>l.setting)::float8 AS seconds
  FROM sites s CROSS JOIN (VALUES ${VALUES}) AS l(queue, setting) WHERE (s.settings->>l.setting)::float8 > 0`;

/** A claim that ran out counts as none. */
const oldestFree = (outer: string) => `
  SELECT q.id, q.entered_at FROM queue_items q
  WHERE q.site_id = ${outer}.site_id AND q.queue = ${outer}.queue
    AND (q.claimed_until IS NULL OR q.claimed_until <= clock_timestamp())
  ORDER BY q.entered_at, q.id LIMIT 1`;

export interface ChangedAlarm {
  siteId: string;
  queue: BuiltQueue;
  change: QueueAlarm;
  itemId: string | null;
}

/** What stands in `queue_alarms` has been told: so each crossing is told once, whoever looks, and after a restart too. */
export const CHECK_ALARMS = new Statement<ChangedAlarm>(
  'alarms.check',
  `WITH late AS MATERIALIZED (
     SELECT l.site_id, l.queue, o.id FROM (${LIMITED}) l CROSS JOIN LATERAL (${oldestFree('l')}) o
     WHERE o.entered_at < clock_timestamp() - make_interval(secs => l.seconds)
   ), calm AS (
     DELETE FROM queue_alarms a WHERE NOT EXISTS (SELECT FROM late l WHERE l.site_id = a.site_id AND l.queue = a.queue)
     RETURNING a.site_id, a.queue
   ), begun AS (
     INSERT INTO queue_alarms (site_id, queue) SELECT site_id, queue FROM late ON CONFLICT DO NOTHING
     RETURNING site_id, queue
   )
   SELECT b.site_id AS "siteId", b.queue, 'alarm' AS change, l.id AS "itemId" FROM begun b JOIN late l USING (site_id, queue)
   UNION ALL
   SELECT site_id, queue, 'calm', NULL FROM calm`,
);

/** Of queues that hold something. */
export const OLDEST = new Statement<{ site: string; queue: string; seconds: number }>(
  'alarms.oldest',
  `SELECT s.key AS site, k.queue, extract(epoch FROM clock_timestamp() - o.entered_at)::float8 AS seconds
   FROM (SELECT site_id, queue FROM queue_counts GROUP BY 1, 2 HAVING sum(items) > 0) k
   JOIN sites s ON s.id = k.site_id CROSS JOIN LATERAL (${oldestFree('k')}) o`,
);

/** 0 or 1 for each queue with a limit. */
export const ALARMS = new Statement<{ site: string; queue: string; alarm: number }>(
  'alarms.present',
  `SELECT l.site, l.queue, CASE WHEN a.queue IS NULL THEN 0 ELSE 1 END AS alarm
   FROM (${LIMITED}) l LEFT JOIN queue_alarms a ON a.site_id = l.site_id AND a.queue = l.queue`,
);
