import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError, ProgramFailedError } from './errors.js';

/** Who PostgreSQL runs as. Undefined: as ourselves; it refuses to run as root, so root needs another. */
export interface ClusterUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Service accounts in the order of preference; why these: docs/decisions/001-embedded-postgresql.md */
const SERVICE_ACCOUNTS = ['postil', 'postgres', '_postgres', 'nobody'];

/**
 * For a node that runs as root: the owner of the cluster, of DATA_DIR, or a service account of this machine.
 * @param dataDirectory of the cluster; need not exist yet
 */
export async function chooseClusterUser(dataDir: string, dataDirectory: string): Promise<ClusterUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await ownerOf(dataDirectory);
  if (owner?.uid === 0) {
    throw new EmbeddedPostgresError(
      `The database in ${dataDirectory} belongs to root, and PostgreSQL refuses to run as root: give it back to its user with chown -R`,
    );
  }
  if (owner) return { ...owner, name: String(owner.uid) };

  // initdb needs a user that the system knows by name; an owner from outside a container may have none.
  const dataDirOwner = await ownerOf(dataDir);
  const candidates = dataDirOwner && dataDirOwner.uid !== 0 ? [String(dataDirOwner.uid)] : [];
  for (const candidate of [...candidates, ...SERVICE_ACCOUNTS]) {
    const user = await lookUp(candidate);
    if (user) return user;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and this machine has none of the users ${SERVICE_ACCOUNTS.join(', ')}: start Postil as an ordinary user, or set DATABASE_URL`,
  );
}

/**
 * Runs a program as this user, with nothing of our environment (it may hold secrets, or no locale), and in a session of
 * its own: Ctrl-C in our terminal would end it half-way, and its failure be told as that of a folder or a database.
 * @throws ProgramFailedError where it ends with anything but 0
 */
export async function execAs(user: ClusterUser | undefined, file: string, args: readonly string[]) {
  const child = spawn(file, args, { ...spawnAs(user), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== 0) throw new ProgramFailedError(file, code ?? signal, stderr);
  return { stdout };
}

/** A neutral working directory: ours may be one that the user cannot enter. */
export function spawnAs(user: ClusterUser | undefined): Pick<SpawnOptions, 'uid' | 'gid' | 'cwd' | 'env'> {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' };
  return { ...(user && { uid: user.uid, gid: user.gid }), cwd: '/', env };
}

/** Asks the kernel, by trying: modes alone don't tell (ACLs, mounts, capabilities). */
export async function canEnter(user: ClusterUser | undefined, directory: string): Promise<boolean> {
  return execAs(user, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory]).then(
    () => true,
    () => false,
  );
}

/** The first folder on the way to `directory` that the user cannot enter. */
export async function firstClosedFolder(user: ClusterUser | undefined, directory: string): Promise<string> {
  const parent = path.dirname(directory);
  return parent === directory || (await canEnter(user, parent)) ? directory : firstClosedFolder(user, parent);
}

async function lookUp(nameOrUid: string): Promise<ClusterUser | undefined> {
  try {
    const ask = async (flag: string) => (await execAs(undefined, 'id', [flag, nameOrUid])).stdout.trim();
    const [uid, gid, name] = [Number(await ask('-u')), Number(await ask('-g')), await ask('-un')];
    return uid > 0 && gid > 0 ? { uid, gid, name } : undefined;
  } catch {
    return undefined; // id says "no such user"
  }
}

async function ownerOf(file: string): Promise<{ uid: number; gid: number } | undefined> {
  const found = await lstat(file).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}
