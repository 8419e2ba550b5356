import { chmod, lstat, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Where root puts what PostgreSQL's user must reach and cannot where it is. */
export const SYSTEM_FOLDER = '/var/lib/postil';

/** Makes a folder that everybody may enter; false where it can't be made or another user could replace what is in it. */
export async function makeTrustedFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    if (!(await isTrusted(folder))) return false;
    await chmod(folder, 0o755);
    return true;
  } catch {
    return false;
  }
}

/** The folder and every one above it belong to root, and nobody else may rename what they hold. */
export async function isTrusted(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found?.isDirectory() || found.uid !== 0) return false;
  const sticky = (found.mode & 0o1000) !== 0;
  if ((found.mode & 0o022) !== 0 && !sticky) return false;
  const parent = path.dirname(folder);
  return parent === folder || isTrusted(parent);
}
