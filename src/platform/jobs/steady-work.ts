import { Logger } from '@nestjs/common';
import { isConnectionLoss } from '../database/sql-state.js';

/** Work that is looked for all the time, such as rows that become due, on every node that runs jobs. */
export interface SteadyWork {
  readonly name: string;
  /**
   * Does what there is, a part of it at a time. Answers after how many milliseconds it wants to look again; 0: at once.
   * @param signal aborted when the node stops: what is begun is ended, the rest left
   */
  run(signal: AbortSignal): Promise<number>;
}

const AFTER_FAILURE_MS = 2_000;

export class SteadyWorkLoop {
  private readonly logger = new Logger('jobs');
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private wake: () => void = () => undefined;

  constructor(private readonly work: SteadyWork) {
    this.running = this.live();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private async live(): Promise<void> {
    while (!this.stopping.signal.aborted) await this.sleep(await this.once());
  }

  private async once(): Promise<number> {
    try {
      return await this.work.run(this.stopping.signal);
    } catch (error) {
      // What it holds stands in the database; whatever was wrong is wrong only for a while, or told again and again.
      if (isConnectionLoss(error))
        this.logger.warn(`${this.work.name} lost its connection: ${(error as Error).message}`);
      else this.logger.error({ err: error }, `${this.work.name} failed`);
      return AFTER_FAILURE_MS;
    }
  }

  private async sleep(ms: number): Promise<void> {
    if (ms <= 0 || this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
