import { parseLsof } from './orphans.js';

describe('parseLsof', () => {
  const OUTPUT = 'p101\nfcwd\nn/srv/a/data\np102\nfcwd\nn/srv/b/data\np103\nfcwd\nn/srv/a/data\n';

  it('finds the processes in one directory, not those in another', () => {
    expect(parseLsof(OUTPUT, '/srv/a/data')).toEqual([101, 103]);
    expect(parseLsof(OUTPUT, '/srv/a')).toEqual([]);
    expect(parseLsof('', '/srv/a/data')).toEqual([]);
  });
});
