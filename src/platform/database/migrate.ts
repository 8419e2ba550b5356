import { runMigrations } from 'graphile-worker';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';

/** Any process that migrates holds this session lock: the first one migrates, the others wait and find it done. */
const MIGRATION_LOCK = 7_265_001;
/** A server that takes the connection and then says nothing is one that does not answer. */
const CONNECT_WITHIN_MS = 5_000;

export class DatabaseNewerError extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `The database is newer than this version of Postil: it holds ${unknown.join(', ')}, which this code does not know. ` +
        'Start the newer version, or restore a backup.',
    );
    this.name = 'DatabaseNewerError';
  }
}

/** Brings the database to this code's schema, and graphile-worker's own; refuses one that a newer version has changed. */
export async function migrate(url: string): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    poolSize: 2,
    extra: { connectionTimeoutMillis: CONNECT_WITHIN_MS, application_name: 'postil-migrate' },
  });
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const unknown = await appliedButUnknown(dataSource);
    if (unknown.length > 0) throw new DatabaseNewerError(unknown);
    await dataSource.runMigrations({ transaction: 'each' });
    await runMigrations({ connectionString: url, logger: undefined });
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}

async function appliedButUnknown(dataSource: DataSource): Promise<string[]> {
  const [{ present }] = await dataSource.query<[{ present: boolean }]>(
    `SELECT to_regclass('migrations') IS NOT NULL AS present`,
  );
  if (!present) return [];
  const applied = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
  const known = new Set(dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name));
  return applied.map((row) => row.name).filter((name) => !known.has(name));
}
