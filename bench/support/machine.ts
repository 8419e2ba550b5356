import { cpus, loadavg, totalmem } from 'node:os';
import type pg from 'pg';
import { mebibytes } from './units.js';

/** What the figures were measured on; without it they say nothing. */
export async function describeMachine(database: pg.Pool): Promise<string> {
  const server = await database.query<{ server_version: string }>('SHOW server_version');
  const settings = await database.query<{ name: string; setting: string; unit: string | null }>(
    `SELECT name, setting, unit FROM pg_settings
     WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_connections') ORDER BY name`,
  );
  const processors = cpus();
  return [
    `- Date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; load of the last minute before the run: ${loadavg()[0]?.toFixed(1)}`,
    `- Processors: ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}; memory: ${mebibytes(totalmem())}`,
    `- System: ${process.platform} ${process.arch}; Node ${process.versions.node}; PostgreSQL ${server.rows[0]?.server_version}`,
    `- PostgreSQL settings: ${settings.rows.map((row) => `${row.name}=${row.setting}${row.unit ? ` × ${row.unit}` : ''}`).join(', ')}`,
  ].join('\n');
}
