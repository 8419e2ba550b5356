import pg from 'pg';
import { DataSource, type DataSourceOptions, type EntityMetadata } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { startApp, type App } from '../support/app.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

/** All of a schema that decides what may be stored and how it is found. */
const SCHEMA = `
  SELECT 'column' AS kind, table_name || '.' || column_name AS name,
         concat_ws(' ', data_type, datetime_precision, is_nullable, column_default, identity_generation) AS is
  FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  ORDER BY 1, 2, 3`;

interface Part {
  kind: string;
  name: string;
  is: string;
}

interface Stored {
  name: string;
  type: string;
  nullable: boolean;
  precision: number;
  needed: boolean;
}

describe('the schema', () => {
  let app: App;
  let database: TestDatabase;
  let dataSource: DataSource;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createDatabase();
    pool = new pg.Pool({ connectionString: database.url });
    pool.on('error', () => undefined);
    const options: DataSourceOptions = { type: 'postgres', url: database.url, migrations: [...migrations] };
    dataSource = await new DataSource(options).initialize();
    app = await startApp();
  });

  afterAll(async () => {
    await app.stop();
    await dataSource.destroy();
    await pool.end();
    await database.drop();
  });

  const schema = async () => (await pool.query<Part>(SCHEMA)).rows;

  it('goes down to nothing, step by step, and up to the same again', async () => {
    const before = await schema();
    const steps = [before];
    for (const _migration of migrations) {
      await dataSource.undoLastMigration();
      steps.push(await schema());
    }
    const left = (steps.at(-1) ?? []).filter(({ name }) => !/^(migrations|PK_)/.test(name));
    expect(left).toEqual([]);
    for (let n = 1; n < steps.length; n++) expect(steps[n]?.length).toBeLessThan(steps[n - 1]?.length ?? 0);
    await dataSource.runMigrations({ transaction: 'each' });
    expect(await schema()).toEqual(before);
  });

  it('has what the entities say', async () => {
    const { entityMetadatas, driver } = app.node.app.get(DataSource);
    expect(entityMetadatas.length).toBeGreaterThan(5);
    for (const metadata of entityMetadatas) {
      const columns = await stored(metadata);
      const said = metadata.columns.map((column) => {
        const type = column.isArray ? 'ARRAY' : driver.normalizeType(column);
        const precision = type === 'timestamp with time zone' ? column.precision : undefined;
        return [column.databaseName, { type, nullable: column.isNullable, precision }] as const;
      });
      for (const [name, { type, nullable, precision }] of said) {
        const is = columns.get(name);
        expect([metadata.tableName, name, is?.type, is?.nullable]).toEqual([metadata.tableName, name, type, nullable]);
        if (precision !== undefined) expect([name, is?.precision]).toEqual([name, precision]);
      }
      // What the entity does not know must not be needed to store one.
      const known = new Set(said.map(([name]) => name));
      const missing = [...columns].filter(([name, { needed }]) => needed && !known.has(name));
      expect([metadata.tableName, missing]).toEqual([metadata.tableName, []]);
    }
  });

  it('keeps all times in milliseconds, and says of each index which query it is for', async () => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> 'migrations' AND data_type LIKE 'timestamp%' AND datetime_precision <> 3`,
    );
    expect(rows).toEqual([]);
    const sources = migrations.map((migration) => migration.prototype.up.toString());
    const unexplained = sources.flatMap((source) => {
      const lines = source.split(/\\n|\n/).map((line) => line.trim());
      return lines.filter((line, n) => /^CREATE (UNIQUE )?INDEX/.test(line) && !lines[n - 1]?.startsWith('--'));
    });
    expect(unexplained).toEqual([]);
  });

  async function stored(metadata: EntityMetadata) {
    const { rows } = await app.pool.query<Stored>(
      `SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS nullable, datetime_precision AS precision,
              is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AS needed
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
      [metadata.tableName],
    );
    return new Map(rows.map((row) => [row.name, row]));
  }
});
