import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirError, makeDataDir } from './data-dir.js';

const FILE = 'secret-key';
const BYTES = 48;

/**
 * For development: made once, kept in the data directory, readable by its owner alone.
 * @throws DataDirError
 */
export function readOrMakeSecretKey(dataDir: string): string {
  const file = join(dataDir, FILE);
  makeDataDir(dataDir);
  try {
    // Fails where it stands already, so two starts at once end with one key.
    writeFileSync(file, randomBytes(BYTES).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new DataDirError(dataDir, error);
  }
  return readFileSync(file, 'utf8').trim();
}
