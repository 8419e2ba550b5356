import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, SUPERUSER } from './cluster.js';
import { EmbeddedPostgresError, codeOf } from './errors.js';
import type { Postmaster } from './postmaster.js';

/** The role and the database of the application. */
export const APPLICATION = 'postil';

const REPORT_EVERY_MS = 10_000;
const WRONG_PASSWORD = '28P01';

/**
 * Waits until the server takes connections: after a crash it recovers first, however long that takes.
 * @throws EmbeddedPostgresError when it ends meanwhile or is not ours
 */
export async function untilItAnswers(
  cluster: Cluster,
  postmaster: Postmaster,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  let reported = Date.now();
  while (!signal.aborted) {
    if (!postmaster.running) {
      throw new EmbeddedPostgresError(`PostgreSQL did not start: ${await postmaster.lastWords()}`);
    }
    try {
      return await asSuperuser(cluster, postmaster.port, async () => undefined);
    } catch (error) {
      if (codeOf(error) === WRONG_PASSWORD) {
        throw new EmbeddedPostgresError(
          `PostgreSQL on port ${postmaster.port} does not accept the password in ${cluster.folder}/password`,
        );
      }
      if (Date.now() - reported > REPORT_EVERY_MS) {
        log(`Waiting for PostgreSQL (pid ${postmaster.pid}): ${(error as Error).message}`);
        reported = Date.now();
      }
    }
    await Promise.race([delay(25), postmaster.gone]);
  }
}

/** The application is no superuser: a hole in it reaches its own database, not the machine. */
export async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  await asSuperuser(cluster, port, async (client) => {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION]);
    if (role.rowCount === 0) {
      // CREATEDB: the tests make a database for each suite.
      await client.query(
        `CREATE ROLE ${APPLICATION} LOGIN CREATEDB PASSWORD ${client.escapeLiteral(cluster.password)}`,
      );
    }
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [APPLICATION]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}`);
  });
}

export function applicationUrl({ password }: Pick<Cluster, 'password'>, port: number): string {
  return `postgres://${APPLICATION}:${password}@127.0.0.1:${port}/${APPLICATION}`;
}

async function asSuperuser<T>(cluster: Cluster, port: number, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: cluster.password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks fails its query; without a listener it would end the process too.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
