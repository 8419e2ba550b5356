/** The shapes of the API that the pages use. Everything in web/ imports them from here, so that the source can change in one place. */
export type CommentStatus = 'pending' | 'published' | 'rejected' | 'spam' | 'deleted';
export type Sort = 'newest' | 'oldest' | 'top' | 'active';
export type VoteValue = -1 | 0 | 1;

export interface Votes {
  up: number;
  down: number;
}

export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface Comment {
  id: string;
  threadKey: string;
  parentId: string | null;
  passageId: string | null;
  depth: number;
  author: { id: string; name: string; badges: string[] };
  /** Sanitised by the server. */
  html: string;
  /** The Markdown; only for its author and staff, never in lists. */
  body?: string;
  status: CommentStatus;
  createdAt: string;
  editedAt: string | null;
  editableUntil?: string | null;
  revision: number;
  pinned: boolean;
  votes: Votes;
  replyCount: number;
  replies?: List<ListedComment>;
}

/** What stays of a comment that is no longer public but has public descendants. */
export interface Placeholder {
  id: string;
  status: 'deleted' | 'removed';
  parentId: string | null;
  depth: number;
  replyCount: number;
  replies?: List<ListedComment>;
}

export type ListedComment = Comment | Placeholder;

export const isPlaceholder = (comment: ListedComment): comment is Placeholder => !('html' in comment);

export interface CommentPage extends List<ListedComment> {
  total: number;
  seq: number;
}

export interface Site {
  key: string;
  name: string;
  settings: { maxLength: number; maxDepth: number; editWindowSeconds: number };
}

export interface Thread {
  id: string;
  key: string;
  url: string;
  title: string;
  state: 'open' | 'closed' | 'frozen';
  moderationMode: 'pre' | 'post';
  commentCount: number;
  seq: number;
}

export interface Session {
  token: string;
  reader: { id: string; displayName: string };
}

export interface Mine {
  votes: Record<string, VoteValue>;
  comments: Comment[];
}

export interface CommentLink {
  comment: ListedComment;
  ancestors: ListedComment[];
}

export interface LiveEvent {
  seq: number;
  type: string;
  at: string;
  commentId?: string;
  comment?: ListedComment;
  counts?: { total?: number; replies?: Record<string, number> };
}

export type EventsAnswer = { items: LiveEvent[]; seq: number; resync: false } | { resync: true; seq: number };

/** An error of RFC 9457. */
export interface Problem {
  type: string;
  /** The last part of `type`, to switch on. */
  code?: string;
  title: string;
  status: number;
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}

export interface Staff {
  id: string;
  displayName: string;
  email: string;
}

export interface StaffSession {
  token: string;
  staff: Staff;
}

export type QueueName = 'pending' | 'unmoderated';
export type DecisionAction = 'approve' | 'reject' | 'spam';

export interface QueueCount {
  queue: string;
  open: number;
  claimed: number;
}

/** A comment as staff sees it, with where it stands. */
export interface ModeratedComment extends Comment {
  body: string;
  thread: { key: string; title: string; url: string };
}

export interface QueueItem {
  id: string;
  queue: string;
  reasons: { rule: string; score: number; explanation: string }[];
  enteredAt: string;
  claim: { by: { id: string; name: string }; until: string } | null;
  comment: ModeratedComment;
}

export interface DecisionResult {
  commentId: string;
  status: string | null;
  outcome: 'applied' | 'unchanged' | 'conflict' | 'forbidden' | 'not-found';
  current?: { status: string; revision: number };
}

export interface DecisionAnswer {
  batchId: string;
  results: DecisionResult[];
}

export interface Reason {
  code: string;
  label: string;
  explanation: string;
}

export interface ModeratedDetail {
  comment: ModeratedComment;
  revisions: { revision: number; body: string; createdAt: string }[];
  decisions: {
    action: string;
    from: string;
    to: string;
    reason: string | null;
    by: { id: string; name: string } | null;
    at: string;
  }[];
  author: { record: Record<string, number> };
}
