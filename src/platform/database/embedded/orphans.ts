import { setTimeout as delay } from 'node:timers/promises';
import { type ClusterUser, execAs } from './cluster-user.js';
import { EmbeddedPostgresError } from './errors.js';

/** Every process named postgres whose working directory is `$1`; `-ef` compares device and inode. */
const LINUX_SCRIPT = `
for process in /proc/[0-9]*; do
  [ "$process/cwd" -ef "$1" ] && read -r name < "$process/comm" && [ "$name" = postgres ] && echo "\${process#/proc/}"
done 2>/dev/null
true`;

/**
 * The server processes of this cluster: PostgreSQL makes the data directory its working directory. Asked as the
 * cluster's user: root in a container may not read the `/proc/<pid>/cwd` of others (it lacks CAP_SYS_PTRACE).
 * Elsewhere than on Linux by lsof, which macOS has; without it none are seen, and PostgreSQL's own check of
 * `postmaster.pid` and of its shared memory is what remains.
 */
export async function processesOfCluster(dataDirectory: string, user: ClusterUser | undefined): Promise<number[]> {
  if (process.platform === 'linux') {
    const { stdout } = await execAs(user, '/bin/sh', ['-c', LINUX_SCRIPT, 'sh', dataDirectory]);
    return stdout.split('\n').filter(Boolean).map(Number);
  }
  // lsof ends with 1 when it finds nothing.
  const { stdout } = await execAs(user, 'lsof', ['-a', '-c', 'postgres', '-d', 'cwd', '-F', 'pn']).catch(() => ({
    stdout: '',
  }));
  return parseLsof(stdout, dataDirectory);
}

/** `-F pn` prints a line `p<pid>` for each process, then `n<path>` for its files. */
export function parseLsof(output: string, directory: string): number[] {
  const pids: number[] = [];
  let pid = 0;
  for (const line of output.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    if (line === `n${directory}`) pids.push(pid);
  }
  return pids;
}

/**
 * Ends what a dead postmaster left: a busy backend does not notice, holds the shared memory, and PostgreSQL then
 * refuses to start. Killing is safe: what was acknowledged is in the WAL, and recovery follows anyway.
 */
export async function endProcessesOfCluster(
  dataDirectory: string,
  user: ClusterUser | undefined,
  log: (line: string) => void,
): Promise<void> {
  const deadline = Date.now() + 30_000;
  const ended = new Set<number>();
  for (;;) {
    const pids = await processesOfCluster(dataDirectory, user);
    if (pids.length === 0) break;
    for (const pid of pids) {
      ended.add(pid);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself; the next round tells.
      }
    }
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(`Processes ${pids.join(', ')} still use ${dataDirectory} and cannot be ended`);
    }
    await delay(50);
  }
  if (ended.size > 0) log(`Ended ${ended.size} orphaned PostgreSQL processes: ${[...ended].join(', ')}`);
}
