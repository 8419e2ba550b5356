import { Logger } from '@nestjs/common';
import { WebSocketGateway, WebSocketServer, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { Lifecycle } from '../platform/lifecycle.js';
import { toProblem } from '../platform/http/problem.filter.js';
import { Signals } from '../platform/stream/signals.js';
import { ActorResolver, authorise, can, requireStaff, type StaffActor } from '../identity/index.js';
import { BUILT_QUEUES, QUEUE_SIGNAL, QueueItems, type BuiltQueue, type QueueSignal } from '../moderation/index.js';
import { SiteCache } from '../sites/index.js';
import { answerEach } from './acknowledge.js';
import { checked, JoinQueues } from './live-payloads.js';
import { queueFrames } from './queue-frames.js';

/** Counts are read at most this often a site, however much happens. */
const COALESCE_MS = 50;
/** A session that ran out is noticed after this time; one that was ended, or a role that was taken, at once. */
const RECHECK_MS = 10_000;

interface StaffSocket extends Socket {
  data: { staff?: StaffActor; token?: string };
}

/** Moderators' consoles: what enters and leaves their queues, and who holds what. */
@WebSocketGateway({ namespace: '/moderation' })
export class ModerationGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly logger = new Logger(ModerationGateway.name);
  private readonly waiting = new Map<string, QueueSignal[]>();
  private timer: NodeJS.Timeout | undefined;
  private rechecking: Promise<void> = Promise.resolve();
  private recheckWaits = false;

  @WebSocketServer()
  private readonly namespace: Namespace;

  constructor(
    private readonly resolver: ActorResolver,
    private readonly sites: SiteCache,
    private readonly items: QueueItems,
    private readonly signals: Signals,
    private readonly lifecycle: Lifecycle,
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use((socket, next) => {
      this.signIn(socket as StaffSocket).then(
        () => next(),
        (error: unknown) => next(Object.assign(new Error('not signed in'), { data: toProblem(error) })),
      );
    });
    this.signals.on(QUEUE_SIGNAL, (data) => this.collect(data as QueueSignal[]));
    this.resolver.onStaffChanged(() => this.recheckSoon());
    const recheck = setInterval(() => this.recheckSoon(), RECHECK_MS);
    this.lifecycle.onShutdown('sockets', () => {
      clearInterval(recheck);
      clearTimeout(this.timer);
    });
  }

  handleConnection(socket: StaffSocket): void {
    const handlers = { join: (payload: unknown) => this.join(socket, checked(JoinQueues, payload)) };
    answerEach(socket, handlers, (error) => this.logger.error({ err: error }, 'a live message failed'));
  }

  /** By the token in `auth`, or by the console's cookie where the page is one of this server's. */
  private async signIn(socket: StaffSocket): Promise<void> {
    const token: unknown = socket.handshake.auth.token;
    const actor =
      typeof token === 'string'
        ? await this.resolver.resolve(token)
        : await this.resolver.ofRequest('POST', socket.handshake.headers);
    socket.data.staff = requireStaff(actor);
    if (typeof token === 'string') socket.data.token = token;
  }

  private async join(socket: StaffSocket, { site: siteKey, queues }: JoinQueues): Promise<object> {
    const staff = socket.data.staff;
    const site = await this.sites.siteByKey(siteKey);
    authorise(staff ?? { kind: 'anonymous' }, 'queue.read', site.id, 'site');
    await socket.join(queues.map((queue) => room(site.id, queue)));
    return { counts: await this.items.countsOf(site.id) };
  }

  private collect(signals: readonly QueueSignal[]): void {
    for (const signal of signals) {
      const [siteId, queue] = signal;
      if (!this.namespace.adapter.rooms.has(room(siteId, queue))) continue;
      const group = this.waiting.get(siteId);
      if (group) group.push(signal);
      else this.waiting.set(siteId, [signal]);
    }
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => void this.flush(), COALESCE_MS);
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    const groups = [...this.waiting];
    this.waiting.clear();
    for (const [siteId, signals] of groups) {
      try {
        const [site, counts] = await Promise.all([this.sites.siteById(siteId), this.items.countsOf(siteId)]);
        for (const { queue, ...change } of queueFrames(signals)) {
          this.namespace.to(room(siteId, queue)).emit('queue', { site: site.key, queue, ...change, counts });
        }
      } catch (error) {
        this.logger.warn(`consoles were not told: ${(error as Error).message}`);
      }
    }
  }

  /** One at a time, and once more where something changed meanwhile. */
  private recheckSoon(): void {
    if (this.recheckWaits) return;
    this.recheckWaits = true;
    this.rechecking = this.rechecking.then(() => {
      this.recheckWaits = false;
      return this.recheck();
    });
  }

  /** Whoever may not see a queue any more leaves it. */
  private async recheck(): Promise<void> {
    for (const socket of this.namespace.sockets.values() as IterableIterator<StaffSocket>) {
      try {
        await this.signIn(socket);
        await this.leaveWhatIsNotMine(socket);
      } catch (error) {
        if (toProblem(error).status < 500) socket.disconnect(true);
      }
    }
  }

  private async leaveWhatIsNotMine(socket: StaffSocket): Promise<void> {
    const staff = socket.data.staff;
    for (const name of socket.rooms) {
      const [siteId] = name.split(' ');
      const isQueue = BUILT_QUEUES.some((queue) => siteId !== undefined && name === room(siteId, queue));
      if (isQueue && siteId !== undefined && !(staff && can(staff, 'queue.read', siteId))) await socket.leave(name);
    }
  }
}

function room(siteId: string, queue: BuiltQueue): string {
  return `${siteId} ${queue}`;
}
