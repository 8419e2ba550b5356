import { RawSocket } from './raw-socket.js';

const OPEN = '0'.charCodeAt(0);
const PING = '2'.charCodeAt(0);
const MESSAGE = '4'.charCodeAt(0);
const EVENT_PREFIX = '42/live,';

export interface ThreadName {
  site: string;
  thread: string;
}

/** Called with each frame of events, `42/live,["events",…]`; the bytes are valid until it returns. */
export type OnEvents = (payload: Buffer) => void;

/** Just enough of Engine.IO and Socket.IO to be an open page: connects to `/live`, joins a thread, answers pings. */
export async function joinThread(port: number, { site, thread }: ThreadName, onEvents: OnEvents): Promise<RawSocket> {
  let joined: (error?: Error) => void = () => undefined;
  const answered = new Promise<void>((resolve, reject) => {
    joined = (error) => (error ? reject(error) : resolve());
  });
  const socket = await RawSocket.open(port, '/socket.io/?EIO=4&transport=websocket', (payload, connection) => {
    if (payload[0] === OPEN) return connection.send('40/live,');
    if (payload[0] === PING) return connection.send('3');
    if (payload[0] !== MESSAGE) return;
    const kind = payload.toString('latin1', 0, EVENT_PREFIX.length);
    if (kind === EVENT_PREFIX) onEvents(payload);
    else if (kind === '40/live,') connection.send(`42/live,0["join",${JSON.stringify({ site, thread })}]`);
    else if (kind === '43/live,') {
      const answer = payload.toString();
      joined(answer.includes('"ok":true') ? undefined : new Error(answer));
    }
  });
  await answered;
  return socket;
}

/** Many at once would overflow the server's queue of new connections. */
export async function openMany<T>(count: number, open: () => Promise<T>, atOnce = 100): Promise<T[]> {
  const opened: T[] = [];
  while (opened.length < count) {
    const next = Math.min(atOnce, count - opened.length);
    opened.push(...(await Promise.all(Array.from({ length: next }, open))));
  }
  return opened;
}
