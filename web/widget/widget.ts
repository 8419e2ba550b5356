import { ApiError, patiently, type ApiClient } from '../shared/api-client.js';
import {
  isPlaceholder,
  type Comment,
  type ListedComment,
  type LiveEvent,
  type Mine,
  type Site,
  type Sort,
  type Thread,
  type VoteValue,
} from '../shared/api-types.js';
import { LiveThread } from '../shared/live-thread.js';
import { PassageModel } from '../shared/passage-model.js';
import { ReaderApi } from '../shared/reader-api.js';
import { ThreadModel, type Filter } from '../shared/thread-model.js';
import type { Context, Post } from './context.js';
import { InlineFeedback } from './inline/inline-feedback.js';
import { Listing } from './listing.js';
import type { Place } from './place.js';
import { MyPart } from './my-part.js';
import { SessionStore } from './session-store.js';
import { ThreadView } from './thread-view.js';

interface Loaded {
  site: Site;
  thread: Thread;
}

/** One thread on a page: reads it, follows it live, does what the reader asks. */
export class Widget implements Context {
  private readonly api: ReaderApi;
  private readonly store: SessionStore;
  private readonly model: ThreadModel;
  private readonly view: ThreadView;
  private readonly live: LiveThread;
  private readonly mine = new MyPart();
  private listing: Listing;
  private readonly loaded: Loaded;
  readonly passages = new PassageModel();
  readonly inline: InlineFeedback | undefined;
  /** The thread is to be read until it is of this `seq`. */
  private wanted = 0;
  private readingThread = false;

  private constructor(
    client: ApiClient,
    place: Place,
    loaded: Loaded,
    host: HTMLElement,
    readonly announce: (text: string) => void,
  ) {
    this.loaded = loaded;
    this.api = new ReaderApi(client, place.site, place.thread);
    this.store = new SessionStore(place.site);
    this.model = new ThreadModel(loaded.site.settings.maxDepth, (comment) => this.isMine(comment));
    this.listing = new Listing(this.api, 'newest', undefined);
    this.view = new ThreadView(this, this.listing.sort, {
      sortBy: (sort) => void this.sortBy(sort),
      loadMore: () => void this.loadMore().catch((error: unknown) => announce(String(error))),
    });
    this.live = new LiveThread({
      origin: place.origin,
      site: place.site,
      thread: place.thread,
      missed: (after) => this.api.events(after),
      apply: (events) => this.apply(events),
      reread: () => {
        // The server's numbers may be lower now, after a restored backup say.
        this.wanted = 0;
        void this.reread(this.listing.sort, this.listing.filter);
      },
      status: (live) => this.view.showLive(live),
    });
    if (place.article) {
      const page = { widget: host, article: place.article };
      this.inline = new InlineFeedback(this, this.api, page, () => this.sync());
    }
  }

  /** Reads the thread, making it on its first use. */
  static async open(
    client: ApiClient,
    place: Place,
    host: HTMLElement,
    announce: (text: string) => void,
  ): Promise<Widget> {
    const api = new ReaderApi(client, place.site, place.thread);
    const thread = async () => {
      try {
        return await api.thread();
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
        await api.createThread({ url: place.url, title: place.title });
        return api.thread();
      }
    };
    const [site, found] = await Promise.all([api.site(), thread()]);
    const widget = new Widget(client, place, { site, thread: found }, host, announce);
    await widget.read(widget.listing);
    setInterval(() => widget.sync(), 30_000);
    return widget;
  }

  get element(): HTMLElement {
    return this.view.element;
  }

  get site() {
    return this.loaded.site;
  }

  get thread() {
    return this.loaded.thread;
  }

  get session() {
    return this.store.current;
  }

  myVote = this.mine.vote;

  isMine = (comment: Comment): boolean => comment.author.id === this.session?.reader.id;

  /** Shows the comment that `#comment-<id>` names, with what it answers. */
  async openLink(hash: string): Promise<void> {
    const id = /^#comment-(.+)$/.exec(hash)?.[1];
    if (id) await this.openComment(id);
  }

  async openComment(id: string): Promise<void> {
    try {
      if (!this.isShown(id)) {
        // The answer has no `seq`; it is at least as new as what had been applied when it was asked for.
        const seq = this.live.seq;
        const { comment, ancestors } = await this.api.comment(id, this.session?.token);
        const chain: ListedComment[] = [...ancestors, comment].sort((a, b) => a.depth - b.depth);
        if (chain[0] && !this.model.lists(chain[0])) await this.reread(this.listing.sort, undefined);
        for (const link of chain) this.model.insert(link);
        this.live.pageRead(seq, false);
        this.sync();
      }
      this.view.focus(id, 'center');
    } catch {
      this.announce('This comment is not here; it may have been removed.');
    }
  }

