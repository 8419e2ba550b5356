import { once } from 'node:events';

interface Answer {
  id: number;
  result: { result?: { value: number } };
}

/** In JavaScript's heap and in buffers beside it. */
const LIVE_BYTES = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())';

/**
 * How much memory a node uses once all garbage is collected: what RSS shows is mostly garbage that nobody needed the room
 * of yet. The node must run with `--inspect=PORT`.
 */
export async function liveBytes(inspectPort: number): Promise<number> {
  const targets = await (await fetch(`http://127.0.0.1:${inspectPort}/json`)).json();
  const [{ webSocketDebuggerUrl = '' } = {}] = targets as { webSocketDebuggerUrl?: string }[];
  const socket = new WebSocket(webSocketDebuggerUrl);
  await once(socket, 'open');
  let last = 0;
  const call = async (method: string, params = {}) => {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [{ data }] = (await once(socket, 'message')) as [{ data: string }];
      const answer = JSON.parse(data) as Answer;
      if (answer.id === id) return answer.result;
    }
  };
  try {
    await call('HeapProfiler.collectGarbage');
    const { result } = await call('Runtime.evaluate', { expression: LIVE_BYTES });
    return result?.value ?? NaN;
  } finally {
    socket.close();
  }
}
