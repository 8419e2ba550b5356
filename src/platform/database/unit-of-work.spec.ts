import pg from 'pg';
import { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/until.js';
import { sqlState } from './sql-state.js';
import { Statement } from './statement.js';
import { together } from './together.js';
import { UnitOfWork } from './unit-of-work.js';
import { write } from './write.js';

const TAKE = new Statement<{ n: number }>('test.take', 'UPDATE pairs SET n = n + 1 WHERE id = $1 RETURNING n');
const PUT = new Statement<never>('test.put', 'INSERT INTO pairs (id, n) VALUES ($1, $2)');
const FAIL = new Statement<never>('test.fail', 'SELECT 1 / $1::int');

describe('UnitOfWork', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.url, extra: { pipeline: true } }).initialize();
    unitOfWork = new UnitOfWork(dataSource);
    pool = new pg.Pool({ connectionString: database.url });
    pool.on('error', () => undefined);
    await pool.query('CREATE TABLE pairs (id text PRIMARY KEY, n int NOT NULL)');
  });

  beforeEach(() => pool.query(`DELETE FROM pairs; INSERT INTO pairs VALUES ('a', 0), ('b', 0)`));

  afterAll(async () => {
    await dataSource.destroy();
    await pool.end();
    await database.drop();
  });

  const stored = async () => (await pool.query('SELECT id, n FROM pairs ORDER BY id')).rows;

  /** Two that take the same rows in opposite order, each holding its first before either goes on. */
  async function inOppositeOrder(second: 'alone' | 'together'): Promise<number> {
    let begun = 0;
    let holding = 0;
    const take = (ids: readonly [string, string]) =>
      unitOfWork.run(async (em) => {
        begun += 1;
        await TAKE.run(em, [ids[0]]);
        holding += 1;
        await until(() => holding >= 2, 'both to hold a row');
        if (second === 'alone') await TAKE.run(em, [ids[1]]);
        // What is sent behind the statement that gives way fails too, with another state.
        else await together([together([TAKE.run(em, [ids[1]]), TAKE.run(em, [ids[1]])]), TAKE.run(em, ['c'])]);
      });
    await Promise.all([take(['a', 'b']), take(['b', 'a'])]);
    return begun;
  }

  it('runs a whole transaction again that lost a real deadlock', async () => {
    const before = await pool.query(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`);
    expect(await inOppositeOrder('alone')).toBe(3);
    expect(await stored()).toEqual([
      { id: 'a', n: 2 },
      { id: 'b', n: 2 },
    ]);
    await until(async () => {
      const { rows } = await pool.query(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`);
      return Number(rows[0].deadlocks) === Number(before.rows[0].deadlocks) + 1;
    }, 'PostgreSQL to have counted it');
  });

  it('knows the deadlock also among statements that travelled together', async () => {
    expect(await inOppositeOrder('together')).toBe(3);
    expect(await stored()).toEqual([
      { id: 'a', n: 3 },
      { id: 'b', n: 3 },
    ]);
  });

  it('gives up after five attempts, and at once where trying again does not help', async () => {
    let attempts = 0;
    const raise = (state: string) =>
      unitOfWork.run(async (em) => {
        attempts += 1;
        await em.query(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${state}'; END $$`);
      });
    await expect(raise('40001')).rejects.toThrow('no');
    expect(attempts).toBe(5);
    await expect(raise('23505')).rejects.toThrow('no');
    expect(attempts).toBe(6);
  });

  it('rolls back what was written before a failure, and says what failed first', async () => {
    const failing = unitOfWork.run(async (em) => {
      await TAKE.run(em, ['a']);
      await together([together([FAIL.run(em, [0]), TAKE.run(em, ['a'])]), TAKE.run(em, ['b'])]);
    });
    expect(sqlState(await failing.catch((error: unknown) => error))).toBe('22012');
    expect(await stored()).toEqual([
      { id: 'a', n: 0 },
      { id: 'b', n: 0 },
    ]);
  });

  it('commits right behind the last statements, whose failure is told and leaves nothing', async () => {
    await unitOfWork.run((em, last) => Promise.resolve(last(TAKE.run(em, ['a']), TAKE.run(em, ['a']))));
    expect(await stored()).toEqual([
      { id: 'a', n: 2 },
      { id: 'b', n: 0 },
    ]);
    const failing = unitOfWork.run((em, last) =>
      Promise.resolve(last(TAKE.run(em, ['a']), FAIL.run(em, [0]), TAKE.run(em, ['b']))),
    );
    expect(sqlState(await failing.catch((error: unknown) => error))).toBe('22012');
    expect((await stored())[0]).toEqual({ id: 'a', n: 2 });
  });

  it('does not pass for committed what failed unheard', async () => {
    const silent = unitOfWork.run(async (em) => {
      await TAKE.run(em, ['a']);
      await FAIL.run(em, [0]).catch(() => undefined);
    });
    await expect(silent).rejects.toThrow('had failed before its commit');
    expect((await stored())[0]).toEqual({ id: 'a', n: 0 });
  });

  it('sends several writes as one statement, each with its own values', async () => {
    const writes = (ids: string[]) => [TAKE.with(['b']), ...ids.map((id, n) => PUT.with([id, n + 5]))];
    await unitOfWork.run((em) => write(em, writes(['c', 'd'])));
    await unitOfWork.run((em) => write(em, writes(['e'])));
    expect(await stored()).toEqual([
      { id: 'a', n: 0 },
      { id: 'b', n: 2 },
      { id: 'c', n: 5 },
      { id: 'd', n: 6 },
      { id: 'e', n: 5 },
    ]);
    await expect(unitOfWork.run((em) => write(em, writes(['f', 'a'])))).rejects.toThrow('duplicate key');
    expect(await stored()).toHaveLength(5);
  });

  it('reads one state in a snapshot', async () => {
    await unitOfWork.snapshot(async (em) => {
      const read = () => em.query<{ n: number }[]>(`SELECT n FROM pairs WHERE id = 'a'`);
      const first = await read();
      await pool.query(`UPDATE pairs SET n = 7 WHERE id = 'a'`);
      expect(await read()).toEqual(first);
    });
  });
});
