import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerCalls } from '../support/calls.js';
import { listen } from './listen.js';

/** `ws` alone: echoes what it gets, and sends what it is told to everybody. */
const server = createServer();
const sockets = new Set<WebSocket>();
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});

answerCalls({
  listen: () => listen(server),
  /** Answers when it began, in milliseconds since the epoch. */
  broadcast: ({ payload }: { payload: string }) => {
    const begun = performance.timeOrigin + performance.now();
    for (const socket of sockets) socket.send(payload);
    return begun;
  },
});
