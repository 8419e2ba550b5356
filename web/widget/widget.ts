import { ApiError, patiently, type ApiClient } from '../shared/api-client.js';
import {
  isPlaceholder,
  type Comment,
  type ListedComment,
  type Mine,
  type NewComment,
  type NewNotice,
  type NewReport,
  type Site,
  type Sort,
  type Thread,
  type VoteValue,
} from '../shared/api-types.js';
import { ReaderApi } from '../shared/reader-api.js';
import type { Filter } from '../shared/thread-model.js';
import type { Context, Post } from './context.js';
import { BellSlot } from './inbox/bell-slot.js';
import type { InboxSource } from './inbox/inbox.js';
import { InlineFeedback } from './inline/inline-feedback.js';
import { load } from './later.js';
import type { Mentions } from './mention/mention-box.js';
import { MentionSource } from './mention/mention-source.js';
import type { Following } from './notify/follow-section.js';
import { WishStore } from './notify/wish.js';
import type { Place } from './place.js';
import { Reading } from './reading.js';
import { SessionStore } from './session-store.js';
import { ThreadView } from './thread-view.js';

interface Loaded {
  site: Site;
  thread: Thread;
}

/** One thread on a page: shows it, and does what the reader asks. */
export class Widget implements Context {
  readonly site: Site;
  readonly inline: InlineFeedback | undefined;
  readonly bell: BellSlot;
  readonly wishes: WishStore;
  readonly following: Following;
  readonly mentions: Mentions;
  private readonly store: SessionStore;
  private readonly reading: Reading;
  private readonly view: ThreadView;

