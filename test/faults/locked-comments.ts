import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { until } from '../support/until.js';
import type { EmbeddedCluster } from './embedded-cluster.js';

/** Holds the table of comments, so that whoever posts waits: a request that stays under way as long as a test likes. */
export class LockedComments {
  private constructor(private readonly client: pg.Client) {}

  static async of(cluster: EmbeddedCluster): Promise<LockedComments> {
    const client = new pg.Client(urlOf(cluster));
    client.on('error', () => undefined); // its server may be killed
    await client.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE comments IN ACCESS EXCLUSIVE MODE');
    return new LockedComments(client);
  }

  async waitedFor(): Promise<void> {
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'postil-web'`;
    await until(async () => {
      // Within a transaction it would go on saying what it said first.
      await this.client.query('SELECT pg_stat_clear_snapshot()');
      return ((await this.client.query(waiting)).rowCount ?? 0) > 0;
    }, 'a request that waits');
  }

  async release(): Promise<void> {
    await this.client.query('ROLLBACK');
    await this.client.end();
  }
}

function urlOf(cluster: EmbeddedCluster): string {
  const [password, port] = ['password', 'port'].map((name) =>
    readFileSync(path.join(cluster.home, name), 'utf8').trim(),
  );
  return `postgres://postil:${password}@127.0.0.1:${port}/postil`;
}
