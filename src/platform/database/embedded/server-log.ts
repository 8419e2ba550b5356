import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { giveToOwnerOf } from './owned-file.js';

const MAX_BYTES = 10 * 2 ** 20;

export interface ServerLog {
  readonly handle: FileHandle;
  /** What the server complained of since this log was opened. */
  lastComplaint(): Promise<string>;
}

/** `postgres.log`, appended to; a big one makes way when the server starts, and one old one is kept. */
export async function openServerLog(folder: string): Promise<ServerLog> {
  const file = path.join(folder, 'postgres.log');
  const size = (await lstat(file).catch(() => undefined))?.size ?? 0;
  if (size > MAX_BYTES) await rename(file, `${file}.1`);
  const start = size > MAX_BYTES ? 0 : size;
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
  const handle = await open(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
  await giveToOwnerOf(folder, file);
  const lastComplaint = async () => {
    const written = (await readFile(file)).subarray(start).toString('utf8');
    return `${findComplaint(written) ?? 'it said nothing'} (${file})`;
  };
  return { handle, lastComplaint };
}

/** The last fatal line without its time, or else the last line: a loader's complaint has no level. */
export function findComplaint(log: string): string | undefined {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const fatal = lines.findLast((line) => /\b(FATAL|PANIC):/.test(line));
  return fatal?.replace(/^.*?\b(FATAL|PANIC):\s*/, '') ?? lines.at(-1);
}