  private constructor(
    private readonly api: ReaderApi,
    private readonly place: Place,
    { site, thread }: Loaded,
    host: HTMLElement,
    readonly announce: (text: string) => void,
  ) {
    this.site = site;
    this.store = new SessionStore(place.site);
    this.wishes = new WishStore(place.site);
    this.following = this.followed();
    this.mentions = {
      source: new MentionSource(api.people, () => this.session?.reader.id),
      load: () => load(place.origin, 'mentions'),
    };
    this.bell = new BellSlot(() => load(place.origin, 'inbox'), this.inboxSource());
    this.reading = new Reading({
      api,
      place,
      site,
      thread,
      isMine: (comment) => this.isMine(comment),
      askMine: () => this.askMine(),
      changed: () => this.sync(),
      busy: (busy) => this.view.setBusy(busy),
      live: (live) => this.view.showLive(live),
    });
    this.view = new ThreadView(this, this.reading.sort, {
      sortBy: (sort) => void this.sortBy(sort),
      loadMore: () => void this.loadMore().catch((error: unknown) => announce(String(error))),
    });
    if (place.article) {
      const page = { widget: host, article: place.article };
      this.inline = new InlineFeedback(this, api, page, () => this.sync());
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
    const widget = new Widget(api, place, { site, thread: found }, host, announce);
    await widget.reading.begin();
    setInterval(() => widget.sync(), 30_000);
    return widget;
  }

  get element(): HTMLElement {
    return this.view.element;
  }

  get thread() {
    return this.reading.thread;
  }

  get passages() {
    return this.reading.passages;
  }

  get session() {
    return this.store.current;
  }

  myVote = (id: string): VoteValue => this.reading.mine.vote(id);

  isMine = (comment: Comment): boolean => comment.author.id === this.session?.reader.id;

  /** Shows the comment that `#comment-<id>` names, with what it answers. */
  async openLink(hash: string): Promise<void> {
    const id = /^#comment-(.+)$/.exec(hash)?.[1];
    if (id) await this.openComment(id);
  }

  async openComment(id: string): Promise<void> {
    try {
      await this.reading.bring(id, this.session?.token);
      this.view.focus(id, 'center');
    } catch {
      this.announce('This comment is not here; it may have been removed.');
    }
  }

  async list(filter: Filter): Promise<void> {
    const isPassage = filter !== undefined && filter !== 'any';
    await this.reading.list(this.reading.sort, filter);
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
    await this.bell.signOut();
    this.forget();
    if (session) await this.api.signOut(session.token).catch(() => undefined);
    await this.reading.again();
  }

  async acknowledge(warningId: string): Promise<void> {
    await this.asReader((token) => this.api.acknowledge(token, warningId));
  }

  async post({ key, stay, ...input }: Post): Promise<Comment> {
    const comment = await patiently(() => this.asReader((token) => this.api.post(token, input, key)));
    const { mine, model, sort } = this.reading;
    mine.keep(comment);
    // What was written while inline comments alone are listed, and is none, leads back to all.
    if (comment.parentId === null && !model.lists(comment)) await this.reading.list(sort, undefined);
    model.insert(comment);
    this.sync();
    if (!stay) this.view.focus(comment.id, 'nearest');
    this.announce(comment.status === 'published' ? 'Posted.' : 'Sent. Only you see it until a moderator has read it.');
    return comment;
  }

  async edit(comment: Comment, body: string): Promise<void> {
    const edited = await this.asReader((token) => this.api.edit(token, comment.id, body));
    this.reading.mine.keep(edited);
    this.reading.model.insert(edited);
    this.sync();
    this.announce(edited.status === 'published' ? 'Saved.' : 'Saved. Only you see it until a moderator has read it.');
  }

  async remove(comment: ListedComment): Promise<void> {
    await this.asReader((token) => this.api.delete(token, comment.id));
    this.reading.mine.drop(comment.id);
    this.reading.model.withdraw(comment.id);
    this.sync();
    this.announce('Deleted.');
  }

  async vote(comment: Comment, value: VoteValue): Promise<void> {
    const { votes } = await this.asReader((token) => this.api.vote(token, comment.id, value));
    this.reading.mine.setVote(comment.id, value);
    const entry = this.reading.model.entry(comment.id);
    if (entry && 'votes' in entry.comment) entry.comment = { ...entry.comment, votes };
    this.sync();
  }

  async report(comment: Comment, report: NewReport): Promise<void> {
    await this.asReader((token) => this.api.report(token, comment.id, report));
  }

  notice = (notice: NewNotice) => this.api.notice(notice);

  myStatements = (cursor?: string) => this.asReader((token) => this.api.myStatements(token, cursor));

  async myReports() {
    return (await this.asReader((token) => this.api.myReports(token))).items;
  }

  async appeal(statementId: string, text: string): Promise<void> {
    await this.asReader((token) => this.api.appeal(token, statementId, text));
  }

  private followed(): Following {
    const signedIn = () => this.session !== undefined;
    return {
      get signedIn() {
        return signedIn();
      },
      email: this.wishes.kept.email,
      mine: async () => (await this.asReader((token) => this.api.mine(token))).subscriptions,
      subscribe: async (subscription) => void (await this.api.subscribe(this.session?.token, subscription)),
      end: async (id) => void (await this.asReader((token) => this.api.endSubscription(token, id))),
      open: (id) => void this.openComment(id),
    };
  }

  private inboxSource(): InboxSource {
    return {
      page: (query) => this.asReader((token) => this.api.inbox(token, query)),
      markRead: async (what) => (await this.asReader((token) => this.api.markRead(token, what))).unread,
      follow: (told) => {
        const token = this.session?.token;
        this.reading.tell(told && token !== undefined ? { token, told } : undefined);
      },
      goTo: ({ thread, comment }) => {
        const here = thread?.key === this.place.thread;
        if (comment && here) void this.openComment(comment.id);
        if (!comment) void this.view.explain();
        return !comment || here;
      },
      push: {
        worker: this.place.pushWorker,
        publicKey: async () => (await this.asReader((token) => this.api.push(token))).publicKey,
        add: async (push) => (await this.asReader((token) => this.api.addPush(token, push))).id,
        end: async (id) => void (await this.asReader((token) => this.api.endPush(token, id))),
      },
    };
  }

  explain = ({ id }: Comment) => void this.view.explain(id);

  async hintsOn(comment: NewComment): Promise<string[]> {
    if (!this.session) return [];
    const { findings } = await this.api.preview(this.session.token, comment);
    return [...new Set(findings.flatMap(({ hint }) => hint ?? []))];
  }

  async sourceOf(comment: Comment): Promise<string> {
    if (comment.body !== undefined) return comment.body;
    const { comment: own } = await this.asReader((token) => this.api.comment(comment.id, token));
    return 'body' in own ? (own.body ?? '') : '';
  }

  async loadReplies(id: string): Promise<void> {
    this.focusFirst(await this.reading.replies(id));
  }

  reveal(parentId: string | null): void {
    const { model, sort } = this.reading;
    const atEnd = parentId !== null || (sort === 'oldest' && model.roots.cursor === null);
    const revealed = model.reveal(parentId, atEnd);
    this.sync();
    this.focusFirst(revealed);
  }

  private async loadMore(): Promise<void> {
    this.focusFirst(await this.reading.more());
  }

  private async sortBy(sort: Sort): Promise<void> {
    await this.reading.list(sort, this.reading.filter);
    this.announce('The order has changed.');
  }

  private async askMine(): Promise<Mine | undefined> {
    if (!this.session) return undefined;
    // Without it the page still stands; the next reading brings it.
    return this.asReader((token) => this.api.mine(token)).catch(() => undefined);
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
    this.reading.mine.clear();
    this.sync();
  }

  private focusFirst([id]: readonly string[]): void {
    if (id !== undefined) this.view.focus(id, 'nearest');
  }

  private sync(): void {
    this.inline?.sync(this.reading.mine.passages);
    this.view.sync(this.reading.model, this.reading.filter);
  }
}
