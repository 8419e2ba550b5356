import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { Queue } from '../../moderation/index.js';

const ALARMS = new Statement<{ siteId: string; staffId: string; queue: string; since: Date }>(
  'staffMails.alarms',
  `SELECT a.site_id AS "siteId", r.staff_id AS "staffId", a.queue, a.since
   FROM queue_alarms a JOIN staff_roles r ON r.site_id = a.site_id JOIN staff s ON s.id = r.staff_id
   WHERE s.disabled_at IS NULL`,
);
const LEADS = new Statement<{ siteId: string; staffId: string }>(
  'staffMails.leads',
  `SELECT r.site_id AS "siteId", r.staff_id AS "staffId"
   FROM sites p JOIN staff_roles r ON r.site_id = p.id JOIN staff s ON s.id = r.staff_id
   WHERE p.settings->>'staffDigest' = 'true' AND r.role IN ('owner', 'admin') AND s.disabled_at IS NULL`,
);
/** Given up lately, for those who may enable it again. A mail is kept, and so known, for longer than that. */
const GIVEN_UP = new Statement<{ siteId: string; staffId: string; endpointId: string; at: Date }>(
  'staffMails.givenUp',
  `SELECT e.site_id AS "siteId", r.staff_id AS "staffId", e.id AS "endpointId", e.disabled_at AS at
   FROM webhook_endpoints e JOIN staff_roles r ON r.site_id = e.site_id JOIN staff s ON s.id = r.staff_id
   WHERE e.disabled IN ('failing', 'gone') AND e.disabled_at > clock_timestamp() - interval '7 days'
     AND r.role IN ('owner', 'admin') AND s.disabled_at IS NULL`,
);
const ENDPOINT = new Statement<GivenUpEndpoint>(
  'staffMails.endpoint',
  `SELECT url, description, disabled AS why FROM webhook_endpoints
   WHERE site_id = $1 AND id = $2 AND disabled IN ('failing', 'gone')`,
);
/** Undefined: not on the site's staff any more. */
const PERSON = new Statement<{ email: string }>(
  'staffMails.person',
  `SELECT s.email FROM staff s JOIN staff_roles r ON r.staff_id = s.id
   WHERE s.id = $1 AND r.site_id = $2 AND s.disabled_at IS NULL`,
);
const ALARM = new Statement<{ items: number; hours: number }>(
  'staffMails.alarm',
  `SELECT (SELECT coalesce(sum(items), 0) FROM queue_counts c WHERE c.site_id = a.site_id AND c.queue = a.queue)::int AS items,
          coalesce(extract(epoch FROM clock_timestamp() - (
            SELECT min(entered_at) FROM queue_items q WHERE q.site_id = a.site_id AND q.queue = a.queue
          )) / 3600, 0)::int AS hours
   FROM queue_alarms a WHERE a.site_id = $1 AND a.queue = $2`,
);

export interface GivenUpEndpoint {
  url: string;
  description: string;
  why: 'failing' | 'gone';
}

export interface Day {
  posted: number;
  decided: number;
  reported: number;
}
/** Of the last 24 hours; ids are in the order of time. */
const DAY = new Statement<Day>(
  'staffMails.day',
  `SELECT (SELECT count(*) FROM comments WHERE site_id = $1 AND id > $2 AND created_at > $3)::int AS posted,
          (SELECT count(*) FROM decisions WHERE site_id = $1 AND id > $2 AND at > $3 AND staff_id IS NOT NULL
             AND action <> 'undo')::int AS decided,
          (SELECT count(*) FROM reports WHERE site_id = $1 AND id > $2 AND created_at > $3)::int AS reported`,
);
const WAITING = new Statement<{ queue: Queue; items: number; hours: number }>(
  'staffMails.waiting',
  `SELECT c.queue, sum(c.items)::int AS items,
          coalesce(extract(epoch FROM clock_timestamp() - (
            SELECT min(entered_at) FROM queue_items q WHERE q.site_id = $1 AND q.queue = c.queue
          )) / 3600, 0)::int AS hours
   FROM queue_counts c WHERE c.site_id = $1 GROUP BY c.queue HAVING sum(c.items) > 0 ORDER BY c.queue`,
);

export const staffMailStore = {
  alarms: (em: EntityManager) => ALARMS.run(em, []),

  givenUp: (em: EntityManager) => GIVEN_UP.run(em, []),

  /** Undefined: it is removed, or enabled again. */
  async endpoint(em: EntityManager, siteId: string, id: string): Promise<GivenUpEndpoint | undefined> {
    return (await ENDPOINT.run(em, [siteId, id]))[0];
  },

  leads: (em: EntityManager) => LEADS.run(em, []),

  async person(em: EntityManager, staffId: string, siteId: string): Promise<string | undefined> {
    return (await PERSON.run(em, [staffId, siteId]))[0]?.email;
  },

  /** Undefined: it is calm again. */
  async alarm(em: EntityManager, siteId: string, queue: string): Promise<{ items: number; hours: number } | undefined> {
    return (await ALARM.run(em, [siteId, queue]))[0];
  },

  /** @param firstId the least id of that time */
  async day(em: EntityManager, siteId: string, firstId: string, since: Date): Promise<Day> {
    return (await DAY.run(em, [siteId, firstId, since.toISOString()]))[0] ?? { posted: 0, decided: 0, reported: 0 };
  },

  waiting: (em: EntityManager, siteId: string) => WAITING.run(em, [siteId]),
};
