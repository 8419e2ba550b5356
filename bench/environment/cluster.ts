import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { SUPERUSER } from '../../src/platform/database/embedded/cluster.js';
import { EmbeddedPostgres } from '../../src/platform/database/embedded/index.js';
import { migrate } from '../../src/platform/database/migrate.js';

const BARE = 'bare';
const BARE_ROWS = `CREATE TABLE bare_rows (
  id uuid PRIMARY KEY, body text NOT NULL, created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
)`;

/** One embedded PostgreSQL with the settings of an installation, and in it a database for each side. */
export interface BenchCluster {
  postilUrl: string;
  bareUrl: string;
  postil: pg.Pool;
  bare: pg.Pool;
  stop(): Promise<void>;
}

export async function startCluster(): Promise<BenchCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'postil-bench-'));
  // As root, PostgreSQL runs as another user, who must get in.
  await chmod(folder, 0o711);
  const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
  const bareUrl = withDatabase(postgres.url, BARE);
  const postil = pool(postgres.url);
  const bare = pool(bareUrl);
  const stop = async () => {
    await Promise.all([postil.end(), bare.end()]);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await postil.query(`CREATE DATABASE ${BARE}`);
    await Promise.all([migrate(postgres.url), migrate(bareUrl), mayCheckpoint(postgres.url)]);
    await bare.query(BARE_ROWS);
  } catch (error) {
    await stop();
    throw error;
  }
  return { postilUrl: postgres.url, bareUrl, postil, bare, stop };
}

function pool(url: string): pg.Pool {
  const made = new pg.Pool({ connectionString: url, max: 2, application_name: 'bench' });
  // A query in flight says so itself.
  made.on('error', () => undefined);
  return made;
}

/** A checkpoint between seeding and measuring needs a right that the application does not have. */
async function mayCheckpoint(applicationUrl: string): Promise<void> {
  const url = new URL(withDatabase(applicationUrl, 'postgres'));
  const role = url.username;
  url.username = SUPERUSER;
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(`GRANT pg_checkpoint TO ${client.escapeIdentifier(role)}`);
  await client.end();
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
