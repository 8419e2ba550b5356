import { runHttpLoad, type HttpResult } from './http-load.js';
import { requestBytes } from './requests.js';
import { commentText } from './texts.js';

export interface PostLoad {
  port: number;
  /** Where each connection posts to: taken in turn. */
  paths: string[];
  /** A session for each connection; none for the bare side. */
  tokens: string[];
  connections: number;
  milliseconds: number;
}

/** Texts are made before the clock runs; this many a connection are enough for a round. */
const PREPARED = 4_000;

let posted = 0;

/** Every connection posts comment after comment, each text a new one. */
export async function postComments(load: PostLoad): Promise<Omit<HttpResult, 'times'>> {
  const { port, paths, tokens, connections, milliseconds } = load;
  const prepared = Array.from({ length: connections }, (_, connection) =>
    Array.from({ length: Math.ceil(PREPARED / connections) * 4 }, () =>
      requestBytes({
        method: 'POST',
        path: paths[connection % paths.length] ?? '',
        token: tokens[connection],
        body: { body: commentText(String(++posted)) },
      }),
    ),
  );
  const next = (connection: number) => prepared[connection]?.pop();
  const { times: _times, ...result } = await runHttpLoad({ port, connections, milliseconds, next, status: 201 });
  return result;
}
