import type { Status } from './comment-status.js';

/** One row of the database, joined for showing: comment, current revision, author, and what the listing has of it. */
export interface CommentRow {
  id: string;
  threadKey: string;
  siteId: string;
  threadId: string;
  parentId: string | null;
  listParentId: string | null;
  depth: number;
  readerId: string;
  authorName: string;
  status: Status;
  html: string;
  body?: string;
  createdAt: Date;
  editedAt: Date | null;
  revision: number;
  pinned: boolean;
  up: number;
  down: number;
  replyCount: number;
  /** Folded into the listing as published. False for what only its author or staff may see. */
  listedPublished: boolean;
  descendantCount: number;
}

export interface AuthorView {
  id: string;
  name: string;
  badges: string[];
}

export interface VotesView {
  up: number;
  down: number;
}

/** A comment as readers see it. `body`, the Markdown, only for its author and staff. */
export interface CommentView {
  id: string;
  threadKey: string;
  parentId: string | null;
  passageId: string | null;
  depth: number;
  status: Status;
  author: AuthorView;
  html: string;
  body?: string;
  createdAt: string;
  editedAt: string | null;
  /** Until when its author may change it. Only in answers to the author. */
  editableUntil?: string;
  revision: number;
  pinned: boolean;
  votes: VotesView;
  replyCount: number;
  replies?: { items: ListedView[]; nextCursor: string | null };
}

/** What stands where a comment was, as long as something published hangs below it. */
export interface PlaceholderView {
  id: string;
  status: 'deleted' | 'removed';
  parentId: string | null;
  depth: number;
  replyCount: number;
  replies?: { items: ListedView[]; nextCursor: string | null };
}

export type ListedView = CommentView | PlaceholderView;

export function commentView(row: CommentRow): CommentView {
  return {
    id: row.id,
    threadKey: row.threadKey,
    parentId: row.parentId,
    passageId: null,
    depth: row.depth,
    status: row.status,
    author: { id: row.readerId, name: row.authorName, badges: [] },
    html: row.html,
    ...(row.body === undefined ? {} : { body: row.body }),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    revision: row.revision,
    pinned: row.pinned,
    votes: { up: row.up, down: row.down },
    replyCount: row.replyCount,
  };
}

/** The same for its author or staff, with the Markdown and how long it can be edited. */
export function ownCommentView(row: CommentRow, editWindowSeconds: number): CommentView {
  const editable = row.status === 'pending' || row.status === 'published';
  const until = new Date(row.createdAt.getTime() + editWindowSeconds * 1_000);
  return { ...commentView(row), ...(editable ? { editableUntil: until.toISOString() } : {}) };
}

function placeholderView(row: CommentRow): PlaceholderView {
  const status = row.status === 'deleted' ? 'deleted' : 'removed';
  return { id: row.id, status, parentId: row.parentId, depth: row.depth, replyCount: row.replyCount };
}

/**
 * What the public may see of a comment now: it, its placeholder, or nothing. Both the listing and the comment's own
 * status must say `published`: what a moderator has just taken down is gone before the relay has folded it.
 */
export function publicView(row: CommentRow): ListedView | undefined {
  if (row.listedPublished && row.status === 'published') return commentView(row);
  return row.descendantCount > 0 ? placeholderView(row) : undefined;
}
