import { isPlaceholder, type Comment, type List, type ListedComment, type LiveEvent } from './api-types.js';

/** One comment as the page holds it. */
export interface Entry {
  comment: ListedComment;
  /** Under whom it stands, which is not its parent where deep replies are flat; null: a root. */
  place: string | null;
  /** Removed while being looked at: a line stands in its place until the page is read again. */
  ghost: boolean;
  /** Its replies below it. */
  replies: Branch;
}

/** The comments under one parent, or the roots. */
export interface Branch {
  /** Ids on the page. The first `paged` came from lists without a hole; live arrivals and my own follow. */
  shown: string[];
  paged: number;
  /** Ids that arrived live and wait to be asked for. */
  waiting: string[];
  /** Where the next list starts. */
  cursor: string | null;
  /** There are more, though no list has been read yet that could give a cursor. */
  unread: boolean;
}

const emptyBranch = (): Branch => ({ shown: [], paged: 0, waiting: [], cursor: null, unread: false });

/** Which comments are listed: all, `any` inline ones, or those on one passage (its id) first and the other inline ones below. */
export type Filter = string | undefined;

/** What the page shows of a thread, without DOM: lists and live events go in, branches of comments come out. */
export class ThreadModel {
  readonly entries = new Map<string, Entry>();
  roots = emptyBranch();
  total = 0;
  private filter: Filter;

  /** @param maxDepth Replies of a comment at this depth stand flat beside it. */
  constructor(
    private readonly maxDepth: number,
    private readonly isMine: (comment: Comment) => boolean,
  ) {}

  reset(filter?: Filter): void {
    this.entries.clear();
    this.roots = emptyBranch();
    this.filter = filter;
  }

  /** Whether a root comment is among those that are listed. */
  lists(comment: ListedComment): boolean {
    return this.filter === undefined || isPlaceholder(comment) || comment.passageId !== null;
  }

  /** Ids of the roots on the page: those on the passage that was asked for, and the others. */
  rootsByPassage(): { asked: string[]; others: string[] } {
    const { filter } = this;
    if (filter === undefined || filter === 'any') return { asked: [], others: this.roots.shown };
    const asked = this.roots.shown.filter((id) => this.passageOf(id) === filter);
    const known = new Set(asked);
    return { asked, others: this.roots.shown.filter((id) => !known.has(id)) };
  }

  entry(id: string): Entry | undefined {
    return this.entries.get(id);
  }

  /** Adds the next list of roots (`parentId` null) or of replies; drops doubles by id. */
  addList(parentId: string | null, list: List<ListedComment>): void {
    const branch = this.branchOf(parentId);
    if (!branch) return;
    for (const comment of list.items) {
      const known = branch.shown.indexOf(comment.id);
      if (known === -1 || known >= branch.paged) {
        if (known !== -1) branch.shown.splice(known, 1);
        branch.shown.splice(branch.paged, 0, comment.id);
        branch.paged += 1;
      }
      branch.waiting = branch.waiting.filter((id) => id !== comment.id);
      this.store(comment, parentId);
    }
    branch.cursor = list.nextCursor;
    branch.unread = false;
  }

  /** How many more replies a list would bring; null when all are here, 0 when only the list itself can tell. */
  unloaded({ comment, replies }: Entry): number | null {
    if (replies.cursor === null && !replies.unread) return null;
    const here = replies.shown.filter((id) => this.isCounted(id)).length + replies.waiting.length;
    return Math.max(0, comment.replyCount - here);
  }

  /** Whom a comment answers, where its place does not show it. */
  answered({ comment: { parentId }, place }: Entry): Comment | undefined {
    const parent = parentId === null || parentId === place ? undefined : this.entries.get(parentId);
    return parent && !parent.ghost && !isPlaceholder(parent.comment) ? parent.comment : undefined;
  }

  apply(events: readonly LiveEvent[]): void {
    for (const event of events) {
      if (event.comment) this.upsert(event.comment, event.type === 'comment.published');
      else if (event.commentId) this.remove(event.commentId);
      if (event.counts?.total !== undefined) this.total = event.counts.total;
      for (const [id, replyCount] of Object.entries(event.counts?.replies ?? {})) {
        const entry = this.entries.get(id);
        if (entry) entry.comment = { ...entry.comment, replyCount };
      }
    }
  }

  /** Moves what waits onto the page: new roots on top (at the end where the oldest come first), replies at the end. */
  reveal(parentId: string | null, atEnd: boolean): string[] {
    const branch = this.branchOf(parentId);
    if (!branch) return [];
    const revealed = atEnd ? branch.waiting : [...branch.waiting].reverse();
    branch.shown.splice(atEnd ? branch.shown.length : this.belowPinned(), 0, ...revealed);
    if (!atEnd) branch.paged += revealed.length;
    branch.waiting = [];
    return revealed;
  }

  /**
   * Shows a comment now: mine, or one that a link points to. A root stands on top, or with `order` where its date puts
   * it. False if the place it belongs to is not here.
   */
  insert(comment: ListedComment, order?: 'newest' | 'oldest'): boolean {
    const place = this.placeFor(comment);
    if (place === null && !this.lists(comment)) return false;
    const branch = place === undefined ? undefined : this.branchOf(place);
    if (place === undefined || !branch) return false;
    const index = place === null ? this.rootIndex(comment, order) : branch.shown.length;
    if (index === undefined && !branch.shown.includes(comment.id)) return false;
    branch.waiting = branch.waiting.filter((id) => id !== comment.id);
    this.store(comment, place);
    if (index === undefined || branch.shown.includes(comment.id)) return true;
    branch.shown.splice(index, 0, comment.id);
    if (place === null) branch.paged += 1;
    return true;
  }

