import pg from 'pg';
import { createDatabase, type TestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/until.js';
import { Jobs } from './jobs.js';

let database: TestDatabase;
let server: pg.Client;
beforeAll(async () => {
  database = await createDatabase();
  server = new pg.Client(process.env['TEST_DATABASE_URL']);
  await server.connect();
});
afterAll(async () => {
  await server.end();
  await database.drop();
});

describe('jobs', () => {
  it('go on after the database was away when one had ended', async () => {
    const name = new URL(database.url).pathname.slice(1);
    const allow = (allowed: boolean) => server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${allowed}`);
    const done: unknown[] = [];
    const jobs = new Jobs();
    jobs.register({ name: 'ordinary', run: async (payload) => void done.push(payload) });
    jobs.register({
      name: 'interrupted',
      run: async (payload) => {
        await allow(false);
        await server.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = $1 AND application_name = 'postil-jobs'`,
          [name],
        );
        done.push(payload);
      },
    });
    await jobs.start(database.url);
    const add = async (task: string, payload: string) => {
      const client = new pg.Client(database.url);
      await client.connect();
      await client.query('SELECT graphile_worker.add_job($1, to_json($2::text))', [task, payload]);
      await client.end();
    };
    try {
      await add('interrupted', 'first');
      await until(() => done.length === 1 && jobs.state === 'not running', 'the loss to be noticed');
      await allow(true);
      await until(() => jobs.state === 'ok', 'jobs to run again');
      await add('ordinary', 'second');
      await until(() => done.length === 2, 'the next job');
      expect(done).toEqual(['first', 'second']);
    } finally {
      await jobs.stop();
    }
  });

  it('stop, and then are expected no more', async () => {
    const jobs = new Jobs();
    jobs.register({ name: 'ordinary', run: async () => undefined });
    await jobs.start(database.url);
    await jobs.stop();
    expect(jobs.state).toBe('ok');
  });
});
