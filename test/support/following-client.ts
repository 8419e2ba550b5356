import type { Socket } from 'socket.io-client';
import { DEMO_SITE } from '../../src/demo.js';
import type { EventsAnswer, ListedComment, LiveEvent } from '../../web/shared/api-types.js';
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
  private socket: Socket | undefined;
  private reading: Promise<void> | undefined;
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

  get seq(): number | null {
    return this.reading ? null : this.state.seq;
  }

  /** Reads the whole thread, as pages and lists of replies; they may differ in age. */
  read(): Promise<void> {
    this.comments.clear();
    const inputs: FollowerInput[] = [];
    this.reading = walk(this.app, this.thread, {}, (seq, first) => inputs.push({ kind: 'page', seq, whole: first }))
      .then(({ shown, total }) => {
        for (const { under: _under, ...comment } of shown) this.comments.set(comment.id, comment as Bare);
        this.total = total;
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

  private apply({ commentId, comment, counts }: LiveEvent): void {
    if (comment) this.comments.set(comment.id, comment);
    else if (commentId !== undefined) this.comments.delete(commentId);
    this.total = counts?.total ?? this.total;
    for (const [id, replyCount] of Object.entries(counts?.replies ?? {})) {
      const known = this.comments.get(id);
      if (known) this.comments.set(id, { ...known, replyCount });
    }
  }
}
