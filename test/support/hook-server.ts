import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
  message: { type: string; timestamp: string; data: Record<string, unknown> & { comment?: { html: string } } };
}

type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'hang up' | 'silence';

/** Somebody's server that takes webhooks, and answers as it is told. */
export class HookServer {
  readonly received: Received[] = [];
  /** How it answers the next ones on a path; then with 204. */
  readonly answers = new Map<string, Answer[]>();
  /** How it answers a path, whatever comes. */
  readonly always = new Map<string, Answer>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<HookServer> {
    const server = createServer();
    const hooks = new HookServer(server);
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        hooks.received.push({
          path,
          headers: plain(request.headers),
          body,
          message: JSON.parse(body) as Received['message'],
        });
        const answer = hooks.always.get(path) ?? hooks.answers.get(path)?.shift() ?? { status: 204 };
        if (answer === 'hang up') request.socket.destroy();
        else if (answer !== 'silence') response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return hooks;
  }

  url(path = '/'): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** What came for a path, in its order. */
  at(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
