import { io, type Socket } from 'socket.io-client';
import type { EventsAnswer, LiveEvent, Problem } from './api-types.js';
import { follow, startFollowing, type FollowerInput, type FollowerState } from './thread-follower.js';

interface InboxFrame {
  unread: number;
}

type SignInAnswer = { ok: true; inbox: InboxFrame } | { ok: false; problem: Problem };

type JoinAnswer =
  | { ok: true; seq: number; events: LiveEvent[] }
  | { ok: true; seq: number; resync: true }
  | { ok: false; problem: Problem };

interface Frame {
  site: string;
  thread: string;
  seq: number;
  events: LiveEvent[];
}

interface Options {
  origin: string;
  site: string;
  thread: string;
  /** GET …/events?after=SEQ */
  missed(after: number): Promise<EventsAnswer>;
  apply(events: readonly LiveEvent[]): void;
  /** Read the page again, then call `pageRead`. */
  reread(): void;
  status(live: boolean): void;
}

/** Follows one thread over the socket: hands on each event once, in order. The rule itself is thread-follower.ts. */
export class LiveThread {
  private state: FollowerState = startFollowing();
  private socket: Socket | undefined;
  private failures = 0;
  /** Whose news come along, beside those of the thread. */
  private reader: { token: string; told(unread: number): void } | undefined;

  constructor(private readonly options: Options) {}

  /** The `seq` up to which the page is. */
  get seq(): number {
    return this.state.seq ?? 0;
  }

  /** A list came from the server; the first one opens the socket. */
  pageRead(seq: number, whole: boolean): void {
    this.dispatch({ kind: 'page', seq, whole });
    this.socket ??= this.connect();
  }

  /** Tells how many notifications of a reader are unread, now and whenever that changes; undefined ends it. */
  tell(reader: LiveThread['reader']): void {
    this.reader = reader;
    if (!this.socket?.connected) return;
    if (reader) this.signIn(this.socket);
    else this.socket.emit('sign-out', {});
  }

  private signIn(socket: Socket): void {
    const { reader } = this;
    if (!reader) return;
    socket.emit('sign-in', { token: reader.token }, (answer: SignInAnswer) => {
      if (answer.ok && this.reader === reader) reader.told(answer.inbox.unread);
    });
  }

  private connect(): Socket {
    const { origin, site, thread, status } = this.options;
    const socket = io(`${origin}/live`, { transports: ['websocket'] });
    const join = () => {
      const after = this.state.seq ?? undefined;
      socket.timeout(10_000).emit('join', { site, thread, after }, (error: Error | null, answer: JoinAnswer) => {
        // Leaving makes the manager connect, and so join, again after its pause.
        if (error) socket.disconnect().connect();
        else this.joined(answer);
      });
    };
    socket.on('connect', () => {
      join();
      this.signIn(socket);
    });
    socket.on('inbox', ({ unread }: InboxFrame) => this.reader?.told(unread));
    socket.on('disconnect', () => status(false));
    socket.on('events', (frame: Frame) => {
      if (frame.thread === thread && frame.site === site) this.dispatch({ kind: 'frame', ...frame });
    });
    return socket;
  }

  private joined(answer: JoinAnswer): void {
    this.options.status(answer.ok);
    if (!answer.ok) return;
    if ('resync' in answer) this.dispatch({ kind: 'resync', seq: answer.seq, answered: false });
    else this.dispatch({ kind: 'frame', seq: answer.seq, events: answer.events });
  }

  private dispatch(input: FollowerInput): void {
    const step = follow(this.state, input);
    this.state = step.state;
    if (step.apply.length > 0) this.options.apply(step.apply);
    if (step.ask !== undefined) void this.ask(step.ask);
    if (step.pause) this.retryLater();
    if (step.reread) this.options.reread();
  }

  private async ask(after: number): Promise<void> {
    try {
      const answer = await this.options.missed(after);
      this.failures = 0;
      if (answer.resync) this.dispatch({ kind: 'resync', seq: answer.seq, answered: true });
      else this.dispatch({ kind: 'answer', seq: answer.seq, events: answer.items });
    } catch {
      this.retryLater();
    }
  }

  /** Half a second, then doubling up to half a minute: a server that is down is not hammered. */
  private retryLater(): void {
    this.failures += 1;
    setTimeout(() => this.dispatch({ kind: 'retry' }), Math.min(30_000, 250 * 2 ** this.failures));
  }
}
