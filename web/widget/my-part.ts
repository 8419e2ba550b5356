import {
  isPlaceholder,
  type Comment,
  type LiveEvent,
  type Mine,
  type Quote,
  type Sort,
  type VoteValue,
} from '../shared/api-types.js';
import type { ThreadModel } from '../shared/thread-model.js';

/** What only I see of the thread: my votes, and my comments that others can't see, laid over the public page. */
export class MyPart {
  private readonly votes = new Map<string, VoteValue>();
  private held: Comment[] = [];

  /** What `/me` says, in place of what was known. */
  take({ comments, votes }: Mine): void {
    this.held = comments.filter(({ status }) => status !== 'deleted');
    for (const [id, value] of Object.entries(votes)) this.votes.set(id, value);
  }

  /** Passages that I marked, and that others may not see yet. */
  get passages(): { id: string; quote: Quote }[] {
    const unlike = new Map<string, Quote>();
    for (const { passageId, quote } of this.held) if (passageId !== null && quote) unlike.set(passageId, quote);
    return [...unlike].map(([id, quote]) => ({ id, quote }));
  }

  keep(comment: Comment): void {
    this.held = [...this.held.filter(({ id }) => id !== comment.id), comment];
  }

  drop(id: string): void {
    this.held = this.held.filter((comment) => comment.id !== id);
  }

  clear(): void {
    this.held = [];
    this.votes.clear();
  }

  vote = (id: string): VoteValue => this.votes.get(id) ?? 0;

  setVote(id: string, value: VoteValue): void {
    this.votes.set(id, value);
  }

  /** Puts my comments where they belong, as far as that place is on the page. */
  place(model: ThreadModel, sort: Sort): void {
    const order = sort === 'newest' || sort === 'oldest' ? sort : undefined;
    const parentsFirst = [...this.held].sort((a, b) => a.depth - b.depth);
    for (const comment of parentsFirst) model.insert(comment, order);
  }

  /**
   * To be called before events reach the model. What they publish need not be held any longer.
   * @returns whether `/me` must be asked: mine was taken from the public, and only it says if it waits or was rejected.
   */
  hear(events: readonly LiveEvent[], isMine: (id: string) => boolean): boolean {
    const mine = events.filter(({ commentId: id }) => id && (isMine(id) || this.held.some((held) => held.id === id)));
    const published = mine.flatMap(({ comment }) => (comment && !isPlaceholder(comment) ? [comment.id] : []));
    for (const id of published) this.drop(id);
    return published.length < mine.length;
  }
}
