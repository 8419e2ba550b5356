import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition, and fails with what is known when it does not come true. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  known: () => string = () => '',
  milliseconds = 30_000,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${milliseconds} ms for ${what}. ${known()}`);
    await delay(20);
  }
}
