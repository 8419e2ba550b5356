import { Statement } from '../../platform/database/statement.js';
import type { OutboxRow, RelayConnection } from '../../platform/stream/projection.js';
import type { ThreadSignal } from '../thread-signal.js';
import { writePassages } from './listed-passages.store.js';
import type { ListedNode, ListingTree, TreeEvent } from './listing-tree.js';

export interface LoadedNode extends ListedNode {
  /** What the comment says; `pinned` is what the listing says. */
  commentPinned: boolean;
  /** The site's setting, where it has one. */
  maxDepth: number | null;
}

/** Locks the batch's comments by id; answers those in $2 and all their ancestors, with what the listing has of them. */
export const LOAD_NODES = new Statement<LoadedNode>(
  'projection.nodes',
  `WITH RECURSIVE locked AS MATERIALIZED (
     SELECT id FROM comments WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
   ), chain AS (
     SELECT c.id, c.parent_id FROM locked JOIN comments c USING (id) WHERE c.id = ANY($2::uuid[])
     UNION
     SELECT p.id, p.parent_id FROM chain JOIN comments p ON p.id = chain.parent_id
   )
   SELECT c.id, c.site_id AS "siteId", c.thread_id AS "threadId", c.parent_id AS "parentId", c.depth,
          c.created_at AS "createdAt", c.passage_id AS "passageId", c.pinned AS "commentPinned",
          l.comment_id IS NOT NULL AS listed, l.list_parent_id AS "listParentId",
          coalesce(l.published, false) AS published, coalesce(l.pinned, false) AS pinned,
          coalesce(l.reply_count, 0) AS "replyCount", coalesce(l.descendant_count, 0) AS "descendantCount",
          coalesce(l.active_at, c.created_at) AS "activeAt", (s.settings->>'maxDepth')::int AS "maxDepth"
   FROM chain JOIN comments c USING (id) JOIN sites s ON s.id = c.site_id
   LEFT JOIN listed_comments l ON l.comment_id = c.id`,
);

const UPSERT = new Statement<never>(
  'projection.upsert',
  `INSERT INTO listed_comments (comment_id, site_id, thread_id, parent_id, list_parent_id, depth, created_at, published,
                                pinned, reply_count, descendant_count, active_at, passage_id)
   SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::timestamptz[],
                        $8::bool[], $9::bool[], $10::int[], $11::int[], $12::timestamptz[], $13::uuid[])
   ON CONFLICT (comment_id) DO UPDATE SET
     list_parent_id = excluded.list_parent_id, published = excluded.published, pinned = excluded.pinned,
     reply_count = excluded.reply_count, descendant_count = excluded.descendant_count, active_at = excluded.active_at`,
);

const DELETE = new Statement<never>(
  'projection.delete',
  'DELETE FROM listed_comments WHERE comment_id = ANY($1::uuid[])',
);

const WRITE_EVENTS = new Statement<{ threadId: string; seq: number; version: number }>(
  'projection.events',
  `WITH events AS (
     INSERT INTO thread_events (thread_id, seq, site_id, type, comment_id, passage_id, at)
     SELECT e.*, clock_timestamp()
     FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[]) e
   )
   UPDATE thread_heads h
   SET seq = n.seq, version = h.version + 1, comment_count = h.comment_count + n.added,
       inline_count = h.inline_count + n.inline, changed_at = clock_timestamp()
   FROM unnest($7::uuid[], $8::bigint[], $9::int[], $10::int[]) AS n(thread_id, seq, added, inline)
   WHERE h.thread_id = n.thread_id
   RETURNING h.thread_id AS "threadId", h.seq, h.version`,
);

/** A comment that comes back has its votes counted again; most that are approved have none. */
const NOTE_VOTES = new Statement<{ commentId: string }>(
  'projection.votes',
  `INSERT INTO vote_changes (comment_id, site_id, thread_id)
   SELECT DISTINCT n.comment_id, n.site_id, n.thread_id
   FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bool[]) AS n(comment_id, site_id, thread_id, voted)
   WHERE n.voted OR EXISTS (SELECT FROM votes v WHERE v.comment_id = n.comment_id)
   ON CONFLICT DO NOTHING RETURNING comment_id AS "commentId"`,
);

export interface Head {
  threadId: string;
  siteId: string;
  seq: number;
}

/** By thread: how many published comments came or went, and how many of them hang on a passage. */
interface Added {
  published: ReadonlyMap<string, number>;
  inline: ReadonlyMap<string, number>;
}

const NOTHING_ADDED: Added = { published: new Map(), inline: new Map() };

/** Writes what became dirty, numbers the events, and advances the touched threads. */
export async function writeListing(
  connection: RelayConnection,
  tree: ListingTree,
  heads: readonly Head[],
  touched: readonly string[],
): Promise<ThreadSignal[]> {
  const dirty = [...tree.dirty].flatMap((id) => tree.node(id) ?? []);
  const kept = dirty.filter((node) => node.listed);
  const gone = dirty.filter((node) => !node.listed);
  const writes: Promise<unknown>[] = [];
  if (kept.length > 0) {
    const column = <T>(pick: (node: ListedNode) => T): T[] => kept.map(pick);
    writes.push(
      UPSERT.on(connection, [
        column((node) => node.id),
        column((node) => node.siteId),
        column((node) => node.threadId),
        column((node) => node.parentId),
        column((node) => node.listParentId),
        column((node) => node.depth),
        column((node) => node.createdAt),
        column((node) => node.published),
        column((node) => node.pinned),
        column((node) => node.replyCount),
        column((node) => node.descendantCount),
        column((node) => node.activeAt),
        column((node) => node.passageId),
      ]),
    );
  }
  if (gone.length > 0) writes.push(DELETE.on(connection, [gone.map((node) => node.id)]));
  writes.push(writePassages(connection, tree.passages));
  const added = { published: tree.published, inline: tree.passages.inline };
  // Pipelined on one connection, so they run in this order.
  const [advanced] = await Promise.all([advance(connection, heads, tree.events, touched, added), ...writes]);
  return advanced;
}

/** Gives each event the next `seq` of its thread. Threads without an event still get a new version. */
export async function advance(
  connection: RelayConnection,
  heads: readonly Head[],
  events: readonly TreeEvent[],
  touched: readonly string[],
  added: Added = NOTHING_ADDED,
): Promise<ThreadSignal[]> {
  if (touched.length === 0) return [];
  const seqs = new Map(heads.map((head) => [head.threadId, head.seq]));
  const numbered = events.map((event) => {
    const seq = (seqs.get(event.threadId) ?? 0) + 1;
    seqs.set(event.threadId, seq);
    return { ...event, seq };
  });
  const rows = await WRITE_EVENTS.on(connection, [
    numbered.map((event) => event.threadId),
    numbered.map((event) => event.seq),
    numbered.map((event) => event.siteId),
    numbered.map((event) => event.type),
    numbered.map((event) => event.commentId),
    numbered.map((event) => event.passageId),
    touched,
    touched.map((id) => seqs.get(id) ?? 0),
    touched.map((id) => added.published.get(id) ?? 0),
    touched.map((id) => added.inline.get(id) ?? 0),
  ]);
  return rows.map((row): ThreadSignal => [row.threadId, row.seq, row.version]);
}

/** Whether there is something new to count. */
export async function noteVoteChanges(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<boolean> {
  const noted = await NOTE_VOTES.on(connection, [
    rows.map((row) => row.subjectId),
    rows.map((row) => row.siteId),
    rows.map((row) => row.streamId),
    rows.map((row) => row.topic === 'comment.voted'),
  ]);
  return noted.length > 0;
}
