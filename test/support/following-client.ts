import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import { DEMO_SITE } from '../../src/demo.js';
import type { Comment, EventsAnswer, ListedComment, LiveEvent, Passage, Thread } from '../../web/shared/api-types.js';
import { follow, startFollowing, type FollowerInput, type FollowerState } from '../../web/shared/thread-follower.js';
import { threadPath, type App } from './app.js';
import { walk, type Shown } from './walk.js';

/** A node, of this process or another. */
type Node = Pick<App, 'call' | 'list' | 'socket'>;
type Bare = Omit<ListedComment, 'replies'>;
type JoinAnswer = { ok: boolean; seq: number; resync?: true; events?: LiveEvent[] };

/** An open page that keeps to the client rule of the live protocol, with a map of comments for a page. */
export class FollowingClient {
  private state: FollowerState = startFollowing();
  private readonly comments = new Map<string, Bare>();
  readonly passages = new Map<string, Passage>();
  private socket: Socket | undefined;
  private reading: Promise<void> | undefined;
  private readingPassages = 0;
  private stopped = false;
  total = 0;
  resyncs = 0;
  /** What went against the protocol. */
  readonly faults: string[] = [];

  constructor(
    private app: Node,
    readonly thread: string,
    private readonly maxDepth: number,
  ) {}

  /** Up to where the page is; null while it reads anything anew. */
  get seq(): number | null {
    return this.reading || this.readingPassages > 0 ? null : this.state.seq;
  }

  /** Reads the whole thread, as pages, lists of replies and its passages; they may differ in age. */
  read(): Promise<void> {
    this.comments.clear();
    const inputs: FollowerInput[] = [];
    this.reading = walk(this.app, this.thread, {}, (seq, first) => inputs.push({ kind: 'page', seq, whole: first }))
      .then(async ({ shown, total }) => {
        const thread = await this.readThread();
        inputs.push({ kind: 'page', seq: thread.seq, whole: false });
        for (const { under: _under, ...comment } of shown) this.comments.set(comment.id, comment as Bare);
        this.total = total;
        this.takePassages(thread);
        this.reading = undefined;
        inputs.forEach((input) => this.dispatch(input));
      })
      .catch((error: unknown) => void this.faults.push(`read: ${String(error)}`));
    return this.reading;
  }

  connect(app: Node = this.app): void {
    this.app = app;
    if (this.socket) return;
    const socket = app.socket('/live');
    this.socket = socket;
    socket.on('events', (frame: { seq: number; events: LiveEvent[] }) => this.dispatch({ kind: 'frame', ...frame }));
    socket.on('connect', () => {
      const after = this.state.seq ?? undefined;
      socket.emit('join', { site: DEMO_SITE, thread: this.thread, after }, (answer: JoinAnswer) => {
        if (!answer.ok) this.faults.push(`join: ${JSON.stringify(answer)}`);
        else if (answer.resync) this.dispatch({ kind: 'resync', seq: answer.seq, answered: false });
        else this.dispatch({ kind: 'frame', seq: answer.seq, events: answer.events ?? [] });
      });
    });
  }

  /** Away until it connects again, to whichever node. */
  disconnect(): void {
    this.socket?.disconnect();
    this.socket = undefined;
  }

  stop(): void {
    this.stopped = true;
    this.disconnect();
  }

  /** By id, each under the comment that the rule of nesting puts it. */
  shown(): Map<string, Shown> {
    return new Map(
      [...this.comments].map(([id, comment]) => [id, { ...comment, under: this.under(comment) } as Shown]),
    );
  }

  private under({ parentId }: Bare): string | null {
    const parent = parentId === null ? undefined : this.comments.get(parentId);
    if (!parent) return parentId;
    return parent.depth < this.maxDepth ? parent.id : this.under(parent);
  }

  private dispatch(input: FollowerInput): void {
    if (this.stopped) return;
    const before = this.state.seq;
    const step = follow(this.state, input);
    this.state = step.state;
    step.apply.forEach((event, index) => {
      if (before === null || event.seq !== before + index + 1) this.faults.push(`${event.seq} after ${String(before)}`);
      this.apply(event);
    });
    if (step.ask !== undefined) void this.ask(step.ask);
    if (step.pause) setTimeout(() => this.dispatch({ kind: 'retry' }), 50);
    if (step.reread) {
      this.resyncs += 1;
      void this.read();
    }
  }

  private async ask(after: number): Promise<void> {
    const { status, body } = await this.app.call<EventsAnswer>(`${threadPath(this.thread)}/events`, {
      query: { after },
    });
    if (status !== 200) this.faults.push(`events?after=${after}: ${status}`);
    else if (body.resync) this.dispatch({ kind: 'resync', seq: body.seq, answered: true });
    else this.dispatch({ kind: 'answer', seq: body.seq, events: body.items });
  }

  private async readThread(): Promise<Thread> {
    const { status, body } = await this.app.call<Thread>(threadPath(this.thread));
    if (status !== 200) throw new Error(`thread: ${status}`);
    return body;
  }

  /** A new text moves every passage, so after one all are read again: at the event, or later. */
  private async readPassages(since: number): Promise<void> {
    for (;;) {
      const thread = await this.readThread();
      // The page is being read as a whole, passages too.
      if (this.stopped || this.reading) return;
      if (thread.seq >= since) {
        this.takePassages(thread);
        return this.dispatch({ kind: 'page', seq: thread.seq, whole: false });
      }
      await delay(50);
    }
  }

  private takePassages({ passages }: Pick<Thread, 'passages'>): void {
    this.passages.clear();
    for (const passage of passages) this.takePassage(passage);
  }

  /** Its comments quote what it says now. */
  private takePassage(passage: Passage): void {
    this.passages.set(passage.id, passage);
    for (const [id, comment] of this.comments) {
      if ((comment as Partial<Comment>).passageId !== passage.id) continue;
      this.comments.set(id, { ...comment, quote: passage.quote } as Bare);
    }
  }

  private apply({ seq, type, commentId, comment, passageId, passage, counts }: LiveEvent): void {
    if (type === 'thread.changed') {
      this.readingPassages += 1;
      this.readPassages(seq)
        .catch((error: unknown) => void this.faults.push(`passages: ${String(error)}`))
        .finally(() => (this.readingPassages -= 1));
    }
    if (passage) this.takePassage(passage);
    else if (passageId !== undefined) this.passages.delete(passageId);
    if (comment) this.comments.set(comment.id, comment);
    else if (commentId !== undefined) this.comments.delete(commentId);
    this.total = counts?.total ?? this.total;
    for (const [id, replyCount] of Object.entries(counts?.replies ?? {})) {
      const known = this.comments.get(id);
      if (known) this.comments.set(id, { ...known, replyCount });
    }
    for (const [id, commentCount] of Object.entries(counts?.passages ?? {})) {
      const known = this.passages.get(id);
      if (known) this.passages.set(id, { ...known, commentCount });
    }
  }
}
