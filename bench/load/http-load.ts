import { HttpConnection } from './http-connection.js';

export interface HttpLoad {
  port: number;
  connections: number;
  milliseconds: number;
  /** The request of a connection's next turn; undefined: it has nothing more to send. */
  next: (connection: number) => Buffer | undefined;
  status: number;
}

export interface HttpResult {
  perSecond: number;
  count: number;
  /** Of single requests, in milliseconds. */
  times: number[];
  /** Share of the time in which this process was busy; near 1 the figure is the load generator's own limit. */
  busy: number;
}

/** Each connection sends its next request as soon as it has its answer, until the time is over. */
export async function runHttpLoad({ port, connections, milliseconds, next, status }: HttpLoad): Promise<HttpResult> {
  const opened = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)));
  const times: number[] = [];
  const idleBefore = performance.eventLoopUtilization();
  const begun = performance.now();
  const until = begun + milliseconds;
  await Promise.all(
    opened.map(async (connection, index) => {
      for (let now = performance.now(); now < until;) {
        const request = next(index);
        if (!request) return;
        const answer = await connection.send(request);
        if (answer.status !== status) throw new Error(`answered ${answer.status} where ${status} was expected`);
        const answered = performance.now();
        times.push(answered - now);
        now = answered;
      }
    }),
  );
  const elapsed = performance.now() - begun;
  opened.forEach((connection) => connection.close());
  return {
    perSecond: (times.length / elapsed) * 1_000,
    count: times.length,
    times,
    busy: performance.eventLoopUtilization(idleBefore).utilization,
  };
}
