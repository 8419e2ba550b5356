import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { answerCalls } from '../support/calls.js';

let received = 0;
let bytes = 0;
let lastAt = 0;

/** A mail server that accepts everything, and counts it: nothing of it is parsed. */
const server = createServer((socket) => {
  let data = false;
  let rest = '';
  socket.setNoDelay(true);
  socket.setEncoding('latin1');
  socket.on('error', () => undefined);
  socket.write('220 sink\r\n');
  socket.on('data', (chunk: string) => {
    rest += chunk;
    for (;;) {
      const ending = data ? '\r\n.\r\n' : '\r\n';
      const end = rest.indexOf(ending);
      if (end < 0) return;
      const part = rest.slice(0, end);
      rest = rest.slice(end + ending.length);
      data = data ? take(socket, part) : say(socket, part);
    }
  });
});

/** Answers whether a message follows. */
function say(socket: Socket, command: string): boolean {
  const verb = command.slice(0, 4).toUpperCase();
  if (verb === 'DATA') return socket.write('354 go on\r\n') || true;
  if (verb === 'QUIT') socket.end('221 bye\r\n');
  else socket.write('250 ok\r\n');
  return false;
}

function take(socket: Socket, message: string): boolean {
  received += 1;
  bytes += message.length;
  lastAt = Date.now();
  socket.write('250 taken\r\n');
  return false;
}

answerCalls({
  listen: () =>
    new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    }),
  received: () => ({ received, bytes, lastAt }),
});
