import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identify, isRunning, parseProcStat } from './process-identity.js';

const REST = '1 4711 4711 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 987654 1000 10 18446744073709551615';

describe('parseProcStat', () => {
  it.each(['(postgres)', '(my (odd) name)', '(a b) S 1 (c)'])(
    'finds state and start time behind the name %s',
    (name) => {
      expect(parseProcStat(`4711 ${name} S ${REST}\n`)).toEqual({ state: 'S', startTime: '987654' });
    },
  );

  it('refuses what is cut off', () => {
    expect(parseProcStat('4711 (postgres) S 1 4711')).toBeUndefined();
  });
});

describe('identify', () => {
  it('names a running process alike each time, and differs from another one', () => {
    expect(identify(process.pid)).toBe(identify(process.pid));
    expect(isRunning(process.pid, identify(process.pid) ?? '')).toBe(true);
    expect(isRunning(process.pid, 'what another process with this id had')).toBe(false);
  });

  it('knows that a process has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect(identify(pid)).toBeDefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identify(pid)).toBeUndefined();
  });
});
