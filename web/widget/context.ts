import type {
  Comment,
  List,
  ListedComment,
  MyReport,
  NewComment,
  NewNotice,
  NewReport,
  NoticeReceipt,
  Session,
  Site,
  Statement,
  Thread,
  VoteValue,
} from '../shared/api-types.js';
import type { PassageModel } from '../shared/passage-model.js';
import type { Filter } from '../shared/thread-model.js';
import type { BellSlot } from './inbox/bell-slot.js';
import type { Mentions } from './mention/mention-box.js';
import type { Following } from './notify/follow-section.js';
import type { WishStore } from './notify/wish.js';

/** A comment to be posted. The same key for the same attempt. */
export type Post = NewComment & {
  key: string;
  /** Leave the page where it is: what was written is about words elsewhere on it. */
  stay?: boolean;
};

/** The passages in the article itself; missing where the page does not say which element it is. */
export interface InArticle {
  has(passageId: string): boolean;
  inOrder(): string[];
  goTo(passageId: string): void;
  answer(passageId: string, opener: HTMLElement): void;
}

/** What the parts of the widget know, and what they may ask for. The widget itself implements it. */
export interface Context {
  readonly site: Site;
  readonly thread: Thread;
  readonly session: Session | undefined;
  readonly passages: PassageModel;
  readonly inline: InArticle | undefined;
  readonly bell: BellSlot;
  readonly mentions: Mentions;
  /** What was asked for beside the last comment. */
  readonly wishes: WishStore;
  /** "Notify of", for this thread. */
  readonly following: Following;
  myVote(id: string): VoteValue;
  isMine(comment: Comment): boolean;

  signIn(name: string): Promise<void>;
  signOut(): Promise<void>;
  /** Says that a moderator's warning was read, without which nothing can be written. */
  acknowledge(warningId: string): Promise<void>;
  /** Rejects with what went wrong. */
  post(input: Post): Promise<Comment>;
  edit(comment: Comment, body: string): Promise<void>;
  remove(comment: ListedComment): Promise<void>;
  vote(comment: Comment, value: VoteValue): Promise<void>;
  report(comment: Comment, report: NewReport): Promise<void>;
  /** Of illegal content; needs no session. */
  notice(notice: NewNotice): Promise<NoticeReceipt>;
  /** What was decided about my comments and me, newest first. */
  myStatements(cursor?: string): Promise<List<Statement>>;
  myReports(): Promise<MyReport[]>;
  appeal(statementId: string, text: string): Promise<void>;
  /** Shows what was decided about a comment of mine. */
  explain(comment: Comment): void;
  /** What there is to mend in a text before it is posted; nothing for guests without a name. */
  hintsOn(comment: NewComment): Promise<string[]>;
  /** The Markdown of my comment. */
  sourceOf(comment: Comment): Promise<string>;
  loadReplies(id: string): Promise<void>;
  reveal(parentId: string | null): void;
  /** Lists all comments, inline ones, or those on one passage first, and goes there. */
  list(filter: Filter): Promise<void>;
  /** The last three on a passage. */
  latestOn(passageId: string): Promise<Comment[]>;
  /** Shows a comment in the thread, and goes there. */
  openComment(id: string): Promise<void>;
  /** Says something to those who do not see the page. */
  announce(text: string): void;
}

/** Until when I may change it, in milliseconds; public lists do not say, the site's window does. */
export function editableUntil(comment: Comment, site: Site): number {
  if (comment.editableUntil) return Date.parse(comment.editableUntil);
  return Date.parse(comment.createdAt) + site.settings.editWindowSeconds * 1_000;
}
