import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';

export type Disabled = 'staff' | 'failing' | 'gone';

export interface EndpointRow {
  id: string;
  siteId: string;
  url: string;
  description: string;
  types: string[];
  ordered: boolean;
  disabled: Disabled | null;
  disabledAt: Date | null;
  failingSince: Date | null;
  secret: Buffer;
  previousSecret: Buffer | null;
  previousUntil: Date | null;
  createdAt: Date;
}

const COLUMNS = `id, site_id AS "siteId", url, description, types, ordered, disabled, disabled_at AS "disabledAt",
  failing_since AS "failingSince", secret, previous_secret AS "previousSecret", previous_until AS "previousUntil",
  created_at AS "createdAt"`;

const OF_SITE = new Statement<EndpointRow>(
  'webhookEndpoints.ofSite',
  `SELECT ${COLUMNS} FROM webhook_endpoints WHERE site_id = $1 ORDER BY id`,
);
const BY_ID = new Statement<EndpointRow>(
  'webhookEndpoints.byId',
  `SELECT ${COLUMNS} FROM webhook_endpoints WHERE id = $1 AND site_id = $2`,
);
const LOCK = new Statement<EndpointRow>(
  'webhookEndpoints.lock',
  `SELECT ${COLUMNS} FROM webhook_endpoints WHERE id = $1 AND site_id = $2 FOR NO KEY UPDATE`,
);
/** Two who add at the same moment count each other's. */
const LOCK_SITE = new Statement<never>(
  'webhookEndpoints.lockSite',
  'SELECT FROM sites WHERE id = $1 FOR NO KEY UPDATE',
);
const COUNT = new Statement<{ count: number }>(
  'webhookEndpoints.count',
  'SELECT count(*)::int AS count FROM webhook_endpoints WHERE site_id = $1',
);
const INSERT = new Statement<EndpointRow>(
  'webhookEndpoints.insert',
  `INSERT INTO webhook_endpoints (id, site_id, url, description, types, ordered, secret)
   VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
);
const CHANGE = new Statement<EndpointRow>(
  'webhookEndpoints.change',
  `UPDATE webhook_endpoints SET url = $2, description = $3, types = $4, ordered = $5, disabled = $6::text,
     disabled_at = CASE WHEN $6::text IS NULL THEN NULL ELSE coalesce(disabled_at, clock_timestamp()) END,
     failing_since = CASE WHEN $6::text IS NULL AND disabled IS NOT NULL OR url <> $2 THEN NULL ELSE failing_since END
   WHERE id = $1 RETURNING ${COLUMNS}`,
);
const ROTATE = new Statement<EndpointRow>(
  'webhookEndpoints.rotate',
  `UPDATE webhook_endpoints SET secret = $2, previous_secret = secret,
     previous_until = clock_timestamp() + make_interval(secs => $3) WHERE id = $1 RETURNING ${COLUMNS}`,
);
const REMOVE = new Statement<never>('webhookEndpoints.remove', 'DELETE FROM webhook_endpoints WHERE id = $1');

const SUCCEEDED = new Statement<never>(
  'webhookEndpoints.succeeded',
  'UPDATE webhook_endpoints SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL',
);
/** A row: it has failed for so long that it is disabled from now on. */
const FAILED = new Statement<{ siteId: string; disabled: Disabled | null }>(
  'webhookEndpoints.failed',
  `WITH failed AS (
     UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, clock_timestamp())
     WHERE id = $1 AND disabled IS NULL RETURNING id, failing_since
   )
   SELECT e.site_id AS "siteId", CASE WHEN $3 THEN 'gone' ELSE 'failing' END AS disabled
   FROM failed f JOIN webhook_endpoints e USING (id)
   WHERE $3 OR f.failing_since < clock_timestamp() - make_interval(secs => $2)`,
);
const DISABLE = new Statement<{ siteId: string }>(
  'webhookEndpoints.disable',
  `UPDATE webhook_endpoints SET disabled = $2, disabled_at = clock_timestamp() WHERE id = $1 AND disabled IS NULL
   RETURNING site_id AS "siteId"`,
);

export type NewEndpoint = Pick<EndpointRow, 'id' | 'siteId' | 'url' | 'description' | 'types' | 'ordered' | 'secret'>;

const first = <Row>(rows: Row[]): Row | undefined => rows[0];

export const endpointStore = {
  ofSite: (em: EntityManager, siteId: string) => OF_SITE.run(em, [siteId]),
  byId: (em: EntityManager, id: string, siteId: string) => BY_ID.run(em, [id, siteId]).then(first),
  lock: (em: EntityManager, id: string, siteId: string) => LOCK.run(em, [id, siteId]).then(first),

  async countLocked(em: EntityManager, siteId: string): Promise<number> {
    await LOCK_SITE.run(em, [siteId]);
    return (await COUNT.run(em, [siteId]))[0]?.count ?? 0;
  },

  insert: ({ id, siteId, url, description, types, ordered, secret }: NewEndpoint, em: EntityManager) =>
    INSERT.run(em, [id, siteId, url, description, types, ordered, secret]).then(first),

  change: (em: EntityManager, { id, url, description, types, ordered, disabled }: EndpointRow) =>
    CHANGE.run(em, [id, url, description, types, ordered, disabled]).then(first),

  rotate: (em: EntityManager, id: string, secret: Buffer, overlapSeconds: number) =>
    ROTATE.run(em, [id, secret, overlapSeconds]).then(first),

  remove: (em: EntityManager, id: string) => REMOVE.run(em, [id]),

  succeeded: (em: EntityManager, id: string) => SUCCEEDED.run(em, [id]),

  /** What it is to be disabled for, if anything. @param gone it answered 410 */
  failed: (em: EntityManager, id: string, patienceSeconds: number, gone: boolean) =>
    FAILED.run(em, [id, patienceSeconds, gone]).then(first),

  /** False: somebody else did. */
  disable: async (em: EntityManager, id: string, why: Disabled) => (await DISABLE.run(em, [id, why])).length === 1,
};
