import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { Lifecycle } from '../platform/lifecycle.js';

const MAX_MESSAGE_BYTES = 16_384;

/**
 * Socket.IO over WebSocket only: long polling would need sticky routing. No cluster adapter either, each node reads
 * the events of its own rooms from the database.
 */
export class SocketAdapter extends IoAdapter {
  private server: Server | undefined;

  constructor(app: INestApplicationContext) {
    super(app);
    app.get(Lifecycle).onShutdown('sockets', () => this.closeSockets());
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      path: '/socket.io',
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    } as ServerOptions);
    this.server = server;
    return server;
  }

  /** Clients are told, and come back to another node. */
  private closeSockets(): void {
    this.server?.disconnectSockets(true);
  }
}
