/** So many failures in a row, and a service is left alone for a while. */
const FAILURES = 5;
const PAUSE_MS = 30_000;

/**
 * Keeps a dead service from holding up each post for its time-out. After the pause one request tries it again, and its
 * fate is everybody's. Kept by each node for itself: what a node has not tried, it does not know.
 */
export class Circuit {
  private failures = 0;
  private closedUntil = 0;
  private trying = false;

  constructor(private readonly now: () => number) {}

  /** Whether to ask now; whoever is told so says how it went. */
  admits(): boolean {
    if (this.failures < FAILURES) return true;
    if (this.trying || this.now() < this.closedUntil) return false;
    this.trying = true;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.trying = false;
  }

  failed(): void {
    this.failures += 1;
    this.trying = false;
    this.closedUntil = this.now() + PAUSE_MS;
  }
}
