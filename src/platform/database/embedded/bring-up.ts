import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './errors.js';
import { endProcessesOfCluster, processesOfCluster } from './orphans.js';
import { writePrivate } from './owned-file.js';
import { readPidFile } from './pid-file.js';
import { findFreePort, isFree } from './port.js';
import { Postmaster } from './postmaster.js';
import { serverSettings } from './settings.js';

export interface BringUpOptions {
  readonly log: (line: string) => void;
  readonly settings?: Record<string, string>;
  /** Must be this one: given by the caller, or in use by the connections of the application. */
  readonly port?: number;
}

/** The postmaster of this cluster: the one that runs, or a new one after what a dead one left is cleared away. */
export async function bringUp(cluster: Cluster, options: BringUpOptions): Promise<Postmaster> {
  const running = await findRunning(cluster, options.log);
  if (running) {
    options.log(`Adopted the running PostgreSQL, pid ${running.pid}, port ${running.port}`);
    return running;
  }
  await endProcessesOfCluster(cluster.dataDirectory, cluster.user, options.log);
  // Nothing runs in this directory, so the file is stale, even where its process id belongs to somebody else now;
  // PostgreSQL itself would not start then.
  const pidFile = pidFileOf(cluster);
  const stale = readPidFile(pidFile);
  if (stale) options.log(`Removing the pid file of a PostgreSQL that is gone, pid ${stale.pid}`);
  await rm(pidFile, { force: true });
  const port = await choosePort(cluster, options.port);
  return Postmaster.launch(cluster, port, serverSettings(port, options.settings));
}

/** Believes the pid file only when that process works in this data directory. */
async function findRunning(cluster: Cluster, log: (line: string) => void): Promise<Postmaster | undefined> {
  const found = readPidFile(pidFileOf(cluster));
  if (!found) return undefined;
  const processes = await processesOfCluster(cluster.dataDirectory, cluster.user);
  if (!processes.includes(found.pid)) return undefined;
  const postmaster = Postmaster.adopt(found.pid, found.port);
  if (!postmaster || found.status !== 'stopping') return postmaster;
  log(`Waiting for PostgreSQL, pid ${found.pid}, which is stopping`);
  await postmaster.shutDown(cluster, log);
  return undefined;
}

/** The same as last time if it is free, so that what an operator noted stays true. */
async function choosePort(cluster: Cluster, required: number | undefined): Promise<number> {
  const wanted = required ?? (await readPort(cluster));
  if (wanted && (await isFree(wanted))) return remember(cluster, wanted);
  if (required) throw new EmbeddedPostgresError(`Port ${required}, which PostgreSQL should listen on, is taken`);
  return remember(cluster, await findFreePort());
}

async function remember(cluster: Cluster, port: number): Promise<number> {
  if ((await readPort(cluster)) !== port) await writePrivate(path.join(cluster.folder, 'port'), `${port}\n`);
  return port;
}

async function readPort(cluster: Cluster): Promise<number | undefined> {
  const text = await readFile(path.join(cluster.folder, 'port'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}

function pidFileOf(cluster: Cluster): string {
  return path.join(cluster.dataDirectory, 'postmaster.pid');
}
