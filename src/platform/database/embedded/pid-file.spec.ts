import { parsePidFile } from './pid-file.js';

const READY = '4711\n/srv/postil data/é\n1790000000\n23456\n\n127.0.0.1\n 12345 678\nready   \n';

describe('parsePidFile', () => {
  it('reads what a running server wrote', () => {
    expect(parsePidFile(READY)).toEqual({
      pid: 4711,
      dataDirectory: '/srv/postil data/é',
      port: 23456,
      status: 'ready',
    });
  });

  it('reads one that is still being written', () => {
    expect(parsePidFile('4711\n/srv/data\n')).toEqual({ pid: 4711, dataDirectory: '/srv/data', port: 0, status: '' });
  });

  it('takes the process id of a stand-alone backend, which is negated', () => {
    expect(parsePidFile('-4711\n/srv/data\n')?.pid).toBe(4711);
  });

  it.each(['', '\n', 'garbage\n', '0\n'])('finds no process in %j', (text) => {
    expect(parsePidFile(text)).toBeUndefined();
  });
});
