import { BoundedMap } from '../../platform/bounded-map.js';

const REMEMBERED = 50_000;

/**
 * So many mails a second to one domain from this node: whoever gets ten thousand at once takes the sender for a spammer.
 * Each mail gets the domain's next free moment.
 */
export class DomainPace {
  private readonly free = new BoundedMap<string, number>(REMEMBERED);

  constructor(private readonly mailsPerSecond: number) {}

  /** How many milliseconds to wait; undefined: longer than `patience`, and no moment is taken. */
  wait(domain: string, now: number, patience: number): number | undefined {
    const at = Math.max(now, this.free.get(domain) ?? 0);
    if (at - now > patience) return undefined;
    this.free.set(domain, at + 1_000 / this.mailsPerSecond);
    return at - now;
  }
}
