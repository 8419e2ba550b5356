import type pg from 'pg';

const EVERY_MS = 10;

/** Looks again and again who of this database waits for a lock, and adds what it sees to `found`, by kind. */
export function watchLockWaits(database: pg.Pool, found: Map<string, number>): { stop: () => Promise<number> } {
  let samples = 0;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const { rows } = await database.query<{ waits: string }>({
        name: 'bench.waits',
        text: `SELECT wait_event || ' of ' || application_name AS waits FROM pg_stat_activity
               WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      });
      for (const { waits } of rows) found.set(waits, (found.get(waits) ?? 0) + 1);
      samples++;
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await watching;
      return samples;
    },
  };
}
