import { resolve } from 'node:path';
import pg from 'pg';
import type { Config } from '../platform/config/config.js';
import { reachEmbedded } from '../platform/database/embedded/index.js';
import { pgTypes } from '../platform/database/pg-types.js';

export interface OpenDatabase {
  client: pg.Client;
  /** For the operator, without the password. */
  name: string;
  close(): Promise<void>;
}

/** The database that the server would use. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  const { databaseUrl, dataDir } = config;
  if (databaseUrl !== undefined) {
    const client = await connect(databaseUrl);
    return { client, name: `${nameOf(client)} (DATABASE_URL)`, close: () => client.end() };
  }
  const reached = await reachEmbedded(dataDir, log);
  try {
    const client = await connect(reached.url);
    const state = reached.running ? 'of the server that runs' : 'started for this command: its server does not run';
    const close = async () => {
      await client.end();
      await reached.release();
    };
    return { client, name: `embedded PostgreSQL in ${resolve(dataDir)}, ${state}`, close };
  } catch (error) {
    await reached.release();
    throw error;
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    types: pgTypes,
    application_name: 'postil-cli',
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks fails its query; without a listener it would end the process too.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function nameOf({ host, port, database, user }: pg.Client): string {
  return `${database ?? ''} on ${host}:${port} as ${user ?? ''}`;
}
