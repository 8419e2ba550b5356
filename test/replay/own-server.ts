import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { until } from '../support/until.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const START_MS = 90_000;

/** The built server with embedded PostgreSQL, on one port through all its starts. */
export class OwnServer {
  /** What it printed, all starts together. */
  output = '';
  private child: ChildProcess | undefined;

  private constructor(
    private readonly dataDir: string,
    private readonly port: number,
  ) {}

  static async create(dataDir: string): Promise<OwnServer> {
    return new OwnServer(dataDir, await freePort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Until it says that it listens; answers how to sign in. */
  async start(): Promise<{ email: string; password: string }> {
    let said = '';
    const env = {
      PATH: process.env['PATH'],
      PORT: String(this.port),
      DATA_DIR: this.dataDir,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    const hear = (text: Buffer) => {
      said += text.toString();
      this.output += text.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const ready = () => said.includes('Ctrl-C stops it.');
    await until(
      () => ready() || ended(child),
      'the server to start',
      () => said,
      START_MS,
    );
    if (!ready()) throw new Error(`The server did not start:\n${said}`);
    const [, email = '', password = ''] = /sign-in\s+(\S+)\s+password (\S+)/.exec(said) ?? [];
    return { email, password };
  }

  /** Tells it to stop, and does not wait. */
  kill(): void {
    this.child?.kill('SIGTERM');
  }

  /** Resolves when the process is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child || ended(child)) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.');
  return address.port;
}
