import { median, quantile } from '../support/statistics.js';
import { HttpConnection } from './http-connection.js';
import { runHttpLoad } from './http-load.js';
import { requestBytes, type RequestInput } from './requests.js';

export interface RepeatedRequest {
  port: number;
  request: RequestInput;
  connections: number;
  milliseconds: number;
}

export interface Repeated {
  perSecond: number;
  p50: number;
  p99: number;
  /** How busy the load generator was, 0 to 1. */
  busy: number;
}

/** One and the same request over and over, on every connection. */
export async function repeat({ port, request, connections, milliseconds }: RepeatedRequest): Promise<Repeated> {
  const bytes = requestBytes(request);
  const result = await runHttpLoad({ port, connections, milliseconds, next: () => bytes, status: 200 });
  const { perSecond, times, busy } = result;
  return { perSecond, p50: median(times), p99: quantile(times, 0.99), busy };
}

/** Each of the requests once, by as many connections as are given. */
export async function each(input: {
  port: number;
  requests: RequestInput[];
  connections: number;
  milliseconds: number;
}): Promise<{ perSecond: number; count: number }> {
  const bytes = input.requests.map(requestBytes);
  let at = 0;
  const { perSecond, count } = await runHttpLoad({ ...input, next: () => bytes[at++], status: 200 });
  return { perSecond, count };
}

/** One request, with its answer. */
export async function once(input: {
  port: number;
  request: RequestInput;
}): Promise<{ status: number; body: string; milliseconds: number }> {
  const connection = await HttpConnection.open(input.port, true);
  const begun = performance.now();
  const answer = await connection.send(requestBytes(input.request));
  const milliseconds = performance.now() - begun;
  connection.close();
  return { status: answer.status, body: answer.body.toString(), milliseconds };
}
