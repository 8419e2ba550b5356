import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { endProcessesOfCluster } from '../../src/platform/database/embedded/orphans.js';
import { readPidFile } from '../../src/platform/database/embedded/pid-file.js';
import { identify } from '../../src/platform/database/embedded/process-identity.js';
import { NodeProcess, nodeCommand } from '../support/node-process.js';
import { until } from '../support/until.js';

const HARNESS = 'test/faults/embedded-postgres.harness.ts';

/** A DATA_DIR with the nodes that a test starts on it, and everything that it must end afterwards. */
export class EmbeddedCluster {
  private readonly nodes: NodeProcess[] = [];
  private readonly bystanders: NodeProcess[] = [];

  private constructor(
    readonly folder: string,
    readonly dataDir: string,
  ) {}

  /** @param mode of the folder above DATA_DIR; 0711 lets another user pass */
  static async create(name: string, mode = 0o711): Promise<EmbeddedCluster> {
    const folder = await mkdtemp(path.join(tmpdir(), 'postil-fault-'));
    await chmod(folder, mode);
    return new EmbeddedCluster(folder, path.join(folder, name));
  }

  /**
   * @param command what runs the harness: another clone, say, or a wrapper before it
   * @param settings by default without fsync: what the kernel has survives the death of a process
   */
  node(
    command: (harness: [string, ...string[]]) => [string, ...string[]] = (harness) => harness,
    settings: Record<string, string> = { fsync: 'off' },
  ): NodeProcess {
    const { PATH } = process.env;
    // No LANG, no LC_ALL: as in a container.
    const node = new NodeProcess(command(nodeCommand(HARNESS, [this.dataDir, JSON.stringify(settings)])), {
      env: { PATH },
    });
    this.nodes.push(node);
    return node;
  }

  /** Where the cluster is: below DATA_DIR, or where it moved to. */
  get home(): string {
    const entry = path.join(this.dataDir, 'postgres');
    const location = path.join(entry, 'location');
    return existsSync(location) ? readFileSync(location, 'utf8').trim() : entry;
  }

  get dataDirectory(): string {
    return path.join(this.home, 'data');
  }

  get pidFile(): string {
    return path.join(this.dataDirectory, 'postmaster.pid');
  }

  get postmaster(): number {
    return existsSync(this.pidFile) ? (readPidFile(this.pidFile)?.pid ?? 0) : 0;
  }

  get serverLog(): string {
    return readFileSync(path.join(this.home, 'postgres.log'), 'utf8');
  }

  /** Kills it as a crash would. */
  async kill(pid: number): Promise<void> {
    process.kill(pid, 'SIGKILL');
    await until(() => identify(pid) === undefined, `the end of ${pid}`);
  }

  /** A process of the cluster's user, in the cluster's directory, that is not PostgreSQL. */
  async bystander(): Promise<number> {
    const { uid, gid } = statSync(this.dataDirectory);
    const child = new NodeProcess(['/bin/sh', '-c', 'echo "{\\"running\\": $$}"; read -r _'], {
      cwd: this.dataDirectory,
      ...(process.getuid?.() === 0 && { uid, gid }),
    });
    this.bystanders.push(child);
    return (await child.said('running')) as number;
  }

  async remove(): Promise<void> {
    for (const node of [...this.nodes, ...this.bystanders]) await node.end('SIGKILL');
    const { home, dataDirectory } = this;
    if (existsSync(dataDirectory)) {
      const { uid, gid } = statSync(dataDirectory);
      const user = process.getuid?.() === 0 ? { uid, gid, name: String(uid) } : undefined;
      // A failed test may leave busy backends, which would compute for hours.
      await endProcessesOfCluster(dataDirectory, user, () => undefined);
    }
    if (existsSync(home)) await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

export async function query<T extends pg.QueryResultRow>(url: unknown, sql: string): Promise<T[]> {
  const client = new pg.Client(String(url));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A backend that computes and looks neither at its client nor at the postmaster. Returns its process id. */
export async function occupyBackend(url: unknown): Promise<number> {
  const client = new pg.Client(String(url));
  client.on('error', () => undefined);
  await client.connect();
  const [row] = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
  const pid = row?.pid ?? 0;
  const endless =
    'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b, generate_series(1, 1000) c';
  client.query(endless).catch(() => undefined); // ends with its server
  const busy = `SELECT 1 FROM pg_stat_activity WHERE pid = ${pid} AND state = 'active'`;
  await until(async () => (await query(url, busy)).length === 1, 'a busy backend');
  return pid;
}

/** Whether a program is there; a test that needs one that is missing is skipped by name. */
export function has(program: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0;
}
