import type { Comment, ListedComment, Session, Site, Thread, VoteValue } from '../shared/api-types.js';

/** What the parts of the widget know, and what they may ask for. The widget itself implements it. */
export interface Context {
  readonly site: Site;
  readonly thread: Thread;
  readonly session: Session | undefined;
  myVote(id: string): VoteValue;
  isMine(comment: Comment): boolean;

  signIn(name: string): Promise<void>;
  signOut(): Promise<void>;
  /** Rejects with what went wrong; the same key for the same attempt. */
  post(input: { body: string; parentId?: string | undefined; key: string }): Promise<void>;
  edit(comment: Comment, body: string): Promise<void>;
  remove(comment: ListedComment): Promise<void>;
  vote(comment: Comment, value: VoteValue): Promise<void>;
  /** The Markdown of my comment. */
  sourceOf(comment: Comment): Promise<string>;
  loadReplies(id: string): Promise<void>;
  reveal(parentId: string | null): void;
  /** Says something to those who do not see the page. */
  announce(text: string): void;
}

/** Until when I may change it, in milliseconds; public lists do not say, the site's window does. */
export function editableUntil(comment: Comment, site: Site): number {
  if (comment.editableUntil) return Date.parse(comment.editableUntil);
  return Date.parse(comment.createdAt) + site.settings.editWindowSeconds * 1_000;
}
