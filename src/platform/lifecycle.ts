import { Logger } from '@nestjs/common';

/** The order in which a node lets go, first to last. */
export const SHUTDOWN_PHASES = [
  'readiness',
  'accepting',
  'draining',
  'sockets',
  'relay',
  'jobs',
  'signals',
  'pool',
] as const;
export type ShutdownPhase = (typeof SHUTDOWN_PHASES)[number];

/** Whether this node takes traffic, and what is to be done, in order, when it stops. */
export class Lifecycle {
  private readonly logger = new Logger('shutdown');
  private readonly steps = new Map<ShutdownPhase, (() => Promise<void> | void)[]>();
  private stopping: Promise<void> | undefined;
  ready = false;

  onShutdown(phase: ShutdownPhase, step: () => Promise<void> | void): void {
    this.steps.set(phase, [...(this.steps.get(phase) ?? []), step]);
  }

  /** Safe to call twice: the second caller waits for the first. */
  shutDown(): Promise<void> {
    return (this.stopping ??= this.run());
  }

  private async run(): Promise<void> {
    this.ready = false;
    for (const phase of SHUTDOWN_PHASES) {
      for (const step of this.steps.get(phase) ?? []) {
        try {
          await step();
        } catch (error) {
          // The later phases matter more than this one's success.
          this.logger.error({ err: error }, `shutdown phase ${phase} failed`);
        }
      }
    }
  }
}
