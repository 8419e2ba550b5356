import type pg from 'pg';

const EVERY_MS = 10;
/** Waits of PostgreSQL's own, whoever writes: a table's file grows by one at a time, and NOTIFYs commit one at a time. */
const OWN = new Set(['extend', 'object']);

/** Who of a database waits for a lock, seen by looking again and again. */
export class LockWaits {
  /** How often, by kind and waiting application. */
  readonly ofRows = new Map<string, number>();
  readonly own = new Map<string, number>();
  samples = 0;

  constructor(private readonly database: pg.Pool) {}

  async during<T>(work: () => Promise<T>): Promise<T> {
    let over = false;
    const watching = (async () => {
      while (!over) {
        await this.look();
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
    })();
    try {
      return await work();
    } finally {
      over = true;
      await watching;
    }
  }

  forget(): void {
    this.ofRows.clear();
    this.own.clear();
    this.samples = 0;
  }

  private async look(): Promise<void> {
    const { rows } = await this.database.query<{ event: string; application: string }>({
      name: 'bench.waits',
      text: `SELECT wait_event AS event, application_name AS application FROM pg_stat_activity
             WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    });
    for (const { event, application } of rows) {
      const [found, what] = OWN.has(event)
        ? [this.own, `${event} of ${application}`]
        : [this.ofRows, `${event} of ${application}`];
      found.set(what, (found.get(what) ?? 0) + 1);
    }
    this.samples++;
  }
}
