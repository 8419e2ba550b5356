import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { Statement } from '../platform/database/statement.js';
import { together } from '../platform/database/together.js';
import type { Folded, OutboxRow, Projection, RelayConnection, Signal } from '../platform/stream/projection.js';
import { BRING_IN, BRING_UP, type ChangedItem } from './queue-membership.js';
import { QUEUE_SIGNAL, type BuiltQueue, type QueueSignal } from './queues.js';
import { addingFlows } from './stats/flows.store.js';

/** Keeps the ledger of counts short, and what came and went in the figures by day. */
const COMPACT = new Statement<never>(
  'queues.compact',
  `WITH crowded AS (
     SELECT site_id, queue FROM queue_counts GROUP BY 1, 2 HAVING count(*) > 1
   ), folded AS (
     DELETE FROM queue_counts k USING crowded c WHERE k.site_id = c.site_id AND k.queue = c.queue
     RETURNING k.site_id, k.queue, k.items, k.entered, k.departed, k.at
   ), flows AS (${addingFlows('folded')}
   )
   INSERT INTO queue_counts (site_id, queue, items) SELECT site_id, queue, sum(items) FROM folded GROUP BY 1, 2`,
);
const COMPACT_MS = 1_000;

/** A claim that ran out is free by the clock alone; this tells the consoles, and nothing depends on it. */
const LAPSE = new Statement<ChangedItem>(
  'queues.lapse',
  `UPDATE queue_items SET claimed_by = NULL, claimed_until = NULL
   WHERE id IN (SELECT id FROM queue_items WHERE claimed_by IS NOT NULL AND claimed_until <= clock_timestamp()
                LIMIT 500 FOR UPDATE SKIP LOCKED)
   RETURNING site_id AS "siteId", queue, id AS "itemId", 'released' AS change`,
);

@Injectable()
export class QueueProjection implements Projection {
  readonly name = 'queues';
  settlesAt: number | undefined;

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const subjects = Map.groupBy(rows.filter(changesComment), (row) => row.subjectId);
    const posted = ({ topic }: OutboxRow) => topic === 'comment.posted';
    const [fresh, changed] = [true, false].map((only) =>
      [...subjects].flatMap(([id, facts]) => (facts.every(posted) === only ? [id] : [])),
    ) as [string[], string[]];
    const told = rows.flatMap((row) => [...toldItems(row, 'left'), ...toldItems(row, 'changed')]);
    const items = together([bringIn(connection, fresh), bringUp(connection, changed)]);
    return { signals: items.then((all) => signalsOf([...told, ...all.flat()])) };
  }

  async settle(connection: RelayConnection): Promise<Signal[]> {
    this.settlesAt = Date.now() + COMPACT_MS;
    await COMPACT.on(connection, []);
    return signalsOf(await LAPSE.on(connection, []));
  }
}

const idsFor = (comments: readonly string[]) => comments.map(() => newId());

async function bringIn(connection: RelayConnection, ids: string[]): Promise<ChangedItem[]> {
  return ids.length === 0 ? [] : BRING_IN.on(connection, [ids, idsFor(ids), idsFor(ids)]);
}

async function bringUp(connection: RelayConnection, ids: string[]): Promise<ChangedItem[]> {
  return ids.length === 0 ? [] : BRING_UP.on(connection, [ids, idsFor(ids), idsFor(ids), idsFor(ids), idsFor(ids)]);
}

/** Not a decision of staff: that has left every queue in its own transaction. */
function changesComment({ topic, data }: OutboxRow): boolean {
  return topic.startsWith('comment.') && topic !== 'comment.voted' && topic !== 'comment.pinned' && !data?.settled;
}

/** What a decision took out of the queues, or an escalation marked there, in its own transaction. */
function toldItems(row: OutboxRow, change: 'left' | 'changed'): ChangedItem[] {
  // Other facts have lists of other things under this name.
  const items = row.topic.startsWith('comment.') ? row.data?.[change] : undefined;
  return ((items ?? []) as { queue: BuiltQueue; itemId: string }[]).map((item) => ({
    ...item,
    siteId: row.siteId,
    change,
  }));
}

export function signalsOf(changed: readonly ChangedItem[]): Signal[] {
  return changed.map(({ siteId, queue, change, itemId }) => ({
    kind: QUEUE_SIGNAL,
    data: [siteId, queue, change, itemId] satisfies QueueSignal,
  }));
}