  async list(filter: Filter): Promise<void> {
    const isPassage = filter !== undefined && filter !== 'any';
    await this.reread(this.listing.sort, filter);
    if (isPassage) this.view.focusFilter();
    const what = isPassage ? 'the comments on this passage, then the other inline feedbacks' : 'inline feedbacks alone';
    this.announce(filter === undefined ? 'All comments are listed.' : `Listed are ${what}.`);
  }

  async latestOn(passageId: string): Promise<Comment[]> {
    const { items } = await this.api.comments({ sort: 'newest', passage: passageId, limit: 3 });
    const both = items.flatMap((root) => [root, ...(root.replies?.items ?? [])]);
    const comments = both.flatMap((comment) => (isPlaceholder(comment) ? [] : [comment]));
    return comments.sort((one, other) => other.createdAt.localeCompare(one.createdAt)).slice(0, 3);
  }

  async signIn(name: string): Promise<void> {
    this.store.set(await this.api.signIn(name));
    this.sync();
  }

  async signOut(): Promise<void> {
    const { session } = this;
    this.forget();
    if (session) await this.api.signOut(session.token).catch(() => undefined);
    await this.reread(this.listing.sort, this.listing.filter);
  }

  async post({ key, stay, ...input }: Post): Promise<Comment> {
    const comment = await patiently(() => this.asReader((token) => this.api.post(token, input, key)));
    this.mine.keep(comment);
    // What was written while inline comments alone are listed, and is none, leads back to all.
    if (comment.parentId === null && !this.model.lists(comment)) await this.reread(this.listing.sort, undefined);
    this.model.insert(comment);
    this.sync();
    if (!stay) this.view.focus(comment.id, 'nearest');
    this.announce(comment.status === 'published' ? 'Posted.' : 'Sent. Only you see it until a moderator has read it.');
    return comment;
  }

  async edit(comment: Comment, body: string): Promise<void> {
    const edited = await this.asReader((token) => this.api.edit(token, comment.id, body));
    this.mine.keep(edited);
    this.model.insert(edited);
    this.sync();
    this.announce(edited.status === 'published' ? 'Saved.' : 'Saved. Only you see it until a moderator has read it.');
  }

  async remove(comment: ListedComment): Promise<void> {
    await this.asReader((token) => this.api.delete(token, comment.id));
    this.mine.drop(comment.id);
    this.model.withdraw(comment.id);
    this.sync();
    this.announce('Deleted.');
  }

  async vote(comment: Comment, value: VoteValue): Promise<void> {
    const { votes } = await this.asReader((token) => this.api.vote(token, comment.id, value));
    this.mine.setVote(comment.id, value);
    const entry = this.model.entry(comment.id);
    if (entry && 'votes' in entry.comment) entry.comment = { ...entry.comment, votes };
    this.sync();
  }

  async sourceOf(comment: Comment): Promise<string> {
    if (comment.body !== undefined) return comment.body;
    const { comment: own } = await this.asReader((token) => this.api.comment(comment.id, token));
    return 'body' in own ? (own.body ?? '') : '';
  }

  async loadReplies(id: string): Promise<void> {
    const entry = this.model.entry(id);
    if (!entry) return;
    const list = await this.api.replies(id, entry.replies.cursor ?? undefined);
    const before = new Set(entry.replies.shown);
    this.model.addList(id, list);
    this.addedToPage(list.seq);
    this.focusFirst(entry.replies.shown.filter((shown) => !before.has(shown)));
  }

  reveal(parentId: string | null): void {
    const atEnd = parentId !== null || (this.listing.sort === 'oldest' && this.model.roots.cursor === null);
    const revealed = this.model.reveal(parentId, atEnd);
    this.sync();
    this.focusFirst(revealed);
  }

  private async loadMore(): Promise<void> {
    const before = new Set(this.model.roots.shown);
    const isNew = (id: string) => !before.has(id);
    const { listing } = this;
    // All inline comments begin with some that stand among those on the passage already.
    while (this.model.roots.cursor !== null && !this.model.roots.shown.some(isNew)) {
      const list = await listing.next(this.model.roots.cursor);
      if (listing !== this.listing) return;
      this.model.addList(null, list);
      this.addedToPage(list.seq);
    }
    this.focusFirst(this.model.roots.shown.filter(isNew));
  }

