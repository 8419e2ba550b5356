import {
  isPlaceholder,
  type Comment,
  type ListedComment,
  type LiveEvent,
  type Mine,
  type Site,
  type Sort,
  type Thread,
} from '../shared/api-types.js';
import { LiveThread } from '../shared/live-thread.js';
import { PassageModel } from '../shared/passage-model.js';
import type { ReaderApi } from '../shared/reader-api.js';
import { ThreadModel, type Filter } from '../shared/thread-model.js';
import { Listing } from './listing.js';
import { MyPart } from './my-part.js';
import type { Place } from './place.js';

interface Options {
  api: ReaderApi;
  place: Place;
  site: Site;
  thread: Thread;
  isMine(comment: Comment): boolean;
  /** What only I see; undefined for guests without a name, and where it can't be had now. */
  askMine(): Promise<Mine | undefined>;
  /** What is shown is other than it was. */
  changed(): void;
  /** Another order or choice of comments is being read. */
  busy(busy: boolean): void;
  live(live: boolean): void;
}

/** What the page holds of a thread: reads it, by pages, and follows it live. */
export class Reading {
  readonly model: ThreadModel;
  readonly passages = new PassageModel();
  readonly mine = new MyPart();
  thread: Thread;
  private listing: Listing;
  private readonly api: ReaderApi;
  private readonly live: LiveThread;
  /** The thread is to be read until it is of this `seq`. */
  private wanted = 0;
  private readingThread = false;

  constructor(private readonly options: Options) {
    const { api, place, site, thread } = options;
    this.api = api;
    this.thread = thread;
    this.model = new ThreadModel(site.settings.maxDepth, options.isMine);
    this.listing = new Listing(api, 'newest', undefined);
    this.live = new LiveThread({
      origin: place.origin,
      site: place.site,
      thread: place.thread,
      missed: (after) => api.events(after),
      apply: (events) => this.apply(events),
      reread: () => {
        // The server's numbers may be lower now, after a restored backup say.
        this.wanted = 0;
        void this.again();
      },
      status: options.live,
    });
  }

  /** The news of whoever is signed in come by the same connection. */
  tell: LiveThread['tell'] = (reader) => this.live.tell(reader);

  get sort(): Sort {
    return this.listing.sort;
  }

  get filter(): Filter {
    return this.listing.filter;
  }

  /** The first reading; what fails here fails for the caller. */
  begin(): Promise<void> {
    return this.read(this.listing);
  }

  /** Another order, or another choice of comments; tries until it succeeds, since without it nothing more can be applied. */
  async list(sort: Sort, filter: Filter): Promise<void> {
    this.options.busy(true);
    const listing = (this.listing = new Listing(this.api, sort, filter));
    while (listing === this.listing) {
      try {
        await this.read(listing);
        if (listing === this.listing) return this.options.busy(false);
      } catch {
        await rest(3_000);
      }
    }
  }

  /** The page from its start. */
  again(): Promise<void> {
    return this.list(this.sort, this.filter);
  }

  /** The next page; answers the ids that it brought. */
  async more(): Promise<string[]> {
    const before = new Set(this.model.roots.shown);
    const isNew = (id: string) => !before.has(id);
    const { listing } = this;
    // All inline comments begin with some that stand among those on the passage already.
    while (this.model.roots.cursor !== null && !this.model.roots.shown.some(isNew)) {
      const list = await listing.next(this.model.roots.cursor);
      if (listing !== this.listing) return [];
      this.model.addList(null, list);
      this.added(list.seq);
    }
    return this.model.roots.shown.filter(isNew);
  }

  /** More replies of a comment; answers their ids. */
  async replies(id: string): Promise<string[]> {
    const entry = this.model.entry(id);
    if (!entry) return [];
    const list = await this.api.replies(id, entry.replies.cursor ?? undefined);
    const before = new Set(entry.replies.shown);
    this.model.addList(id, list);
    this.added(list.seq);
    return entry.replies.shown.filter((shown) => !before.has(shown));
  }

  /** Puts a comment on the page with what it answers, if it is not there. */
  async bring(id: string, token: string | undefined): Promise<void> {
    if (this.isShown(id)) return;
    // The answer has no `seq`; it is at least as new as what had been applied when it was asked for.
    const { seq } = this.live;
    const { comment, ancestors } = await this.api.comment(id, token);
    const chain: ListedComment[] = [...ancestors, comment].sort((a, b) => a.depth - b.depth);
    if (chain[0] && !this.model.lists(chain[0])) await this.list(this.sort, undefined);
    for (const link of chain) this.model.insert(link);
    this.live.pageRead(seq, false);
    this.options.changed();
  }

  async readMine(): Promise<void> {
    const mine = await this.options.askMine();
    if (mine) this.mine.take(mine);
    this.placeMine();
    this.options.changed();
  }

  /** The first page, the thread with its passages, and what is mine. */
  private async read(listing: Listing): Promise<void> {
    const [page, thread, mine] = await Promise.all([listing.first(), this.api.thread(), this.options.askMine()]);
    // Another reading began since; that one brings what is shown.
    if (listing !== this.listing) return;
    this.model.reset(listing.filter);
    this.model.total = listing.filter === undefined ? page.total : thread.commentCount;
    this.model.addList(null, page);
    this.takeThread(thread);
    if (mine) this.mine.take(mine);
    this.placeMine();
    this.options.changed();
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
        this.options.changed();
        return this.live.pageRead(thread.seq, false);
      }
      await rest(pause);
    }
  }

  private takeThread(thread: Thread): void {
    this.thread = thread;
    this.passages.take(thread);
  }

  private apply(events: readonly LiveEvent[]): void {
    const askAgain = this.mine.hear(events, (id) => {
      const comment = this.model.entry(id)?.comment;
      return comment !== undefined && !isPlaceholder(comment) && this.options.isMine(comment);
    });
    this.model.apply(events);
    this.passages.apply(events);
    this.placeMine();
    this.options.changed();
    const changed = events.findLast(({ type }) => type === 'thread.changed');
    if (changed) void this.readThread(changed.seq);
    // What waits is quoted too, and no event tells of its words.
    if (askAgain || (changed && this.mine.passages.length > 0)) void this.readMine();
  }

  private added(seq: number): void {
    this.placeMine();
    this.live.pageRead(seq, false);
    this.options.changed();
  }

  private placeMine(): void {
    this.mine.place(this.model, this.sort);
  }

  private isShown(id: string): boolean {
    const entry = this.model.entry(id);
    if (!entry) return false;
    const branch = entry.place === null ? this.model.roots : this.model.entry(entry.place)?.replies;
    return branch?.shown.includes(id) ?? false;
  }
}

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
