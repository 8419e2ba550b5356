/** A node reduced to its database, for embedded-postgres.spec.ts: says what happens in lines of JSON. */
import pg from 'pg';
import { EmbeddedPostgres, EmbeddedPostgresError } from '../../src/platform/database/embedded/index.js';

const say = (message: Record<string, unknown>) => console.log(JSON.stringify(message));
const dataDir = process.argv[2] ?? '';
const settings = JSON.parse(process.argv[3] ?? '{}') as Record<string, string>;

try {
  const postgres = await EmbeddedPostgres.start({ dataDir, settings, log: (line) => say({ log: line }) });
  postgres.onAvailabilityChange((available) => say({ available }));
  const pool = new pg.Pool({ connectionString: postgres.url, max: 1 });
  pool.on('error', () => undefined);
  await pool.query('SELECT 1');
  const shutDown = async (signal: string) => {
    say({ signal });
    // Requests that still run: they need a database that the signal did not reach.
    const drained = await pool.query('SELECT count(*) FROM generate_series(1, 2000000)').then(
      () => true,
      () => false,
    );
    await pool.end();
    say({ drained });
    await postgres.stop();
    say({ stopped: true });
  };
  process.once('SIGINT', (signal) => void shutDown(signal));
  process.once('SIGTERM', (signal) => void shutDown(signal));
  say({ url: postgres.url });
} catch (error) {
  if (!(error instanceof EmbeddedPostgresError)) throw error;
  say({ refused: error.message });
  process.exitCode = 1;
}
