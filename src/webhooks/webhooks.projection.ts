import { Injectable } from '@nestjs/common';
import { Statement } from '../platform/database/statement.js';
import { newId } from '../platform/new-id.js';
import type { Folded, OutboxRow, Projection, RelayConnection } from '../platform/stream/projection.js';
import { typesOf } from './event-types.js';

interface Listener {
  id: string;
  siteId: string;
  types: readonly string[];
}

const LISTENING = new Statement<Listener>(
  'webhooks.listening',
  'SELECT id, site_id AS "siteId", types FROM webhook_endpoints WHERE disabled IS NULL',
);

const QUEUE = new Statement<never>(
  'webhooks.queue',
  `INSERT INTO webhook_deliveries (id, site_id, endpoint_id, fact_id, type, thread_id, subject_id, data, at)
   SELECT f.id, e.site_id, e.id, f."factId", f.type, f."threadId", f."subjectId", f.data, f.at
   FROM jsonb_to_recordset($1::jsonb) AS f(id uuid, "endpointId" uuid, "factId" bigint, type text, "threadId" uuid,
                                           "subjectId" uuid, data jsonb, at timestamptz)
   JOIN webhook_endpoints e ON e.id = f."endpointId" AND e.disabled IS NULL
   ON CONFLICT ON CONSTRAINT webhook_deliveries_once DO NOTHING`,
);

const NOTHING = { signals: Promise.resolve([]) };

/** Writes down who is to be told of what. Costs nothing where no site has an endpoint. */
@Injectable()
export class WebhooksProjection implements Projection {
  readonly name = 'webhooks';
  /** As this connection of the relay knows them: whoever changes one says so in the outbox. */
  private known: { connection: RelayConnection; listeners: ReadonlyMap<string, readonly Listener[]> } | undefined;

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const changed = rows.some(({ topic }) => topic === 'webhook.changed');
    if (changed || this.known?.connection !== connection) {
      const listeners = await LISTENING.on(connection, []);
      this.known = { connection, listeners: Map.groupBy(listeners, ({ siteId }) => siteId) };
    }
    const { listeners } = this.known;
    if (listeners.size === 0) return NOTHING;
    const deliveries = rows.flatMap((row) => deliveriesOf(row, listeners.get(row.siteId) ?? []));
    if (deliveries.length === 0) return NOTHING;
    return { signals: QUEUE.on(connection, [JSON.stringify(deliveries)]).then(() => []) };
  }
}

function deliveriesOf(row: OutboxRow, listeners: readonly Listener[]): object[] {
  return listeners.flatMap(({ id: endpointId, types }) =>
    typesOf(row)
      .filter((type) => types.includes(type))
      .map((type) => ({
        ...{ id: newId(), endpointId, factId: row.id, type, threadId: row.streamId },
        ...{ subjectId: row.subjectId, data: told(row), at: row.at },
      })),
  );
}

/** Of the facts that carry what their receivers need: ids and codes. Which queue items they ended is nobody's business. */
function told({ topic, data }: OutboxRow): Record<string, unknown> {
  if (!topic.startsWith('appeal.') && !topic.startsWith('list.')) return {};
  return Object.fromEntries(Object.entries(data ?? {}).filter(([name]) => name !== 'itemId'));
}
