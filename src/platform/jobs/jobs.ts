import { Injectable, Logger } from '@nestjs/common';
import { Logger as WorkerLogger, parseCronItems, type Task } from 'graphile-worker';
import pg from 'pg';
import { LastingRunner } from './lasting-runner.js';
import { SteadyWorkLoop, type SteadyWork } from './steady-work.js';

export interface Job {
  name: string;
  /** Standard cron expression, in UTC; without one it runs only when added. */
  cron?: string;
  /** @param signal aborted when the node stops: long work leaves the rest for later */
  run: (payload: unknown, signal?: AbortSignal) => Promise<void>;
}

const CONCURRENCY = 4;

/** Work that may wait, in the same database: graphile-worker. Jobs are added by the relay alone (`add_job` NOTIFYs). */
@Injectable()
export class Jobs {
  private readonly logger = new Logger('jobs');
  private readonly jobs = new Map<string, Job>();
  private readonly steady: SteadyWork[] = [];
  private loops: SteadyWorkLoop[] = [];
  private runner: LastingRunner | undefined;
  private pool: pg.Pool | undefined;
  private expected = false;

  register(job: Job): void {
    this.jobs.set(job.name, job);
  }

  registerSteady(work: SteadyWork): void {
    this.steady.push(work);
  }

  /** 'ok' also where this node runs none. */
  get state(): string {
    return !this.expected || this.runner?.running ? 'ok' : 'not running';
  }

  async start(url: string): Promise<void> {
    this.expected = true;
    this.pool = new pg.Pool({
      connectionString: url,
      max: CONCURRENCY + 2,
      application_name: 'postil-jobs',
      connectionTimeoutMillis: 5_000,
    });
    // The runner replaces lost connections itself; without a listener the loss would end the process.
    const lost = (error: Error) => this.logger.warn(`a connection was lost: ${error.message}`);
    this.pool.on('error', lost);
    this.pool.on('connect', (client) => client.on('error', lost));
    const runner = new LastingRunner({
      pgPool: this.pool,
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      taskList: Object.fromEntries([...this.jobs.values()].map((job) => [job.name, task(job)])),
      parsedCronItems: parseCronItems(
        [...this.jobs.values()].flatMap((job) => (job.cron ? [{ task: job.name, match: job.cron }] : [])),
      ),
      logger: new WorkerLogger(() => (level, message) => {
        if (level === 'error') this.logger.error(message);
        else if (level === 'warning') this.logger.warn(message);
      }),
    });
    await runner.start();
    this.runner = runner;
    this.loops = this.steady.map((work) => new SteadyWorkLoop(work));
  }

  async stop(): Promise<void> {
    this.expected = false;
    const runner = this.runner;
    this.runner = undefined;
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await runner?.stop();
    await this.pool?.end();
  }
}

function task(job: Job): Task {
  return async (payload, { abortSignal }) => job.run(payload, abortSignal);
}
