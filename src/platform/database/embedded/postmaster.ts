import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.js';
import { spawnAs } from './cluster-user.js';
import { EmbeddedPostgresError } from './errors.js';
import { endProcessesOfCluster } from './orphans.js';
import { identify, isRunning } from './process-identity.js';
import { openServerLog } from './server-log.js';

const POLL_MS = 250;
const SMART_SHUTDOWN_MS = 2_000;
const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;

/** The main process of a running PostgreSQL, ours by birth or adopted. */
export class Postmaster {
  /** Settles when the process has ended, whatever ended it. */
  readonly gone: Promise<void>;
  private ended = false;

  private constructor(
    readonly pid: number,
    readonly port: number,
    private readonly identity: string,
    ended: Promise<void>,
    /** The last complaint it wrote, for an error message. */
    readonly lastWords: () => Promise<string>,
  ) {
    this.gone = ended.then(() => {
      this.ended = true;
    });
  }

  static async launch(cluster: Cluster, port: number, settings: Record<string, string>): Promise<Postmaster> {
    const log = await openServerLog(cluster.folder);
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    let child: ChildProcess;
    try {
      child = spawn(cluster.binaries.postgres, ['-D', cluster.dataDirectory, ...options], {
        ...spawnAs(cluster.user),
        // A session of its own: Ctrl-C in our terminal reaches every process of ours, and PostgreSQL stops last.
        detached: true,
        stdio: ['ignore', log.handle.fd, log.handle.fd],
      });
      await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    } catch (error) {
      throw new EmbeddedPostgresError(`PostgreSQL could not be started: ${(error as Error).message}`, { cause: error });
    } finally {
      await log.handle.close();
    }
    const pid = child.pid ?? 0;
    const ended = new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve();
      else child.once('exit', () => resolve());
    });
    return new Postmaster(pid, port, identify(pid) ?? '', ended, log.lastComplaint);
  }

  /** Not our child, so nobody tells us of its end: it is watched. Undefined when it ended this moment. */
  static adopt(pid: number, port: number): Postmaster | undefined {
    const identity = identify(pid);
    if (identity === undefined) return undefined;
    const watch = async () => {
      while (isRunning(pid, identity)) await delay(POLL_MS);
    };
    return new Postmaster(pid, port, identity, watch(), () => Promise.resolve(`process ${pid} ended`));
  }

  get running(): boolean {
    return !this.ended;
  }

  /**
   * Whoever said goodbye may not have been heard yet, so it waits a moment for its clients to be gone; then fast: open
   * transactions are rolled back, what is committed is written. Harder when that takes too long.
   */
  async shutDown(cluster: Cluster, log: (line: string) => void): Promise<void> {
    if (await this.endsAfter('SIGTERM', SMART_SHUTDOWN_MS)) return;
    if (await this.endsAfter('SIGINT', FAST_SHUTDOWN_MS)) return;
    log(
      `PostgreSQL did not stop within ${FAST_SHUTDOWN_MS / 1000} s: stopping it at once, it recovers at the next start`,
    );
    if (await this.endsAfter('SIGQUIT', IMMEDIATE_SHUTDOWN_MS)) return;
    await endProcessesOfCluster(cluster.dataDirectory, cluster.user, log);
  }

  private async endsAfter(signal: NodeJS.Signals, milliseconds: number): Promise<boolean> {
    // Our own child may be a zombie whose end we have not heard of yet: `gone` tells.
    if (isRunning(this.pid, this.identity)) process.kill(this.pid, signal);
    const limit = new AbortController();
    const timeout = delay(milliseconds, false, { signal: limit.signal }).catch(() => false);
    const ended = await Promise.race([this.gone.then(() => true), timeout]);
    limit.abort();
    return ended;
  }
}