  /** Takes a comment off the page at its author's wish: a placeholder if others answered it, else nothing. */
  withdraw(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    const { parentId, depth, replyCount } = entry.comment;
    if (replyCount > 0) entry.comment = { id, status: 'deleted', parentId, depth, replyCount };
    else this.remove(id);
  }

  /** What is not here is taken up only when it is new: a vote on a comment of the next page is nobody's arrival. */
  private upsert(comment: ListedComment, isNew: boolean): void {
    const entry = this.entries.get(comment.id);
    if (entry) {
      if (entry.ghost) entry.replies.unread = comment.replyCount > 0;
      return this.store(comment, entry.place);
    }
    const place = this.placeFor(comment);
    if (place === undefined) return;
    // A placeholder comes before the reply for which it stands: it is shown with that, and not before.
    if (isPlaceholder(comment)) return this.store(comment, place);
    if (!isNew || (place === null && !this.lists(comment))) return;
    if (this.isMine(comment)) {
      this.insert(comment);
      this.wake(place);
    } else {
      this.store(comment, place);
      this.wake(comment.id);
    }
  }

  /** Lets a comment wait to be shown, and the placeholder it hangs under if that is not on the page yet. */
  private wake(id: string | null): void {
    const entry = id === null ? undefined : this.entries.get(id);
    const branch = entry && this.branchOf(entry.place);
    if (id === null || !entry || !branch || branch.shown.includes(id) || branch.waiting.includes(id)) return;
    branch.waiting.push(id);
    this.wake(entry.place);
  }

  private remove(id: string): void {
    const entry = this.entries.get(id);
    const branch = entry && this.branchOf(entry.place);
    if (!entry || !branch) return;
    this.forget(entry.replies);
    entry.replies = emptyBranch();
    if (branch.shown.includes(id)) entry.ghost = true;
    else this.entries.delete(id);
    branch.waiting = branch.waiting.filter((waiting) => waiting !== id);
  }

  private forget(branch: Branch): void {
    for (const id of [...branch.shown, ...branch.waiting]) {
      const entry = this.entries.get(id);
      if (entry) this.forget(entry.replies);
      this.entries.delete(id);
    }
  }

  /** Keeps what only its author was told (text, end of the edit window) when the public form of it comes. */
  private store(comment: ListedComment, place: string | null): void {
    const { replies, ...bare } = comment;
    const entry = this.entries.get(comment.id);
    if (entry) {
      const keep = 'revision' in bare && 'revision' in entry.comment && bare.revision === entry.comment.revision;
      entry.comment = keep ? { ...entry.comment, ...bare } : bare;
      entry.ghost = false;
    } else {
      const branch = { ...emptyBranch(), unread: !replies && comment.replyCount > 0 };
      this.entries.set(comment.id, { comment: bare, place, ghost: false, replies: branch });
    }
    if (replies) this.addList(comment.id, replies);
  }

  /** Undefined: its place is on a page that is not here yet. */
  private rootIndex(comment: ListedComment, order: 'newest' | 'oldest' | undefined): number | undefined {
    const top = this.belowPinned();
    if (order === undefined || isPlaceholder(comment)) return top;
    const { shown, cursor } = this.roots;
    const index = shown.findIndex((id, at) => {
      const other = this.entries.get(id)?.comment;
      if (at < top || !other || isPlaceholder(other)) return false;
      return order === 'newest' ? other.createdAt < comment.createdAt : other.createdAt > comment.createdAt;
    });
    if (index !== -1) return index;
    return cursor === null ? shown.length : undefined;
  }

  private belowPinned(): number {
    const { shown } = this.roots;
    const index = shown.findIndex((id) => {
      const comment = this.entries.get(id)?.comment;
      return !comment || isPlaceholder(comment) || !comment.pinned;
    });
    return index === -1 ? shown.length : index;
  }

  /** A placeholder does not say it, but what was published below it hangs on the same passage. */
  private passageOf(id: string): string | null {
    const entry = this.entries.get(id);
    if (!entry) return null;
    if (!isPlaceholder(entry.comment)) return entry.comment.passageId;
    for (const reply of [...entry.replies.shown, ...entry.replies.waiting]) {
      const passage = this.passageOf(reply);
      if (passage !== null) return passage;
    }
    return null;
  }

  private branchOf(parentId: string | null): Branch | undefined {
    return parentId === null ? this.roots : this.entries.get(parentId)?.replies;
  }

  /** Where a comment belongs: below its parent, or beside it where the nesting ends; undefined if that is not here. */
  private placeFor({ parentId }: ListedComment): string | null | undefined {
    if (parentId === null) return null;
    const parent = this.entries.get(parentId);
    if (!parent) return undefined;
    return parent.comment.depth < this.maxDepth ? parentId : parent.place;
  }

  /** `replyCount` is of what is published: not of placeholders, nor of mine that waits. */
  private isCounted(id: string): boolean {
    const entry = this.entries.get(id);
    return !!entry && !entry.ghost && !isPlaceholder(entry.comment) && entry.comment.status === 'published';
  }
}
