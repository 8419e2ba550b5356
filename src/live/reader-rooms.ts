import { Injectable, Logger } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { DomainError } from '../platform/errors.js';
import {
  ActorResolver,
  ReaderNews,
  requireReader,
  type ReaderActor,
  type ReaderNewsSource,
} from '../identity/index.js';
import { crossOrigin, OriginPolicy, SiteCache } from '../sites/index.js';

/** A room a reader: the own news go to the own pages alone, as long as the session lasts. */
@Injectable()
export class ReaderRooms {
  private readonly logger = new Logger('live');
  /** By socket: ended sessions are told nothing more. */
  private readonly tokens = new WeakMap<Socket, string>();
  /** By reader and source, those who are being told; true: something happened meanwhile. */
  private readonly telling = new Map<string, boolean>();

  constructor(
    private readonly resolver: ActorResolver,
    private readonly news: ReaderNews,
    private readonly sites: SiteCache,
    private readonly origins: OriginPolicy,
  ) {}

  serve(namespace: Namespace): void {
    this.news.onChange((readerId, source) => {
      if (!namespace.adapter.rooms.has(roomOf(readerId))) return;
      this.tell(namespace, readerId, source).catch((error: unknown) =>
        this.logger.error({ err: error }, 'a reader could not be told'),
      );
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

  /** One after the other, so that nothing older follows what is newer. What happens meanwhile is told by one more. */
  private async tell(namespace: Namespace, readerId: string, source: ReaderNewsSource): Promise<void> {
    const key = `${readerId} ${source.event}`;
    const already = this.telling.has(key);
    this.telling.set(key, already);
    if (already) return;
    try {
      do {
        this.telling.set(key, false);
        await this.tellNow(namespace, readerId, source);
      } while (this.telling.get(key));
    } finally {
      this.telling.delete(key);
    }
  }

  private async tellNow(namespace: Namespace, readerId: string, source: ReaderNewsSource): Promise<void> {
    const ids = [...(namespace.adapter.rooms.get(roomOf(readerId)) ?? [])];
    const sockets = ids.flatMap((id) => namespace.sockets.get(id) ?? []);
    const present = await source.present(readerId);
    for (const socket of sockets) if (await this.stillReads(socket, readerId)) socket.emit(source.event, present);
  }

  private async stillReads(socket: Socket, readerId: string): Promise<boolean> {
    const reader = await this.reader(this.tokens.get(socket) ?? '').catch((error: unknown) => {
      // Only the session's end ends it, not a database that is away for a moment.
      if (error instanceof DomainError) return undefined;
      throw error;
    });
    if (reader?.readerId === readerId) return true;
    await socket.leave(roomOf(readerId));
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
