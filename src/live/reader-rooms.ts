import { Injectable, Logger } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { ActorResolver, ReaderNews, requireReader, type ReaderActor } from '../identity/index.js';
import { crossOrigin, OriginPolicy, SiteCache } from '../sites/index.js';

/** A room a reader: the own news go to the own pages alone, as long as the session lasts. */
@Injectable()
export class ReaderRooms {
  private readonly logger = new Logger('live');
  /** By socket: ended sessions are told nothing more. */
  private readonly tokens = new WeakMap<Socket, string>();

  constructor(
    private readonly resolver: ActorResolver,
    private readonly news: ReaderNews,
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
  ) {}

  serve(namespace: Namespace): void {
    this.news.onChange((readerId, source) => {
      const room = namespace.adapter.rooms.get(roomOf(readerId));
      for (const id of room ?? []) {
        const socket = namespace.sockets.get(id);
        if (!socket) continue;
        this.stillReads(socket, readerId)
          .then(async (reads) => void (reads && socket.emit(source.event, await source.present(readerId))))
          .catch((error: unknown) => this.logger.error({ err: error }, 'a reader could not be told'));
      }
    });
  }

  /** Answers what each source says now. One reader a socket: the next one takes the place of the last. @throws unauthenticated */
  async enter(socket: Socket, token: string | undefined): Promise<object> {
    const given = token ?? (socket.handshake.auth as { token?: unknown }).token;
    const reader = await this.reader(typeof given === 'string' ? given : '');
    this.origins.assertPermitted(await this.sites.siteById(reader.siteId), crossOrigin(socket.handshake.headers));
    await this.leave(socket);
    this.tokens.set(socket, given as string);
    await socket.join(roomOf(reader.readerId));
    const present = await Promise.all(
      this.news.sources.map(async (source) => [source.event, await source.present(reader.readerId)] as const),
    );
    return Object.fromEntries(present);
  }

  async leave(socket: Socket): Promise<void> {
    for (const room of socket.rooms) if (room.startsWith(PREFIX)) await socket.leave(room);
  }

  private async stillReads(socket: Socket, readerId: string): Promise<boolean> {
    const reader = await this.reader(this.tokens.get(socket) ?? '').catch(() => undefined);
    if (reader?.readerId === readerId) return true;
    await this.leave(socket);
    return false;
  }

  private async reader(token: string): Promise<ReaderActor> {
    return requireReader(await this.resolver.resolve(token));
  }
}

const PREFIX = 'reader ';

function roomOf(readerId: string): string {
  return `${PREFIX}${readerId}`;
}
