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
import { ReaderApi } from '../shared/reader-api.js';
import { ThreadModel } from '../shared/thread-model.js';
import type { Context } from './context.js';
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
  private sort: Sort = 'newest';
  private readonly loaded: Loaded;

  private constructor(
    client: ApiClient,
    place: Place,
    loaded: Loaded,
    readonly announce: (text: string) => void,
  ) {
    this.loaded = loaded;
    this.api = new ReaderApi(client, place.site, place.thread);
    this.store = new SessionStore(place.site);
    this.model = new ThreadModel(loaded.site.settings.maxDepth, (comment) => this.isMine(comment));
    this.view = new ThreadView(this, this.sort, {
      sortBy: (sort) => void this.sortBy(sort),
      loadMore: () => void this.loadMore().catch((error: unknown) => announce(String(error))),
    });
    this.live = new LiveThread({
      origin: place.origin,
      site: place.site,
      thread: place.thread,
      missed: (after) => this.api.events(after),
      apply: (events) => this.apply(events),
      reread: () => void this.reread(),
      status: (live) => this.view.showLive(live),
    });
  }

  /** Reads the thread, making it on its first use. */
  static async open(client: ApiClient, place: Place, announce: (text: string) => void): Promise<Widget> {
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
    const widget = new Widget(client, place, { site, thread: found }, announce);
    await widget.read();
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
    if (!id) return;
    try {
      if (!this.isShown(id)) {
        // The answer has no `seq`; it is at least as new as what had been applied when it was asked for.
        const seq = this.live.seq;
        const { comment, ancestors } = await this.api.comment(id, this.session?.token);
        const chain: ListedComment[] = [...ancestors, comment].sort((a, b) => a.depth - b.depth);
        for (const link of chain) this.model.insert(link);
        this.live.pageRead(seq, false);
        this.sync();
      }
      this.view.focus(id, 'center');
    } catch {
      this.announce('The comment that the address points to is not here; it may have been removed.');
    }
  }

  async signIn(name: string): Promise<void> {
    this.store.set(await this.api.signIn(name));
    this.sync();
  }

  async signOut(): Promise<void> {
    const { session } = this;
    this.forget();
    if (session) await this.api.signOut(session.token).catch(() => undefined);
    await this.reread();
  }

  async post(input: { body: string; parentId?: string | undefined; key: string }): Promise<void> {
    const { body, parentId, key } = input;
    const comment = await patiently(() => this.asReader((token) => this.api.post(token, { body, parentId }, key)));
    this.mine.keep(comment);
    this.model.insert(comment);
    this.sync();
    this.view.focus(comment.id, 'nearest');
    this.announce(comment.status === 'published' ? 'Posted.' : 'Sent. Only you see it until a moderator has read it.');
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
    const atEnd = parentId !== null || (this.sort === 'oldest' && this.model.roots.cursor === null);
    const revealed = this.model.reveal(parentId, atEnd);
    this.sync();
    this.focusFirst(revealed);
  }

  private async loadMore(): Promise<void> {
    const before = new Set(this.model.roots.shown);
    const list = await this.api.comments(this.sort, this.model.roots.cursor ?? undefined);
    this.model.addList(null, list);
    this.addedToPage(list.seq);
    this.focusFirst(this.model.roots.shown.filter((id) => !before.has(id)));
  }

  private async sortBy(sort: Sort): Promise<void> {
    this.sort = sort;
    await this.reread();
    this.announce('The order has changed.');
  }

  /** Reads the first page and what is mine, and shows both. */
  private async read(): Promise<void> {
    const { sort } = this;
    const [page, mine] = await Promise.all([this.api.comments(sort), this.askMine()]);
    if (sort !== this.sort) return;
    this.model.reset();
    this.model.total = page.total;
    this.model.addList(null, page);
    if (mine) this.mine.take(mine);
    this.mine.place(this.model, this.sort);
    this.sync();
    this.live.pageRead(page.seq, true);
  }

  /** The page again, from the start; tries until it succeeds, since without it nothing more can be applied. */
  private async reread(): Promise<void> {
    this.view.setBusy(true);
    try {
      await Promise.all([this.read(), this.readThread()]);
    } catch {
      setTimeout(() => void this.reread(), 3_000);
      return;
    }
    this.view.setBusy(false);
  }

  private async readThread(): Promise<void> {
    this.loaded.thread = await this.api.thread();
    this.sync();
  }

  private apply(events: readonly LiveEvent[]): void {
    const askAgain = this.mine.hear(events, (id) => {
      const comment = this.model.entry(id)?.comment;
      return comment !== undefined && !isPlaceholder(comment) && this.isMine(comment);
    });
    this.model.apply(events);
    this.mine.place(this.model, this.sort);
    this.sync();
    if (events.some(({ type }) => type === 'thread.changed')) void this.readThread().catch(() => undefined);
    if (askAgain) void this.readMine();
  }

  private async readMine(): Promise<void> {
    const mine = await this.askMine();
    if (mine) this.mine.take(mine);
    this.mine.place(this.model, this.sort);
    this.sync();
  }

  private async askMine(): Promise<Mine | undefined> {
    if (!this.session) return undefined;
    // Without it the page still stands; the next reading brings it.
    return this.asReader((token) => this.api.mine(token)).catch(() => undefined);
  }

  private addedToPage(seq: number): void {
    this.mine.place(this.model, this.sort);
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
    this.view.sync(this.model);
  }
}
