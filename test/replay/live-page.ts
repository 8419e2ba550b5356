import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { isPlaceholder, type EventsAnswer, type LiveEvent } from '../../web/shared/api-types.js';
import { follow, startFollowing, type FollowerInput, type FollowerState } from '../../web/shared/thread-follower.js';
import type { ReplayApi } from './replay-api.js';
import { readWhole, ThreadCopy } from './thread-copy.js';

type JoinAnswer =
  | { ok: true; seq: number; events: LiveEvent[] }
  | { ok: true; seq: number; resync: true }
  | { ok: false; problem: { code: string } };

export interface PageAddress {
  site: string;
  thread: string;
  maxDepth: number;
}

const JOIN_MS = 10_000;
const RETRY_MS = 200;

/** An open page: follows the thread by the client rule, and looks closely at what the socket brings. */
export class LivePage {
  copy: ThreadCopy;
  /** When each comment first came by the socket, in milliseconds. */
  readonly arrivals = new Map<string, number>();
  /** Was on the page at some time, whichever way it came. */
  readonly shown = new Set<string>();
  /** Events that one connection brought twice, and those that came after a later one. */
  doubled = 0;
  outOfOrder = 0;
  asked = 0;
  rereads = 0;
  joins = 0;
  private state: FollowerState = startFollowing();
  private socket: Socket | undefined;
  private seen = new Set<number>();
  private highest = 0;
  private closed = false;

  constructor(
    private readonly api: ReplayApi,
    private readonly address: PageAddress,
  ) {
    this.copy = new ThreadCopy(address.maxDepth);
  }

  get seq(): number {
    return this.state.seq ?? 0;
  }

  /** Reads the thread, connects, and joins. */
  async open(): Promise<void> {
    await this.read();
    const socket = io(`${this.api.url}/live`, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: RETRY_MS,
      reconnectionDelayMax: 1_000,
    });
    this.socket = socket;
    socket.on('events', (frame: { seq: number; events: LiveEvent[] }) => this.frame(frame));
    await new Promise<void>((joined) => socket.on('connect', () => this.join(socket, joined)));
  }

  /** The connection is gone until `back`. */
  away(): void {
    this.socket?.disconnect();
  }

  back(): void {
    this.socket?.connect();
  }

  close(): void {
    this.closed = true;
    this.socket?.disconnect();
  }

  private join(socket: Socket, joined: () => void): void {
    this.joins++;
    this.seen = new Set();
    this.highest = 0;
    const { site, thread } = this.address;
    const payload = { site, thread, after: this.state.seq ?? undefined };
    socket.timeout(JOIN_MS).emit('join', payload, (error: Error | null, answer: JoinAnswer) => {
      if (this.closed || !socket.connected) return;
      // No answer, or the server is not itself yet (its database is away): in a moment once more.
      if (error || !answer.ok) return void delay(RETRY_MS).then(() => socket.connected && this.join(socket, joined));
      if ('resync' in answer) this.dispatch({ kind: 'resync', seq: answer.seq, answered: false });
      else this.dispatch({ kind: 'frame', seq: answer.seq, events: answer.events });
      joined();
    });
  }

  private frame({ seq, events }: { seq: number; events: LiveEvent[] }): void {
    const now = performance.now();
    for (const event of events) {
      if (this.seen.has(event.seq)) this.doubled++;
      else if (event.seq < this.highest) this.outOfOrder++;
      this.seen.add(event.seq);
      this.highest = Math.max(this.highest, event.seq);
      const id = publishedBy(event);
      if (id !== undefined && !this.arrivals.has(id)) this.arrivals.set(id, now);
    }
    this.dispatch({ kind: 'frame', seq, events });
  }

  private dispatch(input: FollowerInput): void {
    if (this.closed) return;
    const step = follow(this.state, input);
    this.state = step.state;
    for (const event of step.apply) {
      this.copy.apply(event);
      const id = publishedBy(event);
      if (id !== undefined) this.shown.add(id);
    }
    if (step.ask !== undefined) void this.ask(step.ask);
    if (step.pause) void delay(RETRY_MS).then(() => this.dispatch({ kind: 'retry' }));
    if (step.reread) void this.reread();
  }

  private async ask(after: number): Promise<void> {
    this.asked++;
    const { site, thread } = this.address;
    const path = `/sites/${encodeURIComponent(site)}/threads/${encodeURIComponent(thread)}/events?after=${after}`;
    try {
      const answer = await this.api.call<EventsAnswer>('GET', path);
      if (answer.resync) this.dispatch({ kind: 'resync', seq: answer.seq, answered: true });
      else this.dispatch({ kind: 'answer', seq: answer.seq, events: answer.items });
    } catch {
      await delay(RETRY_MS);
      this.dispatch({ kind: 'retry' });
    }
  }

  private async reread(): Promise<void> {
    this.rereads++;
    try {
      await this.read();
    } catch {
      await delay(RETRY_MS);
      if (!this.closed) await this.reread();
    }
  }

  private async read(): Promise<void> {
    const { copy, seq } = await readWhole(this.api, this.address);
    this.copy = copy;
    for (const { comment } of copy.held.values()) if (!isPlaceholder(comment)) this.shown.add(comment.id);
    this.dispatch({ kind: 'page', seq, whole: true });
  }
}

function publishedBy({ type, comment }: LiveEvent): string | undefined {
  return type === 'comment.published' && comment && !isPlaceholder(comment) ? comment.id : undefined;
}
