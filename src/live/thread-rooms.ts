import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { RELAY_CHANGED } from '../platform/stream/relay.js';
import { Lifecycle } from '../platform/lifecycle.js';
import { Signals } from '../platform/stream/signals.js';
import { Metrics } from '../platform/observability/metrics.js';
import { FRAME_EVENTS, THREAD_SIGNAL, ThreadEvents, type ThreadEvent, type ThreadSignal } from '../threads/index.js';

/** After the last frame of a change, so that a lost one is noticed within 10 seconds. */
const HEARTBEAT_MS = 5_000;
/** The net under signals that never came. */
const POLL_MS = 5_000;
const RETRY_MS = 500;

export interface Frame {
  site: string;
  thread: string;
  seq: number;
  events: ThreadEvent[];
}

interface Room {
  site: string;
  thread: string;
  /** The last event that was sent to this node's sockets. */
  seq: number;
  pumping: boolean;
  again: boolean;
  heartbeat: NodeJS.Timeout | undefined;
}

/**
 * The threads that somebody on this node watches. New events of each are read in the order of `seq`, hydrated once,
 * and handed to `emit`; a signal says when to look, and the database says what there is.
 */
@Injectable()
export class ThreadRooms implements OnModuleInit {
  private readonly logger = new Logger(ThreadRooms.name);
  private readonly rooms = new Map<string, Room>();
  private readonly entering = new Map<string, Promise<void>>();
  private readonly delivered;
  private timer: NodeJS.Timeout | undefined;
  private emit: (threadId: string, frame: Frame) => void = () => undefined;

  constructor(
    private readonly events: ThreadEvents,
    private readonly signals: Signals,
    private readonly lifecycle: Lifecycle,
    metrics: Metrics,
  ) {
    this.delivered = metrics.counter('postil_events_total', 'Events handed to the sockets of this node', ['type']);
  }

  onModuleInit(): void {
    this.signals.on(THREAD_SIGNAL, (data) => {
      for (const [threadId, seq] of data as ThreadSignal[]) this.look(threadId, seq);
    });
    this.signals.on(RELAY_CHANGED, () => void this.compareAll());
    this.signals.onReconnected(() => void this.compareAll());
    this.timer = setInterval(() => void this.compareAll(), POLL_MS);
    this.lifecycle.onShutdown('sockets', () => this.close());
  }

  onEvents(emit: (threadId: string, frame: Frame) => void): void {
    this.emit = emit;
  }

  /** From when this is done, everything after the `seq` of that moment is emitted. */
  async open(threadId: string, names: { site: string; thread: string }): Promise<void> {
    if (this.rooms.has(threadId)) return;
    let entering = this.entering.get(threadId);
    if (!entering) {
      entering = this.events
        .seqs([threadId])
        .then((seqs) => {
          const seq = seqs.get(threadId) ?? 0;
          this.rooms.set(threadId, { ...names, seq, pumping: false, again: false, heartbeat: undefined });
        })
        .finally(() => this.entering.delete(threadId));
      this.entering.set(threadId, entering);
    }
    await entering;
  }

  /** Nobody on this node watches it any more. */
  drop(threadId: string): void {
    const room = this.rooms.get(threadId);
    clearTimeout(room?.heartbeat);
    this.rooms.delete(threadId);
  }

  get size(): number {
    return this.rooms.size;
  }

  private look(threadId: string, seq: number): void {
    const room = this.rooms.get(threadId);
    if (room && seq > room.seq) void this.pump(threadId, room);
  }

  private async compareAll(): Promise<void> {
    if (this.rooms.size === 0) return;
    try {
      const seqs = await this.events.seqs([...this.rooms.keys()]);
      for (const [threadId, seq] of seqs) this.look(threadId, seq);
    } catch (error) {
      this.logger.warn(`could not compare: ${(error as Error).message}`);
    }
  }

  /** One at a time for each room, so frames leave in order. */
  private async pump(threadId: string, room: Room): Promise<void> {
    room.again = true;
    if (room.pumping) return;
    room.pumping = true;
    try {
      while (room.again && this.rooms.get(threadId) === room) {
        room.again = false;
        const events = await this.events.next(threadId, room.seq);
        const last = events.at(-1);
        if (!last) continue;
        room.seq = last.seq;
        // What comes meanwhile says so by a signal.
        room.again ||= events.length === FRAME_EVENTS;
        for (const event of events) this.delivered.inc({ type: event.type });
        this.emit(threadId, { site: room.site, thread: room.thread, seq: last.seq, events });
        this.beatLater(threadId, room);
      }
    } catch (error) {
      this.logger.warn(`could not read events: ${(error as Error).message}`);
      setTimeout(() => void this.pump(threadId, room), RETRY_MS).unref();
    } finally {
      room.pumping = false;
    }
  }

  private beatLater(threadId: string, room: Room): void {
    clearTimeout(room.heartbeat);
    room.heartbeat = setTimeout(() => {
      this.emit(threadId, { site: room.site, thread: room.thread, seq: room.seq, events: [] });
    }, HEARTBEAT_MS);
  }

  private close(): void {
    clearInterval(this.timer);
    for (const threadId of [...this.rooms.keys()]) this.drop(threadId);
  }
}
