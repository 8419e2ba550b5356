import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InstanceLock } from './instance-lock.js';
import { identify } from './process-identity.js';

describe('InstanceLock', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
    file = path.join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is held by one until it is released, and leaves nothing behind', () => {
    const lock = InstanceLock.acquire(file);
    expect(() => InstanceLock.acquire(file)).toThrow(`Another Postil uses this DATA_DIR, pid ${process.pid}`);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    InstanceLock.acquire(file).release();
  });

  it('refuses while another process holds it', () => {
    writeFileSync(file, `${process.ppid}\n${identify(process.ppid)}\n`);
    expect(() => InstanceLock.acquire(file)).toThrow(`pid ${process.ppid}`);
  });

  it.each([
    ['a process that is gone', '2147483646\nsome/1\n'],
    ['a process whose id belongs to another one now', `${process.ppid}\nsome/1\n`],
    ['nobody, after a crash of the machine emptied the file', ''],
  ])('takes over from %s', (_, content) => {
    writeFileSync(file, content);
    const lock = InstanceLock.acquire(file);
    expect(readFileSync(file, 'utf8')).toBe(`${process.pid}\n${identify(process.pid)}\n`);
    expect(readdirSync(folder)).toEqual(['lock']);
    lock.release();
  });

  it('does not release what another one took over meanwhile', () => {
    const lock = InstanceLock.acquire(file);
    writeFileSync(file, 'another');
    lock.release();
    expect(readFileSync(file, 'utf8')).toBe('another');
  });
});
