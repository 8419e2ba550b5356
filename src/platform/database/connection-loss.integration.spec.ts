import { DataSource, type EntityManager } from 'typeorm';
import { createDatabase, type TestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/until.js';
import { toProblem } from '../http/problem.filter.js';
import { UnitOfWork } from './unit-of-work.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

describe('a connection that is lost between two statements of a transaction', () => {
  it.each([
    ['a statement', (em: EntityManager) => em.query('SELECT 1')],
    ['the commit', async () => undefined],
  ])('makes %s fail as unavailable, not as a fault inside', async (_, next) => {
    const lost = new UnitOfWork(dataSource).run(async (em) => {
      const [row] = await em.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      await dataSource.query('SELECT pg_terminate_backend($1)', [row?.pid]);
      // TypeORM has let go of it by then, and says so instead of what PostgreSQL said.
      await until(() => em.queryRunner?.isReleased === true, 'the loss to be noticed');
      await next(em);
    });
    const error: unknown = await lost.catch((reason: unknown) => reason);
    expect(toProblem(error)).toMatchObject({ status: 503, code: 'unavailable' });
  });
});
