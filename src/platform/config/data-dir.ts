import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Its message is one line for the operator. */
export class DataDirError extends Error {
  constructor(dataDir: string, cause: unknown) {
    super(`DATA_DIR ${dataDir} can't be written: ${(cause as Error).message}`, { cause });
  }
}

/** @throws DataDirError */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (error) {
    throw new DataDirError(dataDir, error);
  }
}

/** Not by the `recursive` of mkdir: Node tries for ever where a file system takes no folder, such as /proc. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || existsSync(parent)) throw error;
    makeFolder(parent);
    mkdirSync(folder);
  }
}
