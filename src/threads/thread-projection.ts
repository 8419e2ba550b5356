import { Injectable } from '@nestjs/common';
import { Statement } from '../platform/database/statement.js';
import type { Folded, OutboxRow, Projection, RelayConnection, Signal } from '../platform/stream/projection.js';
import { DEFAULT_SETTINGS, SITE_CHANGED } from '../sites/index.js';
import type { ListedPassages } from './listing/listed-passages.js';
import { loadPassages } from './listing/listed-passages.store.js';
import { ListingTree, type ListedNode } from './listing/listing-tree.js';
import { LOAD_NODES, noteVoteChanges, writeListing, type LoadedNode } from './listing/projection.store.js';
import { renest } from './listing/renest.js';
import { settleVotes } from './listing/settle-votes.js';
import { THREAD_SIGNAL } from './thread-signal.js';

const HEADS = new Statement<{ threadId: string; siteId: string; seq: number; count: number }>(
  'projection.heads',
  `SELECT thread_id AS "threadId", site_id AS "siteId", seq, comment_count AS count
   FROM thread_heads WHERE thread_id = ANY($1::uuid[])`,
);

/** Facts that are about a thread as a whole, or its article. */
const THREAD_TOPICS: ReadonlySet<string> = new Set(['thread.changed', 'article.revised', 'passage.changed']);

const LOCK = new Statement<never>(
  'projection.lock',
  'SELECT FROM comments WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
);

/**
 * Writes what the public may learn of threads: the listing, the numbered events, counts and versions, all in the
 * relay's transaction. The only writer of those tables, so it holds no lock that a reader or moderator waits for but
 * those of the batch's own comments, taken by id as decisions take theirs.
 */
@Injectable()
export class ThreadProjection implements Projection {
  readonly name = 'threads';
  settlesAt: number | undefined;

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const renested = unique(rows.filter(changesNesting).map((row) => row.siteId));
    // Not awaited for nothing: statements of later projections would overtake the locks, which they rely on.
    if (renested.length > 0) await renestSites(connection, rows, renested);
    const ofComments = rows.filter((row) => row.topic.startsWith('comment.'));
    const votes = ofComments.filter((row) => row.topic === 'comment.voted');
    const changes = ofComments.filter((row) => row.topic !== 'comment.voted');
    const ofThreads = rows.filter((row) => THREAD_TOPICS.has(row.topic));

    const visible = changes.filter(mayShow);
    const touched = [...visible, ...ofThreads];
    const threadIds = unique(touched.flatMap((row) => row.streamId ?? []));
    const [loaded, heads] = await Promise.all([
      LOAD_NODES.on(connection, [
        unique(changes.map((row) => row.subjectId)),
        unique(visible.map((row) => row.subjectId)),
      ]),
      HEADS.on(connection, [threadIds]),
    ]);
    const onPassages = loaded.flatMap((node) => node.passageId ?? []);
    const passages = await loadPassages(connection, unique([...onPassages, ...ofThreads.flatMap(changedPassages)]));

    const tree = treeOf(loaded, passages);
    for (const row of rows) apply(tree, row, loaded);
    // What comes back may have votes that the listing has forgotten.
    const restored = visible.filter((row) => row.toStatus === 'published' && row.topic !== 'comment.posted');
    const recount = [...votes, ...restored].filter((row) => row.streamId !== null);
    if (recount.length > 0 && (await noteVoteChanges(connection, recount))) this.settlesAt = 0;
    const writing = writeListing(connection, tree, heads, threadIds);
    return { signals: writing.then((written) => written.map((data) => ({ kind: THREAD_SIGNAL, data }))) };
  }

  async settle(connection: RelayConnection): Promise<Signal[]> {
    const { changed, againAt } = await settleVotes(connection);
    this.settlesAt = againAt;
    return changed.map((data) => ({ kind: THREAD_SIGNAL, data }));
  }
}

/** The locks on the batch's comments come first all the same: the queues' projection relies on them. */
async function renestSites(
  connection: RelayConnection,
  rows: readonly OutboxRow[],
  siteIds: readonly string[],
): Promise<void> {
  await LOCK.on(connection, [unique(rows.map((row) => row.subjectId))]);
  for (const siteId of siteIds) await renest(connection, siteId);
}

function apply(tree: ListingTree, row: OutboxRow, loaded: readonly LoadedNode[]): void {
  if (row.streamId !== null && (row.topic === 'thread.changed' || row.topic === 'article.revised')) {
    tree.noteThread(row.streamId, row.siteId);
  }
  for (const id of changedPassages(row)) tree.notePassage(id);
  if (!row.topic.startsWith('comment.') || row.topic === 'comment.voted') return;
  if (row.topic === 'comment.pinned') {
    const present = loaded.find((node) => node.id === row.subjectId);
    tree.setPinned(row.subjectId, present?.commentPinned ?? false);
    return;
  }
  const wasPublished = tree.node(row.subjectId)?.published ?? false;
  if (row.toStatus !== null) tree.setPublished(row.subjectId, row.toStatus === 'published');
  if (row.topic === 'comment.deleted' && !wasPublished) tree.notePlaceholder(row.subjectId);
  if (row.topic === 'comment.edited' && wasPublished && row.toStatus === 'published') tree.noteEdited(row.subjectId);
}

/** A deletion shows even where the comment was not published: its placeholder says who took it away. */
function mayShow(row: OutboxRow): boolean {
  return row.fromStatus === 'published' || row.toStatus === 'published' || row.topic === 'comment.deleted';
}

/** Whose state, words or prompt changed. After a text that changed very many of them: none, the thread is read again. */
function changedPassages({ topic, subjectId, data }: OutboxRow): string[] {
  if (topic === 'passage.changed') return [subjectId];
  const changed = topic === 'article.revised' ? data?.changed : undefined;
  return Array.isArray(changed) ? changed.filter((id) => typeof id === 'string') : [];
}

function changesNesting(row: OutboxRow): boolean {
  const changed = row.topic === SITE_CHANGED ? row.data?.changed : undefined;
  return Array.isArray(changed) && changed.includes('maxDepth');
}

function treeOf(loaded: readonly LoadedNode[], passages: ListedPassages): ListingTree {
  const nodes = new Map<string, ListedNode>(loaded.map((node) => [node.id, node]));
  const depths = new Map(loaded.map((node) => [node.siteId, node.maxDepth ?? DEFAULT_SETTINGS.maxDepth]));
  return new ListingTree(nodes, (siteId) => depths.get(siteId) ?? DEFAULT_SETTINGS.maxDepth, passages);
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
