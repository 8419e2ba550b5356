import { ListedPassages, type ListedPassage } from './listed-passages.js';

/**
 * What the public sees of threads, as a tree, and how single facts change it. Pure: the projection loads the nodes
 * that a batch touches, applies its facts here in order, and writes back what became dirty.
 *
 * A node is listed where its comment is published, or has published descendants (then it stands as a placeholder).
 * Replies hang under their own parent down to the site's depth; below it all descendants hang flat under the last
 * nested ancestor.
 */
export interface ListedNode {
  id: string;
  siteId: string;
  threadId: string;
  parentId: string | null;
  listParentId: string | null;
  depth: number;
  createdAt: Date;
  passageId: string | null;
  listed: boolean;
  published: boolean;
  pinned: boolean;
  /** Published comments whose list parent this is. */
  replyCount: number;
  /** Published comments anywhere below. */
  descendantCount: number;
  /** When the newest published comment of its tree was written; kept for roots. */
  activeAt: Date;
}

export type EventType =
  | 'comment.published'
  | 'comment.edited'
  | 'comment.removed'
  | 'comment.pinned'
  | 'comment.voted'
  | 'passage.changed'
  | 'thread.changed';

export interface TreeEvent {
  type: EventType;
  threadId: string;
  siteId: string;
  commentId: string | null;
  /** Of `passage.changed` alone. */
  passageId: string | null;
}

export class ListingTree {
  readonly dirty = new Set<string>();
  readonly events: TreeEvent[] = [];
  /** Change of the number of published comments, by thread. */
  readonly published = new Map<string, number>();

  constructor(
    private readonly nodes: ReadonlyMap<string, ListedNode>,
    private readonly maxDepthOf: (siteId: string) => number,
    readonly passages = new ListedPassages(),
  ) {}

  node(id: string): ListedNode | undefined {
    return this.nodes.get(id);
  }

  /** Idempotent: says what is so, not what changed. */
  setPublished(id: string, published: boolean): void {
    const node = this.nodes.get(id);
    if (!node || node.published === published) return;
    if (published) this.publish(node);
    else this.withdraw(node);
    this.published.set(node.threadId, (this.published.get(node.threadId) ?? 0) + (published ? 1 : -1));
  }

  setPinned(id: string, pinned: boolean): void {
    const node = this.nodes.get(id);
    if (!node?.published || node.pinned === pinned) return;
    node.pinned = pinned;
    this.dirty.add(id);
    this.emit('comment.pinned', node);
  }

  noteEdited(id: string): void {
    const node = this.nodes.get(id);
    if (node?.published) this.emit('comment.edited', node);
  }

  /** What a placeholder says of its comment has changed. */
  notePlaceholder(id: string): void {
    const node = this.nodes.get(id);
    if (node?.listed && !node.published) this.emit('comment.removed', node);
  }

  /** Staff changed it, or a new text of the article did. */
  notePassage(id: string): void {
    const passage = this.passages.shown(id);
    if (passage) this.emitPassage(passage);
  }

  noteThread(threadId: string, siteId: string): void {
    this.events.push({ type: 'thread.changed', threadId, siteId, commentId: null, passageId: null });
  }

  private publish(node: ListedNode): void {
    const above = this.ancestors(node);
    const appeared = this.passages.count(node, 1);
    if (appeared) this.emitPassage(appeared);
    // Top down, so that a client that applies the events in order never meets a reply before its parent.
    for (const ancestor of above.toReversed()) {
      if (ancestor.listed) continue;
      this.enlist(ancestor);
      this.emit('comment.removed', ancestor);
    }
    this.enlist(node);
    node.published = true;
    this.count(node, above, 1);
    const root = above.at(-1) ?? node;
    if (node.createdAt > root.activeAt) root.activeAt = node.createdAt;
    this.emit('comment.published', node);
  }

  private withdraw(node: ListedNode): void {
    const above = this.ancestors(node);
    node.published = false;
    node.pinned = false;
    this.count(node, above, -1);
    this.emit('comment.removed', node);
    for (const candidate of [node, ...above]) {
      if (candidate.published || candidate.descendantCount > 0) break;
      candidate.listed = false;
      this.dirty.add(candidate.id);
      if (candidate !== node) this.emit('comment.removed', candidate);
    }
    const vanished = this.passages.count(node, -1);
    if (vanished) this.emitPassage(vanished);
  }

  private count(node: ListedNode, above: readonly ListedNode[], by: 1 | -1): void {
    this.dirty.add(node.id);
    for (const ancestor of above) {
      ancestor.descendantCount += by;
      this.dirty.add(ancestor.id);
    }
    const listParent = node.listParentId === null ? undefined : this.nodes.get(node.listParentId);
    if (listParent) listParent.replyCount += by;
  }

  private enlist(node: ListedNode): void {
    if (node.listed) return;
    node.listed = true;
    node.listParentId = listParentOf(node, this.parent(node), this.maxDepthOf(node.siteId));
    this.dirty.add(node.id);
  }

  private parent(node: ListedNode): ListedNode | undefined {
    return node.parentId === null ? undefined : this.nodes.get(node.parentId);
  }

  /** Nearest first. */
  private ancestors(node: ListedNode): ListedNode[] {
    const found: ListedNode[] = [];
    for (let next = this.parent(node); next; next = this.parent(next)) found.push(next);
    return found;
  }

  private emit(type: EventType, node: ListedNode): void {
    this.events.push({ type, threadId: node.threadId, siteId: node.siteId, commentId: node.id, passageId: null });
  }

  private emitPassage({ id, threadId, siteId }: ListedPassage): void {
    this.events.push({ type: 'passage.changed', threadId, siteId, commentId: null, passageId: id });
  }
}

/** Where a comment hangs in the listing: `maxDepth` levels are nested below the roots. */
export function listParentOf(
  node: Pick<ListedNode, 'parentId' | 'depth'>,
  parent: Pick<ListedNode, 'depth' | 'listParentId'> | undefined,
  maxDepth: number,
): string | null {
  if (!parent) return null;
  return parent.depth < maxDepth ? node.parentId : parent.listParentId;
}
