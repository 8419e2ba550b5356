import { Statement } from '../platform/database/statement.js';
import type { DueDelivery } from './delivery.js';

const DUE = (d: string) => `${d}.state = 'waiting' AND ${d}.next_at <= clock_timestamp()
      AND (${d}.leased_until IS NULL OR ${d}.leased_until <= clock_timestamp())`;

/**
 * The next of each endpoint that nobody is at, for as long as a lease. One endpoint holds up no other: of each a few.
 * An endpoint that wants a thread's events in order gets of each thread the first that waits, if that is due. Those are
 * found from thread to thread: what waits behind them may be tens of thousands, and is not looked at.
 *
 * Parameters: endpoints to leave out, how many of each, seconds of the lease.
 */
export const CLAIM_DELIVERIES = new Statement<DueDelivery>(
  'webhookDeliveries.claim',
  `WITH endpoint AS (
     SELECT id, ordered FROM webhook_endpoints WHERE disabled IS NULL AND id <> ALL($1::uuid[])
   ), unordered AS (
     SELECT d.id FROM endpoint e CROSS JOIN LATERAL (
       SELECT d.id FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND ${DUE('d')}
       ORDER BY d.next_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ) d WHERE NOT e.ordered
   ), first AS (
     SELECT d.id FROM endpoint e CROSS JOIN LATERAL (
       WITH RECURSIVE thread AS (
         (SELECT w.thread_id AS id FROM webhook_deliveries w
          WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.thread_id IS NOT NULL ORDER BY w.thread_id LIMIT 1)
         UNION ALL
         SELECT (SELECT w.thread_id FROM webhook_deliveries w
                 WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.thread_id > t.id ORDER BY w.thread_id LIMIT 1)
         FROM thread t WHERE t.id IS NOT NULL
       )
       SELECT f.id FROM thread t CROSS JOIN LATERAL (
         SELECT w.* FROM webhook_deliveries w
         WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.thread_id = t.id ORDER BY w.fact_id, w.id LIMIT 1
       ) f WHERE ${DUE('f')} ORDER BY f.next_at LIMIT $2
     ) d WHERE e.ordered
     UNION ALL
     SELECT d.id FROM endpoint e CROSS JOIN LATERAL (
       SELECT w.id FROM webhook_deliveries w WHERE w.endpoint_id = e.id AND w.thread_id IS NULL AND ${DUE('w')}
       ORDER BY w.next_at LIMIT $2
     ) d WHERE e.ordered
   ), in_order AS (
     SELECT d.id FROM webhook_deliveries d WHERE d.id IN (SELECT id FROM first) AND ${DUE('d')} FOR UPDATE SKIP LOCKED
   )
   UPDATE webhook_deliveries d
   SET leased_until = clock_timestamp() + make_interval(secs => $3), attempts = d.attempts + 1
   FROM webhook_endpoints e
   WHERE d.id IN (SELECT id FROM unordered UNION ALL SELECT id FROM in_order) AND e.id = d.endpoint_id
   RETURNING d.id, d.site_id AS "siteId", d.endpoint_id AS "endpointId", d.type, d.thread_id AS "threadId",
     d.subject_id AS "subjectId", d.data, d.at, d.attempts, e.url, e.types, e.secret,
     CASE WHEN e.previous_until > clock_timestamp() THEN e.previous_secret END AS "previousSecret"`,
);
