import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** For one millisecond of work, beside readers. */
const REST = 1;
/** The share of the event loop that readers have from which on all of that is rested. */
const BUSY = 0.05;
/** Less is not measured well. */
const LEAST_MS = 1;
const MOST_MS = 1_000;
/** How much of what was known a new rest replaces, for each millisecond of it. */
const LEARNT_A_MS = 0.02;

/**
 * Rests between parts of work that can wait, as far as others need the event loop: what they take of it shows while the
 * work rests. A node without readers works nearly all of the time, a busy one for half of it.
 */
export class GivingWay {
  private others = 0;

  async rest(busyMs: number): Promise<void> {
    const before = performance.eventLoopUtilization();
    await delay(Math.min(LEAST_MS + busyMs * REST * Math.min(1, this.others / BUSY), MOST_MS));
    const { utilization, active, idle } = performance.eventLoopUtilization(before);
    this.others += (utilization - this.others) * Math.min(1, (active + idle) * LEARNT_A_MS);
  }
}
