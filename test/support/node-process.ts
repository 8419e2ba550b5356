import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const HOOKS = fileURLToPath(new URL('./typescript-hooks.mjs', import.meta.url));

export type Message = Record<string, unknown>;

/** The command line that runs a TypeScript file of ours in a node of its own. */
export function nodeCommand(script: string, args: readonly string[]): [string, ...string[]] {
  return [process.execPath, '--import', HOOKS, path.resolve(script), ...args];
}

/** A started process that says what it does in lines of JSON. */
export class NodeProcess {
  readonly messages: Message[] = [];
  /** Whatever else it printed. */
  output = '';
  readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  constructor([command, ...args]: readonly [string, ...string[]], options: SpawnOptions = {}) {
    this.child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    this.exited = once(this.child, 'exit');
    if (this.child.stdout) createInterface({ input: this.child.stdout }).on('line', (line) => this.read(line));
    this.child.stderr?.on('data', (text: Buffer) => (this.output += text.toString()));
  }

  /** The first message that has this key; fails when the process ends without it. */
  async said(key: string): Promise<unknown> {
    const find = () => this.messages.find((message) => key in message);
    await until(
      () => find() !== undefined || this.ended,
      `"${key}"`,
      () => this.transcript,
    );
    // What it said last may come after its end.
    if (!find())
      await until(
        () => find() !== undefined,
        `"${key}" of a process that ended`,
        () => this.transcript,
      );
    return find()?.[key];
  }

  get transcript(): string {
    return [...this.messages.map((message) => JSON.stringify(message)), this.output].join('\n');
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** @param signal none: it ends by itself */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal && !this.ended) this.child.kill(signal);
    await this.exited;
    return this.child.exitCode;
  }

  private read(line: string): void {
    try {
      // A terminal puts its ^C before what is printed next.
      this.messages.push(JSON.parse(line.slice(line.indexOf('{'))) as Message);
    } catch {
      this.output += `${line}\n`;
    }
  }
}
