import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findFreePort } from '../../src/platform/database/embedded/port.js';
import { io, type Socket } from 'socket.io-client';
import type { CommentPage } from '../../web/shared/api-types.js';
import { request, type Answer, type Call } from './http.js';
import { until } from './until.js';

type Command = [string, ...string[]];
type Environment = Record<string, string | undefined>;

const MAIN = path.resolve('dist/src/main.js');

/** Postil as an operator starts it: the built server in a process of its own, known by what it prints. */
export class PostilProcess {
  output = '';
  readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  /** @param wrap what runs the command: a terminal, say */
  static async start(environment: Environment, wrap: (command: Command) => Command = (command) => command) {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: build first (npm run build)`);
    const PORT = String(await findFreePort());
    return new PostilProcess(wrap([process.execPath, '--enable-source-maps', MAIN]), {
      PATH: process.env['PATH'],
      LOG_LEVEL: 'warn',
      PORT,
      ...environment,
    });
  }

  private constructor([command, ...args]: Command, env: Environment) {
    this.child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.exited = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (text: Buffer) => (this.output += text.toString()));
    }
  }

  /** Waits until it has said that it runs; fails when it ends before. */
  async running(): Promise<this> {
    await this.says(/Ctrl-C stops it\./);
    return this;
  }

  async says(pattern: RegExp): Promise<void> {
    await until(
      () => pattern.test(this.output) || this.ended,
      String(pattern),
      () => this.output,
    );
    if (!pattern.test(this.output)) throw new Error(`It ended without ${String(pattern)}:\n${this.output}`);
  }

  get address(): string {
    const found = /running at (\S+)|its health is at (\S+)\/readyz/.exec(this.output);
    return found?.[1] ?? found?.[2] ?? '';
  }

  /** The generated one, as printed. */
  get password(): string | undefined {
    return /password (\S+) +\(generated/.exec(this.output)?.[1];
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  page(target: string, call?: Call): Promise<Answer<undefined>> {
    return request(this.address, target, call);
  }

  /** A path under /api/v1. */
  call<T>(target: string, call?: Call): Promise<Answer<T>> {
    return request<T>(this.address, `/api/v1${target}`, call);
  }

  /** The same, and what it answers; fails where the status is no success. */
  async ask<T>(target: string, call?: Call): Promise<T> {
    const answer = await this.call<T>(target, call);
    if (answer.status >= 300) throw new Error(`${call?.method ?? 'GET'} ${target}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  list(thread: string, query: Call['query'] = {}): Promise<CommentPage> {
    return this.ask<CommentPage>(`/sites/demo/threads/${thread}/comments`, { query });
  }

  socket(namespace: string): Socket {
    return io(`${this.address}${namespace}`, { transports: ['websocket'], forceNew: true, reconnectionDelay: 20 });
  }

  async guest(displayName: string): Promise<string> {
    const call = { method: 'POST', body: { displayName } };
    return (await this.ask<{ token: string }>('/sites/demo/sessions', call)).token;
  }

  async owner(password = this.password, email = 'owner@example.org'): Promise<{ token: string; id: string }> {
    const call = { method: 'POST', body: { email, password } };
    const { token, staff } = await this.ask<{ token: string; staff: { id: string } }>('/staff/sessions', call);
    return { token, id: staff.id };
  }

  /** @param signal none: it ends by itself. Answers its exit code. */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal && !this.ended) this.child.kill(signal);
    await this.exited;
    return this.child.exitCode;
  }
}
