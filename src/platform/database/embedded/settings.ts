import { totalmem } from 'node:os';

const MEBIBYTE = 2 ** 20;

/**
 * What the server is started with; `extra` wins. On the command line, so that a changed version of Postil changes
 * them and `postgresql.conf` stays as initdb wrote it.
 */
export function serverSettings(port: number, extra: Record<string, string> = {}): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    // Everything that was acknowledged survives a crash of the machine.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_compression: 'on',
    max_connections: '100',
    shared_buffers: `${sharedBuffers(availableMemory())}MB`,
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // What people write and who they are does not belong into logs: no values of rows, no statements.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...extra,
  };
}

/** An eighth of the memory, between 32 and 256 MiB: the rest of this machine is not ours. */
export function sharedBuffers(memory: number): number {
  return Math.min(256, Math.max(32, Math.floor(memory / MEBIBYTE / 8)));
}

/** Of the machine or of the container, in bytes. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
