import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { run, type Runner, type RunnerOptions } from 'graphile-worker';

const AFTER_END_MS = 1_000;

/**
 * graphile-worker, begun again whenever it ends. That a job has ended it writes down on its own, and where the database
 * is away just then, nobody would catch that error: the whole process would end. In batches, of one too, it is the
 * runner alone that ends.
 */
export class LastingRunner {
  private readonly logger = new Logger('jobs');
  private readonly stopping = new AbortController();
  private readonly options: RunnerOptions;
  private runner: Runner | undefined;
  private life: Promise<void> = Promise.resolve();

  constructor(options: RunnerOptions) {
    this.options = { ...options, preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } } };
  }

  get running(): boolean {
    return this.runner !== undefined;
  }

  /** Fails where it can't begin the first time. */
  async start(): Promise<void> {
    this.runner = await run(this.options);
    this.life = this.live();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.runner?.stop().catch(() => undefined);
    await this.life;
  }

  private async live(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.runner?.promise.catch((error: unknown) => this.logger.error({ err: error }, 'the job runner ended'));
      this.runner = undefined;
      await delay(AFTER_END_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      this.runner = await run(this.options).catch((error: Error) => {
        this.logger.warn(`the job runner can't begin: ${error.message}`);
        return undefined;
      });
      if (signal.aborted) await this.runner?.stop();
    }
  }
}
