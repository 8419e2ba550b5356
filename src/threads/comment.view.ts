import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { isPublic, type Status } from './comment-status.js';
import { quoteView, QuoteView, type PassageRow } from './passages/passage.view.js';

/** What views show of one row of the database: comment, current revision, author, and what the listing has of it. */
export interface ShownCommentRow {
  id: string;
  threadKey: string;
  parentId: string | null;
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
  /** Given by its root comment. */
  passageId: string | null;
  /** Of that passage, as it stands now; null without one. */
  quote: Pick<PassageRow, 'exact' | 'state' | 'original'> | null;
  up: number;
  down: number;
  replyCount: number;
}

/** The same with where it stands. */
export interface CommentRow extends ShownCommentRow {
  siteId: string;
  threadId: string;
  listParentId: string | null;
  /** Folded into the listing as published. False for what only its author or staff may see. */
  listedPublished: boolean;
  /** As the events have told it; `pinned` is what staff have set. */
  listedPinned: boolean;
  descendantCount: number;
}

export class AuthorView {
  id: string;
  name: string;
  badges: string[];
}

export class VotesView {
  up: number;
  down: number;
}

/** The sum of a comment's votes, with mine in it. */
export class VoteAnswerView {
  votes: VotesView;
}

/** Recursive, so named: in a list stands a comment or its placeholder. */
const LISTED = { anyOf: ['CommentView', 'PlaceholderView'].map((name) => ({ $ref: getSchemaPath(name) })) };

/** The first replies, oldest first; `GET /comments/{id}/replies` has the others. */
export class RepliesView {
  @ApiProperty({ type: 'array', items: LISTED })
  items: ListedView[];
  nextCursor: string | null;
}

/** A comment as readers see it. `body`, the Markdown, only for its author and staff. */
export class CommentView {
  id: string;
  threadKey: string;
  parentId: string | null;
  /** The passage of the article that it hangs on; a reply has that of the comment it answers. */
  passageId: string | null;
  /** 0 for a root comment. */
  depth: number;
  status: Status;
  author: AuthorView;
  /** Safe to show as it is. */
  html: string;
  /** The Markdown. Only for its author and staff, never in lists. */
  body?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ format: 'date-time' })
  editedAt: string | null;
  /** Until when its author may change it. Only in answers to the author. */
  @ApiProperty({ format: 'date-time' })
  editableUntil?: string;
  revision: number;
  pinned: boolean;
  votes: VotesView;
  /** Published comments that a listing shows directly below. */
  replyCount: number;
  /** The words that it is about, where it hangs on a passage. */
  quote?: QuoteView;
  /** What its author may mend, where rules hold it. Only in the answers to POST and PATCH. */
  hints?: string[];
  replies?: RepliesView;
}

/** What stands where a comment was, as long as something published hangs below it. */
export class PlaceholderView {
  id: string;
  /** By its author, or by a moderator or rule. */
  status: 'deleted' | 'removed';
  parentId: string | null;
  depth: number;
  replyCount: number;
  replies?: RepliesView;
}

export type ListedView = CommentView | PlaceholderView;

/** A page of comments. */
@ApiExtraModels(CommentView, PlaceholderView)
export class CommentList {
  @ApiProperty({ type: 'array', items: LISTED })
  items: ListedView[];
  nextCursor: string | null;
  /** Published comments under the filter, replies included. */
  total: number;
  /** The number of the last event that this list holds. */
  seq: number;
}

export function commentView(row: ShownCommentRow): CommentView {
  return {
    id: row.id,
    threadKey: row.threadKey,
    parentId: row.parentId,
    passageId: row.passageId,
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
    ...quoteOf(row),
  };
}

/** What the passage of a comment says, as a field of its views; nothing where it hangs on none. */
export function quoteOf(row: Pick<ShownCommentRow, 'quote'>): { quote?: QuoteView } {
  return row.quote === null ? {} : { quote: quoteView(row.quote) };
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
  if (row.listedPublished && isPublic(row.status)) return { ...commentView(row), pinned: row.listedPinned };
  return row.descendantCount > 0 ? placeholderView(row) : undefined;
}
