import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { HttpConnection } from './http-connection.js';
import { joinThread, type ThreadName } from './live-socket.js';
import { RawSocket } from './raw-socket.js';
import { requestBytes } from './requests.js';
import { commentText } from './texts.js';

const PAUSE_MS = 15;
const INSERT = {
  name: 'bare.commit',
  text: 'INSERT INTO bare_rows (id, body) VALUES (gen_random_uuid(), $1)',
};

let posted = 0;

export interface LiveDelays {
  port: number;
  path: string;
  token: string;
  name: ThreadName;
  count: number;
}

/** From sending a POST to the frame that brings its comment in another connection, one after the other; milliseconds. */
export async function postToLive({ port, path, token, name, count }: LiveDelays): Promise<number[]> {
  let awaited: { mark: string; arrived: () => void } | undefined;
  const watcher = await joinThread(port, name, (payload) => {
    if (awaited && payload.includes(awaited.mark)) awaited.arrived();
  });
  const connection = await HttpConnection.open(port);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const mark = `watched-${process.pid}-${++posted}:`;
    const request = requestBytes({ method: 'POST', path, token, body: { body: commentText(mark.slice(0, -1)) } });
    const arrived = new Promise<void>((resolve) => (awaited = { mark, arrived: resolve }));
    const begun = performance.now();
    const [answer] = await Promise.all([connection.send(request), arrived]);
    times.push(performance.now() - begun);
    if (answer.status !== 201) throw new Error(`posting answered ${answer.status}`);
    await delay(PAUSE_MS);
  }
  connection.close();
  watcher.close();
  return times;
}

/** A commit of one row and then the echo of a message of the same length, one after the other; milliseconds. */
export async function commitAndEcho(input: { port: number; databaseUrl: string; count: number }): Promise<number[]> {
  const client = new pg.Client(input.databaseUrl);
  await client.connect();
  let arrived: () => void = () => undefined;
  const socket = await RawSocket.open(input.port, '/', () => arrived());
  const text = commentText('echo');
  const times: number[] = [];
  for (let i = 0; i < input.count; i++) {
    const begun = performance.now();
    await client.query({ ...INSERT, values: [text] });
    await new Promise<void>((resolve) => {
      arrived = resolve;
      socket.send(text);
    });
    times.push(performance.now() - begun);
    await delay(PAUSE_MS);
  }
  socket.close();
  await client.end();
  return times;
}

let background: { stop: () => Promise<number> } | undefined;

/** Posts at a steady rate, whether or not the answers keep up, until `endBackground`. */
export async function startBackground(input: {
  port: number;
  path: string;
  tokens: string[];
  perSecond: number;
}): Promise<void> {
  const free = await Promise.all(input.tokens.map(() => HttpConnection.open(input.port)));
  const all = [...free];
  let sent = 0;
  const running = new Set<Promise<void>>();
  const begun = performance.now();
  const timer = setInterval(() => {
    for (const due = ((performance.now() - begun) / 1_000) * input.perSecond; sent < due; sent++) {
      const connection = free.pop();
      if (!connection) return;
      const token = input.tokens[all.indexOf(connection)];
      const body = { body: commentText(`background-${process.pid}-${++posted}`) };
      const answered = connection.send(requestBytes({ method: 'POST', path: input.path, token, body })).then(() => {
        free.push(connection);
        running.delete(answered);
      });
      running.add(answered);
    }
  }, 4);
  background = {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(running);
      const rate = (sent / (performance.now() - begun)) * 1_000;
      all.forEach((connection) => connection.close());
      return rate;
    },
  };
}

/** Returns the comments a second that were really sent. */
export async function endBackground(): Promise<number> {
  const rate = (await background?.stop()) ?? 0;
  background = undefined;
  return rate;
}
