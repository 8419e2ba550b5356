import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../../src/platform/database/embedded/index.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { TEMPLATE, withDatabase } from './database.js';

const PREFIX = 'postil-test-';
/** Memory, where Linux offers enough of it: a database is copied in 18 ms there, in 600 on a busy disk. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 2 ** 30;
/** Nothing of a test run needs to survive a crash. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  autovacuum_naptime: '5min',
};

let started: { postgres: EmbeddedPostgres; folder: string } | undefined;

/** Puts the address of a server whose role may create databases into TEST_DATABASE_URL, unless one is given. */
export async function startTestPostgres(): Promise<void> {
  if (!process.env['TEST_DATABASE_URL']) {
    await removeLeftovers();
    const folder = await mkdtemp(path.join(await fastestFolder(), PREFIX));
    // As root, PostgreSQL runs as another user, who must get in.
    await chmod(folder, 0o711);
    const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined, settings: SETTINGS });
    started = { postgres, folder };
    stopOnSignals();
    process.env['TEST_DATABASE_URL'] = postgres.url;
  }
  await makeTemplate(process.env['TEST_DATABASE_URL']);
}

export async function stopTestPostgres(): Promise<void> {
  if (!started) return;
  const { postgres, folder } = started;
  started = undefined;
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  await migrate(withDatabase(url, TEMPLATE));
}

/** Jest skips its teardown when it is interrupted. */
function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopTestPostgres().finally(() => process.exit(1)));
  }
}

/** A killed run leaves its server: taking it over is how to stop it. A run that goes on holds its folder, and keeps it. */
async function removeLeftovers(): Promise<void> {
  for (const folder of [...(await testFolders(MEMORY)), ...(await testFolders(tmpdir()))]) {
    if (!existsSync(path.join(folder, 'postgres/data'))) continue;
    try {
      const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    } catch {
      // In use, or somebody else's.
    }
  }
}

async function testFolders(parent: string): Promise<string[]> {
  const names = await readdir(parent).catch(() => []);
  return names.filter((name) => name.startsWith(PREFIX)).map((name) => path.join(parent, name));
}

async function fastestFolder(): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => undefined);
  return memory && memory.bavail * memory.bsize > ENOUGH_BYTES ? MEMORY : tmpdir();
}
