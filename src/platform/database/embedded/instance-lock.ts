import { createHash, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DataDirInUseError, codeOf } from './errors.js';
import { identify, isRunning } from './process-identity.js';

/**
 * One node for one DATA_DIR. A file with the process that holds it; it survives kill -9, and then the next node
 * sees that this process (not just its id, which may be used again) runs no more.
 */
export class InstanceLock {
  private constructor(
    private readonly file: string,
    private readonly content: string,
  ) {}

  /** @throws DataDirInUseError when a running process holds it */
  static acquire(file: string): InstanceLock {
    const content = `${process.pid}\n${identify(process.pid)}\n`;
    claim(file, content);
    return new InstanceLock(file, content);
  }

  release(): void {
    if (read(this.file) === this.content) rmSync(this.file, { force: true });
  }
}

/** link(2) makes the file with its content in one step, for one process only. */
function claim(file: string, content: string): void {
  const mine = `${file}.${randomUUID()}`;
  writeFileSync(mine, content, { flag: 'wx', mode: 0o644 });
  try {
    for (;;) {
      try {
        linkSync(mine, file);
        return;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const found = read(file);
      if (found === undefined) continue; // released this moment
      refuseIfHeld(found);
      // Of several nodes that see the same dead holder, one alone wins its succession; whoever comes late sees
      // another content. Were the file simply removed, a slow one could remove the winner's.
      const succession = `${file}.after-${createHash('sha256').update(found).digest('hex').slice(0, 16)}`;
      claim(succession, content);
      try {
        if (read(file) !== found) continue;
        renameSync(mine, file);
        return;
      } finally {
        rmSync(succession, { force: true });
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function refuseIfHeld(content: string): void {
  const [pid, identity] = content.split('\n');
  if (Number(pid) > 0 && identity && isRunning(Number(pid), identity)) {
    throw new DataDirInUseError(`Another Postil uses this DATA_DIR, pid ${pid}`);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
