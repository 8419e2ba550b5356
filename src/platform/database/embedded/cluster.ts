import { randomBytes } from 'node:crypto';
import { lchown, lstat, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.js';
import { execAs } from './cluster-user.js';
import { EmbeddedPostgresError, codeOf } from './errors.js';
import type { Home } from './home.js';
import { writePrivate } from './owned-file.js';

/** Who may do everything in the cluster: the supervisor alone. */
export const SUPERUSER = 'postgres';

export interface Cluster extends Home {
  readonly binaries: Binaries;
  /** Of both roles: it protects from other users of this machine. */
  readonly password: string;
}

/** Makes the cluster if there is none. It appears under its name when it is complete, and is never removed. */
export async function openCluster(home: Home, binaries: Binaries, fsync: boolean): Promise<Cluster> {
  const passwordFile = path.join(home.folder, 'password');
  const major = await read(path.join(home.dataDirectory, 'PG_VERSION'));
  if (major === undefined) {
    await refuseUnknownData(home.dataDirectory);
    const password = randomBytes(24).toString('base64url');
    await writePrivate(passwordFile, `${password}\n`);
    await initialise(home, binaries, password, fsync);
    return { ...home, binaries, password };
  }
  if (major !== binaries.major) {
    throw new EmbeddedPostgresError(
      `The database in ${home.dataDirectory} was made by PostgreSQL ${major}, and this Postil has ${binaries.major}: move it with pg_dump of the old version, or set DATABASE_URL`,
    );
  }
  const password = await read(passwordFile);
  if (!password) throw new EmbeddedPostgresError(`The password of the database is missing: ${passwordFile}`);
  const owner = (await lstat(home.dataDirectory)).uid;
  if (!home.user && process.getuid && owner !== process.getuid()) {
    throw new EmbeddedPostgresError(
      `The database in ${home.dataDirectory} belongs to user ${owner}: start Postil as that user or as root`,
    );
  }
  return { ...home, binaries, password };
}

async function initialise(home: Home, binaries: Binaries, password: string, fsync: boolean): Promise<void> {
  // What an interrupted initdb left never was a database.
  for (const name of await readdir(home.folder)) {
    if (name.startsWith('initdb-')) await rm(path.join(home.folder, name), { recursive: true, force: true });
  }
  const unfinished = await mkdtemp(path.join(home.folder, 'initdb-'));
  const passwordFile = `${unfinished}.password`;
  await writeFile(passwordFile, password, { flag: 'wx', mode: 0o600 });
  try {
    if (home.user) {
      await lchown(unfinished, home.user.uid, home.user.gid);
      await lchown(passwordFile, home.user.uid, home.user.gid);
    }
    const initdb = (locale: string) =>
      execAs(home.user, binaries.initdb, [
        `--pgdata=${unfinished}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // PostgreSQL's own C.UTF-8 for comparing and for upper and lower case: alike on each system, and an
        // update of the C library breaks no index.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        `--locale=${locale}`,
        // One syncfs(2), which Linux alone has, took 0.8 s where an fsync of each of 1,000 files took 4.
        ...(fsync ? (process.platform === 'linux' ? ['--sync-method=syncfs'] : []) : ['--no-sync']),
      ]);
    // Not every system has C.UTF-8; initdb then refuses it and clears its folder.
    await initdb('C.UTF-8').catch(() => initdb('C'));
    await rename(unfinished, home.dataDirectory);
  } catch (error) {
    const reason = String(error instanceof Error && 'stderr' in error ? error.stderr : error);
    const line = reason.split('\n').find((text) => text.includes('error:')) ?? reason.trim().split('\n')[0];
    throw new EmbeddedPostgresError(`initdb could not make a database in ${home.folder}: ${line}`, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function refuseUnknownData(dataDirectory: string): Promise<void> {
  if (await lstat(dataDirectory).catch(() => undefined)) {
    throw new EmbeddedPostgresError(`${dataDirectory} holds no PostgreSQL database: move it away, nothing removes it`);
  }
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    },
  );
}
