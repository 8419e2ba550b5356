import { HttpConnection } from './http-connection.js';
import { joinThread, openMany, type ThreadName } from './live-socket.js';
import { RawSocket } from './raw-socket.js';
import { requestBytes, type RequestInput } from './requests.js';

/** A frame that brings no event is shorter: the heartbeat. */
const EVENT_BYTES = 300;
const LOST_AFTER_MS = 10_000;

export interface FanOut {
  /** From when the event was written, or the broadcast begun, until the last socket had it; milliseconds. */
  fromEvent: number;
  /** From the first socket that had it to the last. */
  firstToLast: number;
  /** From sending the POST that made the event; of Postil only. */
  fromPost: number;
  payload: string;
}

interface Round {
  missing: number;
  first: number;
  payload: string;
  done: (last: number) => void;
}

let round: Round | undefined;
let sockets: RawSocket[] = [];

function received(payload: Buffer): void {
  if (!round || payload.length < EVENT_BYTES) return;
  if (round.payload === '') {
    round.first = now();
    round.payload = payload.toString();
  }
  if (--round.missing === 0) round.done(now());
}

/** Milliseconds since the epoch, with their fraction: comparable between the processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

export async function joinSockets(input: { port: number; count: number; name: ThreadName }): Promise<void> {
  sockets.push(...(await openMany(input.count, () => joinThread(input.port, input.name, received))));
}

export async function openBareSockets(input: { port: number; count: number }): Promise<void> {
  sockets.push(...(await openMany(input.count, () => RawSocket.open(input.port, '/', received))));
}

export function closeSockets(): void {
  sockets.forEach((socket) => socket.close());
  sockets = [];
}

/** One event by a POST, until all of `count` sockets have it. */
export async function fanOutPost(input: { port: number; count: number; request: RequestInput }): Promise<FanOut> {
  const connection = await HttpConnection.open(input.port);
  const arrival = arm(input.count);
  const begun = now();
  const { status } = await connection.send(requestBytes(input.request));
  if (status !== 201) throw new Error(`posting answered ${status}`);
  const arrived = await arrival;
  connection.close();
  const written = Date.parse(/"at":"([^"]+)"/.exec(arrived.payload)?.[1] ?? '');
  return {
    fromEvent: arrived.last - written,
    firstToLast: arrived.last - arrived.first,
    fromPost: arrived.last - begun,
    payload: arrived.payload,
  };
}

/** The bare server is told to broadcast once this has answered; `fanOutArrived` tells when all had it. */
let armed: Promise<{ first: number; last: number; payload: string }> | undefined;

export function armFanOut({ count }: { count: number }): void {
  armed = arm(count);
}

export async function fanOutArrived(): Promise<{ first: number; last: number } | undefined> {
  return armed;
}

async function arm(count: number): Promise<{ first: number; last: number; payload: string }> {
  const current: Round = { missing: count, first: 0, payload: '', done: () => undefined };
  const last = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${current.missing} sockets did not get the event`)),
      LOST_AFTER_MS,
    );
    current.done = (time) => {
      clearTimeout(timer);
      resolve(time);
    };
  });
  round = current;
  return { last: await last, first: current.first, payload: current.payload };
}
