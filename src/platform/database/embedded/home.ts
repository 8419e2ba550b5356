import { chmod, lstat, mkdir, mkdtemp, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type ClusterUser, canEnter, chooseClusterUser, firstClosedFolder } from './cluster-user.js';
import { EmbeddedPostgresError, codeOf } from './errors.js';
import { InstanceLock } from './instance-lock.js';
import { giveToOwnerOf, writePrivate } from './owned-file.js';
import { SYSTEM_FOLDER, makeTrustedFolder } from './trusted-folder.js';

/** The folder of the cluster and of what belongs to it, held by this process alone. */
export interface Home {
  readonly folder: string;
  readonly dataDirectory: string;
  readonly user: ClusterUser | undefined;
  release(): void;
}

const UNWRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT', 'ELOOP', 'ENOENT'];

/**
 * `<dataDir>/postgres`, or where a file `location` in it says: root's cluster moves to SYSTEM_FOLDER when its user
 * cannot enter `dataDir`.
 */
export async function openHome(dataDir: string, log: (line: string) => void): Promise<Home> {
  const locks: InstanceLock[] = [];
  const release = () => locks.forEach((lock) => lock.release());
  try {
    await mkdir(dataDir, { recursive: true });
    const root = await realpath(dataDir);
    const entry = path.join(root, 'postgres');
    await makeEntry(entry, root);
    locks.push(InstanceLock.acquire(path.join(entry, 'lock')));

    const recorded = await readLocation(entry);
    const user = await chooseClusterUser(root, path.join(recorded ?? entry, 'data'));
    const folder = recorded ?? ((await canEnter(user, entry)) ? entry : await moveOut(entry, user, log));
    if (!(await canEnter(user, folder))) throw await closed(folder, user);
    // A copy of DATA_DIR says the same location.
    if (folder !== entry) locks.push(InstanceLock.acquire(path.join(folder, 'lock')));
    return { folder, dataDirectory: path.join(folder, 'data'), user, release };
  } catch (error) {
    release();
    const code = codeOf(error);
    if (!code || !UNWRITABLE.includes(code)) throw error;
    throw new EmbeddedPostgresError(
      `DATA_DIR ${path.resolve(dataDir)} cannot be written: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

async function makeEntry(entry: string, root: string): Promise<void> {
  try {
    await mkdir(entry);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await lstat(entry)).isDirectory()) return;
    throw error;
  }
  // The cluster's user passes through, nobody lists.
  await chmod(entry, process.getuid?.() === 0 ? 0o711 : 0o700);
  await giveToOwnerOf(root, entry);
}

/** Where the cluster had to move to. */
export async function readLocation(entry: string): Promise<string | undefined> {
  const file = path.join(entry, 'location');
  const recorded = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  const folder = recorded?.trim();
  if (folder && !(await lstat(folder).catch(() => undefined))?.isDirectory()) {
    throw new EmbeddedPostgresError(`${file} says that the database is in ${folder}, which is not there`);
  }
  return folder;
}

async function moveOut(entry: string, user: ClusterUser | undefined, log: (line: string) => void): Promise<string> {
  const exists = await lstat(path.join(entry, 'data')).catch(() => undefined);
  if (exists || !(await makeTrustedFolder(SYSTEM_FOLDER)) || !(await canEnter(user, SYSTEM_FOLDER))) {
    throw await closed(entry, user);
  }
  // A name of its own, not one made from the path: where DATA_DIR was removed, an empty database is expected.
  const folder = await mkdtemp(path.join(SYSTEM_FOLDER, 'cluster-'));
  await chmod(folder, 0o711);
  await writePrivate(path.join(folder, 'origin'), `${entry}\n`);
  await writePrivate(path.join(entry, 'location'), `${folder}\n`);
  log(`User ${user?.name} cannot enter ${entry}: the database is in ${folder} instead`);
  return folder;
}

async function closed(folder: string, user: ClusterUser | undefined): Promise<EmbeddedPostgresError> {
  const where = await firstClosedFolder(user, folder);
  return new EmbeddedPostgresError(
    `PostgreSQL runs as user ${user?.name ?? 'ourselves'}, who cannot enter ${where}: chmod o+x that folder, choose another DATA_DIR, or set DATABASE_URL`,
  );
}
