import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HOOKS = fileURLToPath(new URL('../../test/support/typescript-hooks.mjs', import.meta.url));

interface Call {
  id: number;
  name: string;
  input: unknown;
}

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** What a process does when its parent calls. */
export type Handlers = Record<string, (input: never) => unknown>;

/** In the child: answers the calls of the parent, and ends with it. */
export function answerCalls(handlers: Handlers): void {
  process.on('message', (message) => {
    const { id, name, input } = message as Call;
    const handler = handlers[name];
    const answer = (rest: Omit<Answer, 'id'>) => process.send?.({ id, ...rest } satisfies Answer);
    (async () => handler?.(input as never))().then(
      (value) => answer({ value }),
      (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

/** In the parent: a process of its own that runs one of the benchmark's TypeScript files. */
export class Callee {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private lastId = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (message) => {
      const answer = message as Answer;
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    child.on('exit', (code) => {
      for (const [id, settle] of this.waiting) settle({ id, error: `the process ended with ${code}` });
    });
  }

  /** @param file relative to `bench/` */
  static start(file: string, nodeOptions: readonly string[] = [], env: Record<string, string> = {}): Callee {
    const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
    const execArgv = [...nodeOptions, '--import', HOOKS];
    return new Callee(
      fork(path, { execArgv, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async call<T>(name: string, input: unknown = {}): Promise<T> {
    const id = ++this.lastId;
    const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    this.child.send({ id, name, input } satisfies Call);
    const { value, error } = await answered;
    if (error !== undefined) throw new Error(`${name}: ${error}`);
    return value as T;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }
}
