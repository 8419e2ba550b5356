import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const START_WITHIN_MS = 60_000;

export const OWNER = { email: 'owner@example.org', password: 'a password for measuring' };

/** As in production, but for the limits that would end the measuring. */
export const NODE_ENVIRONMENT = {
  RATE_LIMITS: 'off',
  LOG_LEVEL: 'warn',
  DEMO: 'false',
  HOST: '127.0.0.1',
  SECRET_KEY: 'a secret key that only measurements know of',
  ADMIN_EMAIL: OWNER.email,
  ADMIN_PASSWORD: OWNER.password,
};

/** The built server in a process of its own, as `npm start` runs it. */
export class PostilNode {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    /** From the start of the process until `/readyz` answered 200. */
    readonly startMilliseconds: number,
  ) {}

  /** @param environment `DATABASE_URL`, or `DATA_DIR` for one with its own PostgreSQL */
  static async start(environment: Record<string, string>, nodeOptions: readonly string[] = []): Promise<PostilNode> {
    const port = await freePort();
    const begun = performance.now();
    const child = spawn(process.execPath, [...nodeOptions, '--enable-source-maps', MAIN], {
      env: { PATH: process.env['PATH'], ...NODE_ENVIRONMENT, PORT: String(port), ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      if (performance.now() - begun > START_WITHIN_MS) throw new Error('the server did not become ready');
      await delay(5);
    }
    return new PostilNode(child, port, performance.now() - begun);
  }

  /** What the process holds in memory, in bytes. */
  get residentBytes(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1_024;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
