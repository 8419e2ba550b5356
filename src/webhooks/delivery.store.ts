import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import { write } from '../platform/database/write.js';
import { CLAIM_DELIVERIES } from './claim-deliveries.statement.js';
import type { DeliveryRow, DueDelivery } from './delivery.js';

export type DeliveryState = 'waiting' | 'delivered' | 'dropped' | 'failed';

const END = new Statement<never>(
  'webhookDeliveries.end',
  `UPDATE webhook_deliveries SET state = $2, ended_at = clock_timestamp(), leased_until = NULL WHERE id = $1`,
);
const PUT_OFF = new Statement<never>(
  'webhookDeliveries.putOff',
  `UPDATE webhook_deliveries SET leased_until = NULL, next_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1`,
);
/** The attempt did not take place. */
const GIVE_BACK = new Statement<never>(
  'webhookDeliveries.giveBack',
  `UPDATE webhook_deliveries SET leased_until = NULL, next_at = clock_timestamp(), attempts = attempts - 1 WHERE id = $1`,
);
const NOTE = new Statement<never>(
  'webhookDeliveries.note',
  `INSERT INTO webhook_attempts (delivery_id, n, site_id, milliseconds, status, detail) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT DO NOTHING`,
);
const ADD_TEST = new Statement<never>(
  'webhookDeliveries.addTest',
  `INSERT INTO webhook_deliveries (id, site_id, endpoint_id, type, subject_id, at)
   VALUES ($1, $2, $3, $4, $3, clock_timestamp())`,
);
const AGAIN = new Statement<{ id: string }>(
  'webhookDeliveries.again',
  `UPDATE webhook_deliveries SET state = 'waiting', next_at = clock_timestamp(), ended_at = NULL
   WHERE id = $1 AND endpoint_id = $2 AND (state <> 'waiting' OR leased_until IS NULL) RETURNING id`,
);
const FORGET = new Statement<never>(
  'webhookDeliveries.forget',
  `DELETE FROM webhook_deliveries WHERE id IN (
     SELECT id FROM webhook_deliveries WHERE ended_at < clock_timestamp() - make_interval(days => $1) LIMIT 5000)`,
);

export interface AttemptRow {
  n: number;
  at: string;
  milliseconds: number;
  status: number | null;
  detail: string;
}

export interface LoggedDelivery extends DeliveryRow {
  state: DeliveryState;
  nextAt: Date;
  endedAt: Date | null;
  tried: AttemptRow[];
}

const LOGGED = `d.id, d.site_id AS "siteId", d.endpoint_id AS "endpointId", d.type, d.thread_id AS "threadId",
  d.subject_id AS "subjectId", d.data, d.at, d.attempts, d.state, d.next_at AS "nextAt", d.ended_at AS "endedAt",
  coalesce((SELECT jsonb_agg(jsonb_build_object('n', a.n, 'at', a.at, 'milliseconds', a.milliseconds, 'status', a.status,
                                                'detail', a.detail) ORDER BY a.n)
            FROM webhook_attempts a WHERE a.delivery_id = d.id), '[]') AS tried`;
const LIST = new Statement<LoggedDelivery>(
  'webhookDeliveries.list',
  `SELECT ${LOGGED} FROM webhook_deliveries d
   WHERE d.endpoint_id = $1 AND d.id < $2 AND ($3::text IS NULL OR d.state = $3) ORDER BY d.id DESC LIMIT $4`,
);
const BY_ID = new Statement<LoggedDelivery>(
  'webhookDeliveries.byId',
  `SELECT ${LOGGED} FROM webhook_deliveries d WHERE d.id = $1 AND d.endpoint_id = $2`,
);

export interface Attempt {
  milliseconds: number;
  status: number | null;
  detail: string;
}

export const deliveryStore = {
  claim: (em: EntityManager, busy: readonly string[], each: number, leaseSeconds: number) =>
    CLAIM_DELIVERIES.run(em, [busy, each, leaseSeconds]),

  end: (em: EntityManager, id: string, state: Exclude<DeliveryState, 'waiting'>) => END.run(em, [id, state]),
  giveBack: (em: EntityManager, id: string) => GIVE_BACK.run(em, [id]),

  /** What came of an attempt, and what follows from it. @param then how it ends, or in how many seconds it goes on */
  settle: (
    em: EntityManager,
    { id, siteId, attempts }: DueDelivery,
    attempt: Attempt,
    then: 'delivered' | 'failed' | number,
  ) =>
    write(em, [
      NOTE.with([id, attempts, siteId, attempt.milliseconds, attempt.status, attempt.detail]),
      typeof then === 'number' ? PUT_OFF.with([id, then]) : END.with([id, then]),
    ]),

  addTest: (em: EntityManager, test: { id: string; siteId: string; endpointId: string; type: string }) =>
    ADD_TEST.run(em, [test.id, test.siteId, test.endpointId, test.type]),

  /** False: there is none, or somebody is at it. */
  again: async (em: EntityManager, id: string, endpointId: string) =>
    (await AGAIN.run(em, [id, endpointId])).length === 1,

  forget: (em: EntityManager, days: number) => FORGET.run(em, [days]),

  list: (em: EntityManager, endpointId: string, before: string, state: DeliveryState | null, limit: number) =>
    LIST.run(em, [endpointId, before, state, limit]),

  byId: async (em: EntityManager, id: string, endpointId: string) => (await BY_ID.run(em, [id, endpointId]))[0],
};
