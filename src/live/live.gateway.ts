import { Logger } from '@nestjs/common';
import { WebSocketGateway, WebSocketServer, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { DomainError } from '../platform/errors.js';
import { Metrics } from '../platform/observability/metrics.js';
import { crossOrigin, OriginPolicy } from '../sites/index.js';
import { ThreadDirectory, ThreadEvents } from '../threads/index.js';
import { answerEach } from './acknowledge.js';
import { Audiences } from './audiences.js';
import { checked, JoinThread, LeaveThread, SignIn } from './live-payloads.js';
import { ReaderRooms } from './reader-rooms.js';
import { ThreadRooms } from './thread-rooms.js';

const MAX_THREADS_A_SOCKET = 50;
/** A client that takes nothing off its connection is let go; it comes back and asks for what it missed. */
const MAX_WAITING_PACKETS = 1_000;

/**
 * Open pages: they join threads and learn what happens in them. That needs no sign-in, and is public. Who signs in is told
 * the own news too.
 */
@WebSocketGateway({ namespace: '/live' })
export class LiveGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly logger = new Logger(LiveGateway.name);

  @WebSocketServer()
  private readonly namespace: Namespace;

  constructor(
    private readonly rooms: ThreadRooms,
    private readonly directory: ThreadDirectory,
    private readonly events: ThreadEvents,
    private readonly origins: OriginPolicy,
    private readonly readers: ReaderRooms,
    metrics: Metrics,
  ) {
    metrics.gauge('postil_sockets', 'Open pages on this node', (gauge) => gauge.set(this.namespace?.sockets.size ?? 0));
    metrics.gauge('postil_rooms', 'Threads watched on this node', (gauge) => gauge.set(this.rooms.size));
  }

  afterInit(namespace: Namespace): void {
    this.readers.serve(namespace);
    const audiences = new Audiences(namespace);
    this.rooms.onEvents((threadId, frame) => {
      audiences.emit(threadId, 'events', frame);
      if (frame.events.length > 0) return;
      // The heartbeat looks for them.
      for (const id of audiences.stalled(threadId, MAX_WAITING_PACKETS)) namespace.sockets.get(id)?.disconnect(true);
    });
    namespace.adapter.on('delete-room', (room: string) => this.rooms.drop(room));
  }

  handleConnection(socket: Socket): void {
    const handlers = {
      join: (payload: unknown) => this.join(socket, checked(JoinThread, payload)),
      leave: (payload: unknown) => this.leave(socket, checked(LeaveThread, payload)),
      'sign-in': (payload: unknown) => this.readers.enter(socket, checked(SignIn, payload).token),
      'sign-out': () => this.signOut(socket),
    };
    answerEach(socket, handlers, (error) => this.logger.error({ err: error }, 'a live message failed'));
  }

  /** Enters the room first and reads then: what happens in between comes as a frame, maybe before the answer. */
  private async join(socket: Socket, { site: siteKey, thread: threadKey, after }: JoinThread): Promise<object> {
    if (socket.rooms.size > MAX_THREADS_A_SOCKET) {
      throw new DomainError(
        'too-many',
        'too-many-threads',
        `A connection watches at most ${MAX_THREADS_A_SOCKET} threads.`,
      );
    }
    const { site, threadId } = await this.directory.find({ siteKey, threadKey });
    this.origins.assertPermitted(site, crossOrigin(socket.handshake.headers));
    await this.enter(socket, threadId, { site: siteKey, thread: threadKey });
    if (after === undefined) return { seq: (await this.events.seqs([threadId])).get(threadId) ?? 0, events: [] };
    const caughtUp = await this.events.catchUp(threadId, after);
    return caughtUp.resync ? caughtUp : { seq: caughtUp.seq, events: caughtUp.items };
  }

  private async enter(socket: Socket, threadId: string, names: { site: string; thread: string }): Promise<void> {
    await this.rooms.open(threadId, names);
    await socket.join(threadId);
    // The last one may have left while this one came in.
    await this.rooms.open(threadId, names);
  }

  private async signOut(socket: Socket): Promise<object> {
    await this.readers.leave(socket);
    return {};
  }

  private async leave(socket: Socket, { site: siteKey, thread: threadKey }: LeaveThread): Promise<object> {
    const { threadId } = await this.directory.find({ siteKey, threadKey });
    await socket.leave(threadId);
    return {};
  }
}