  private async sortBy(sort: Sort): Promise<void> {
    await this.reread(sort, this.listing.filter);
    this.announce('The order has changed.');
  }

  /** The page again, from the start; tries until it succeeds, since without it nothing more can be applied. */
  private async reread(sort: Sort, filter: Filter): Promise<void> {
    this.view.setBusy(true);
    const listing = (this.listing = new Listing(this.api, sort, filter));
    while (listing === this.listing) {
      try {
        await this.read(listing);
        if (listing === this.listing) return this.view.setBusy(false);
      } catch {
        await rest(3_000);
      }
    }
  }

  /** Reads the first page, the thread with its passages, and what is mine, and shows them. */
  private async read(listing: Listing): Promise<void> {
    const [page, thread, mine] = await Promise.all([listing.first(), this.api.thread(), this.askMine()]);
    // Another reading began since; that one brings what is shown.
    if (listing !== this.listing) return;
    this.model.reset(listing.filter);
    this.model.total = listing.filter === undefined ? page.total : thread.commentCount;
    this.model.addList(null, page);
    this.takeThread(thread);
    if (mine) this.mine.take(mine);
    this.mine.place(this.model, listing.sort);
    this.sync();
    this.live.pageRead(page.seq, true);
    this.live.pageRead(thread.seq, false);
  }

  /** After a new text every passage stands elsewhere: reads the thread until it is as new as the event that said so. */
  private async readThread(since: number): Promise<void> {
    this.wanted = Math.max(this.wanted, since);
    if (this.readingThread) return;
    this.readingThread = true;
    for (let pause = 100; ; pause = Math.min(10_000, pause * 2)) {
      const thread = await this.api.thread().catch(() => undefined);
      if (thread && thread.seq >= this.wanted) {
        this.readingThread = false;
        this.takeThread(thread);
        this.sync();
        return this.live.pageRead(thread.seq, false);
      }
      await rest(pause);
    }
  }

  private takeThread(thread: Thread): void {
    this.loaded.thread = thread;
    this.passages.take(thread);
  }

  private apply(events: readonly LiveEvent[]): void {
    const askAgain = this.mine.hear(events, (id) => {
      const comment = this.model.entry(id)?.comment;
      return comment !== undefined && !isPlaceholder(comment) && this.isMine(comment);
    });
    this.model.apply(events);
    this.passages.apply(events);
    this.mine.place(this.model, this.listing.sort);
    this.sync();
    const changed = events.findLast(({ type }) => type === 'thread.changed');
    if (changed) void this.readThread(changed.seq);
    // What waits is quoted too, and no event tells of its words.
    if (askAgain || (changed && this.mine.passages.length > 0)) void this.readMine();
  }

  private async readMine(): Promise<void> {
    const mine = await this.askMine();
    if (mine) this.mine.take(mine);
    this.mine.place(this.model, this.listing.sort);
    this.sync();
  }

  private async askMine(): Promise<Mine | undefined> {
    if (!this.session) return undefined;
    // Without it the page still stands; the next reading brings it.
    return this.asReader((token) => this.api.mine(token)).catch(() => undefined);
  }

  private addedToPage(seq: number): void {
    this.mine.place(this.model, this.listing.sort);
    this.live.pageRead(seq, false);
    this.sync();
  }

  /** Calls with my token; one that the server no longer takes is forgotten, and the form asks for a name again. */
  private async asReader<Answer>(call: (token: string) => Promise<Answer>): Promise<Answer> {
    try {
      return await call(this.session?.token ?? '');
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.forget();
      throw error;
    }
  }

  private forget(): void {
    this.store.set(undefined);
    this.mine.clear();
    this.sync();
  }

  private isShown(id: string): boolean {
    const entry = this.model.entry(id);
    if (!entry) return false;
    const branch = entry.place === null ? this.model.roots : this.model.entry(entry.place)?.replies;
    return branch?.shown.includes(id) ?? false;
  }

  private focusFirst([id]: readonly string[]): void {
    if (id !== undefined) this.view.focus(id, 'nearest');
  }

  private sync(): void {
    this.inline?.sync(this.mine.passages);
    this.view.sync(this.model, this.listing.filter);
  }
}

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
