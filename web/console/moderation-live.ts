import { io, type Socket } from 'socket.io-client';
import type { QueueCount } from '../shared/api-types.js';

export interface QueueFrame {
  site: string;
  queue: string;
  /** `alarm`: its oldest item waits too long; `calm`: it does so no more. */
  type: 'entered' | 'left' | 'claimed' | 'released' | 'changed' | 'alarm' | 'calm';
  /** null: very many have changed, or it is about the queue. */
  itemId: string | null;
  counts: QueueCount[];
}

interface Options {
  site: string;
  queues: readonly string[];
  /** The session's token, while it is in memory; after a reload the cookie speaks. */
  token: string | undefined;
  changed(frame: QueueFrame): void;
  /** (Re)connected: whatever happened meanwhile was not heard, so read again. */
  joined(): void;
  status(live: boolean): void;
}

/** Listens to the queues of one site. @returns how to stop. */
export function followQueues({ site, queues, token, changed, joined, status }: Options): () => void {
  const socket: Socket = io('/moderation', { transports: ['websocket'], auth: { token } });
  socket.on('connect', () => {
    socket.emit('join', { site, queues }, (answer: { ok: boolean }) => {
      status(answer.ok);
      if (answer.ok) joined();
    });
  });
  socket.on('disconnect', () => status(false));
  socket.on('connect_error', () => status(false));
  socket.on('queue', (frame: QueueFrame) => {
    if (frame.site === site) changed(frame);
  });
  return () => socket.close();
}
