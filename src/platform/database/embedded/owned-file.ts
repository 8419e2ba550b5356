import { randomUUID } from 'node:crypto';
import { lchown, lstat, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Written whole or not at all, never through a link that somebody put there, and owned by who owns the folder. */
export async function writePrivate(file: string, content: string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`;
  await writeFile(unfinished, content, { flag: 'wx', mode: 0o600, flush: true });
  await giveToOwnerOf(path.dirname(file), unfinished);
  await rename(unfinished, file);
}

/** So that who owns DATA_DIR can start Postil without root another time. */
export async function giveToOwnerOf(folder: string, file: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await lstat(folder);
  await lchown(file, uid, gid);
}
