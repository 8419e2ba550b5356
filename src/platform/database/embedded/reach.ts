import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { DataDirInUseError, EmbeddedPostgresError } from './errors.js';
import { readLocation } from './home.js';
import { readPidFile } from './pid-file.js';
import { applicationUrl } from './server-connection.js';

const STARTING_MS = 10_000;

export interface ReachedDatabase {
  readonly url: string;
  /** Of a server that runs; else it was started for this alone. */
  readonly running: boolean;
  /** Stops what was started. */
  release(): Promise<void>;
}

/**
 * For a command beside the server: its database if it runs, else the same started for as long as it is needed. Makes
 * none where there is none.
 * @throws EmbeddedPostgresError
 */
export async function reachEmbedded(dataDir: string, log: (line: string) => void): Promise<ReachedDatabase> {
  const entry = path.join(path.resolve(dataDir), 'postgres');
  const folder = (await readLocation(entry)) ?? entry;
  if (!(await lstat(path.join(folder, 'data')).catch(() => undefined))) {
    throw new EmbeddedPostgresError(`DATA_DIR ${path.resolve(dataDir)} holds no database of Postil`);
  }
  try {
    const postgres = await EmbeddedPostgres.start({ dataDir, log });
    return { url: postgres.url, running: false, release: () => postgres.stop() };
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    return { url: await urlOfRunning(folder, error), running: true, release: () => Promise.resolve() };
  }
}

async function urlOfRunning(folder: string, inUse: DataDirInUseError): Promise<string> {
  const password = (await readFile(path.join(folder, 'password'), 'utf8')).trim();
  for (const started = Date.now(); Date.now() - started < STARTING_MS; await delay(100)) {
    const server = readPidFile(path.join(folder, 'data', 'postmaster.pid'));
    if (server?.status === 'ready') return applicationUrl({ password }, server.port);
  }
  throw new EmbeddedPostgresError(`${inUse.message}, and its database does not answer`);
}
