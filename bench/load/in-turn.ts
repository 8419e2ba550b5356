import { HttpConnection } from './http-connection.js';
import { requestBytes, type RequestInput } from './requests.js';

/** Sends each of the requests once, one after the other; answers the milliseconds that each took. */
export async function inTurn({ port, requests }: { port: number; requests: RequestInput[] }): Promise<number[]> {
  const connection = await HttpConnection.open(port);
  const times: number[] = [];
  for (const bytes of requests.map(requestBytes)) {
    const begun = performance.now();
    const { status } = await connection.send(bytes);
    times.push(performance.now() - begun);
    if (status !== 200) throw new Error(`a request was answered ${status}`);
  }
  connection.close();
  return times;
}
