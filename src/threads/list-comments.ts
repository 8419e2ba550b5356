import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid } from '../platform/http/cursor.js';
import {
  listingStore,
  REPLIES_SHOWN,
  type PageRow,
  type PassageFilter,
  type Position,
  type RootsQuery,
  type Sort,
  type TreeRow,
} from './listing.store.js';
import { publicView, type CommentList, type ListedView } from './comment.view.js';

/** Where a walk goes on: position in the sort, and the pinned comments that its first page showed. */
type RootPosition = [value: string | number, id: string, ...pinned: string[]];

interface ListInput {
  sort: Sort;
  /** `any`, or the id of one. */
  passage?: PassageFilter;
  limit: number;
  cursor?: string;
}

@Injectable()
export class ListComments {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Root comments, each with its first replies. Pinned ones stand at the head of the first page. A passage that is not
   * of this thread, or has no published comment, has none: its list is empty, so none can be told from the others.
   */
  async roots(threadId: string, { sort, passage, limit, cursor }: ListInput): Promise<CommentList> {
    const walk = { threadId, sort, passage: passage?.toLowerCase() };
    const after = Cursor.decode(listOf(walk), cursor, isRootPosition(sort));
    if (after) {
      const [value, id, ...shown] = after;
      return this.page(this.unitOfWork.em, { ...walk, after: [value, id], without: shown, limit }, []);
    }
    // Of one state: with the `seq` of a later one, a page that shows an older pin would never be told better.
    return this.unitOfWork.snapshot(async (em) => {
      const pinned = (await listingStore.pinned(em, threadId, walk.passage)).slice(0, limit);
      const query = { ...walk, after: undefined, without: pinned, limit: limit - pinned.length };
      return this.page(em, query, pinned);
    });
  }

  /** What `replies` of a comment shows in full, oldest first. */
  async replies(
    threadId: string,
    parentId: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<CommentList> {
    const after = Cursor.decode('replies', cursor, isReplyPosition);
    const rows = await listingStore.replies(this.unitOfWork.em, threadId, parentId, after, limit + 1);
    const { roots, head } = assemble(rows);
    return { ...cut(roots, limit, (last) => Cursor.encode('replies', replyPosition(last))), ...head };
  }

  private async page(em: EntityManager, query: RootsQuery, first: string[]): Promise<CommentList> {
    const { sort, without, limit } = query;
    const list = listOf(query);
    // One row more than the page says whether there is a next one; with the page full of pinned ones it begins at the start.
    const rows = await listingStore.roots(em, { ...query, limit: limit + 1 });
    const pinned = first.length > 0 ? await listingStore.given(em, query.threadId, first) : [];
    const { roots, head } = assemble(rows);
    const shown = cut(roots, limit, (last) => Cursor.encode(list, [...position(last, sort), ...without]));
    const startCursor = limit === 0 && roots.length > 0 ? Cursor.encode(list, [...beginning(sort), ...without]) : null;
    const pins = assemble(pinned).roots.flatMap((node) => listed(node) ?? []);
    return { items: [...pins, ...shown.items], nextCursor: shown.nextCursor ?? startCursor, ...head };
  }
}

/** What a cursor is good for: one order of one selection. */
function listOf({ sort, passage }: Pick<RootsQuery, 'sort' | 'passage'>): string {
  return passage === undefined ? `comments.${sort}` : `comments.${sort}.${passage}`;
}

interface Node {
  row: TreeRow;
  replies: Node[];
}

function assemble(rows: readonly PageRow[]): { roots: Node[]; head: { total: number; seq: number } } {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const row of rows) {
    if (row.id === null) continue;
    const node: Node = { row, replies: [] };
    nodes.set(row.id, node);
    if (row.level === 0) roots.push(node);
    else nodes.get(row.listParentId ?? '')?.replies.push(node);
  }
  return { roots, head: { total: rows[0]?.total ?? 0, seq: rows[0]?.seq ?? 0 } };
}

function cut(nodes: readonly Node[], limit: number, cursorOf: (last: TreeRow) => string) {
  const last = nodes[limit - 1];
  return {
    items: nodes.slice(0, limit).flatMap((node) => listed(node) ?? []),
    nextCursor: nodes.length > limit && last ? cursorOf(last.row) : null,
  };
}

function listed(node: Node): ListedView | undefined {
  const view = publicView(node.row);
  if (!view) return undefined;
  return {
    ...view,
    replies: cut(node.replies, REPLIES_SHOWN, (last) => Cursor.encode('replies', replyPosition(last))),
  };
}

function position(row: TreeRow, sort: Sort): Position {
  if (sort === 'top') return [row.score, row.id];
  return [(sort === 'active' ? row.activeAt : row.createdAt).toISOString(), row.id];
}

function replyPosition(row: TreeRow): Position {
  return [row.createdAt.toISOString(), row.id];
}

/** Before all comments of a sort. */
function beginning(sort: Sort): Position {
  const id = sort === 'oldest' ? '00000000-0000-0000-0000-000000000000' : 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  if (sort === 'top') return [2, id];
  return [sort === 'oldest' ? '0001-01-01T00:00:00.000Z' : '9999-12-31T23:59:59.999Z', id];
}

function isRootPosition(sort: Sort) {
  return (parts: readonly unknown[]): parts is RootPosition => {
    const [value, ...ids] = parts;
    const right = sort === 'top' ? typeof value === 'number' : isInstant(value);
    return right && ids.length >= 1 && ids.length <= 101 && ids.every(isUuid);
  };
}

function isReplyPosition(parts: readonly unknown[]): parts is [string, string] {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}
