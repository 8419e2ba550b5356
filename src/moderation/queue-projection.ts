import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { Statement } from '../platform/database/statement.js';
import type { Folded, OutboxRow, Projection, RelayConnection, Signal } from '../platform/stream/projection.js';
import { BUILT_QUEUES, QUEUE_SIGNAL, type BuiltQueue, type QueueChange, type QueueSignal } from './queues.js';

interface ChangedItem {
  siteId: string;
  queue: BuiltQueue;
  itemId: string;
  change: QueueChange;
}

/**
 * Brings membership to what the comments are now; `queueOf` says the same in words. The threads' projection has locked
 * them in this transaction, so no decision can pass in between, and late, twice or after a decision ends the same.
 */
const BRING_UP = new Statement<ChangedItem>(
  'queues.bringUp',
  `WITH subject AS MATERIALIZED (
     SELECT n.item_id, c.id, c.site_id, c.thread_id, c.revision, rv.screening, rv.created_at,
            CASE WHEN c.status = 'pending' THEN 'pending'
                 WHEN c.status = 'published' AND c.decided_by <> 'human' THEN 'unmoderated' END AS queue
     FROM unnest($1::uuid[], $2::uuid[]) AS n(id, item_id)
     JOIN comments c ON c.id = n.id
     JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
   ), gone AS (
     DELETE FROM queue_items q USING subject s
     WHERE q.comment_id = s.id AND q.queue = ANY('{${BUILT_QUEUES.join(',')}}') AND q.queue IS DISTINCT FROM s.queue
     RETURNING q.site_id, q.queue, q.id
   ), here AS (
     INSERT INTO queue_items (id, site_id, thread_id, queue, comment_id, revision, priority, reasons, entered_at)
     SELECT item_id, site_id, thread_id, queue, id, revision,
            coalesce((SELECT max((f->>'score')::float8) FROM jsonb_array_elements(screening) f WHERE f->>'rule' <> 'mode'), 0),
            screening, created_at
     FROM subject WHERE queue IS NOT NULL
     ON CONFLICT (comment_id, queue) DO UPDATE
       SET revision = excluded.revision, reasons = excluded.reasons, priority = excluded.priority
       WHERE queue_items.revision <> excluded.revision
     RETURNING site_id, queue, id, xmax = 0 AS inserted
   )
   SELECT site_id AS "siteId", queue, id AS "itemId", 'left' AS change FROM gone
   UNION ALL
   SELECT site_id, queue, id, CASE WHEN inserted THEN 'entered' ELSE 'changed' END FROM here`,
);

/** Keeps the ledger of counts short. */
const COMPACT = new Statement<never>(
  'queues.compact',
  `WITH crowded AS (
     SELECT site_id, queue FROM queue_counts GROUP BY 1, 2 HAVING count(*) > 1
   ), folded AS (
     DELETE FROM queue_counts k USING crowded c WHERE k.site_id = c.site_id AND k.queue = c.queue
     RETURNING k.site_id, k.queue, k.items
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
    const ids = [...new Set(rows.filter((row) => changesComment(row)).map((row) => row.subjectId))];
    const settled = rows.flatMap((row) => settledItems(row));
    const changing = ids.length > 0 ? BRING_UP.on(connection, [ids, ids.map(() => newId())]) : Promise.resolve([]);
    return { signals: changing.then((changed) => signalsOf([...settled, ...changed])) };
  }

  async settle(connection: RelayConnection): Promise<Signal[]> {
    this.settlesAt = Date.now() + COMPACT_MS;
    await COMPACT.on(connection, []);
    return signalsOf(await LAPSE.on(connection, []));
  }
}

function changesComment(row: OutboxRow): boolean {
  return row.topic.startsWith('comment.') && row.topic !== 'comment.voted' && row.topic !== 'comment.pinned';
}

/** What a decision took out of the queues in its own transaction. */
function settledItems(row: OutboxRow): ChangedItem[] {
  const left = (row.data?.left ?? []) as { queue: BuiltQueue; itemId: string }[];
  return left.map((item) => ({ ...item, siteId: row.siteId, change: 'left' }));
}

function signalsOf(changed: readonly ChangedItem[]): Signal[] {
  return changed.map(({ siteId, queue, change, itemId }) => ({
    kind: QUEUE_SIGNAL,
    data: [siteId, queue, change, itemId] satisfies QueueSignal,
  }));
}
