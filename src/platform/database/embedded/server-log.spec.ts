import { findComplaint } from './server-log.js';

describe('findComplaint', () => {
  it('takes the last fatal line, without time and process', () => {
    const log = [
      '2026-11-22 10:00:00.000 UTC [12] FATAL:  could not open file',
      '2026-11-22 10:00:01.000 UTC [12] FATAL:  data directory "/srv/data" has wrong ownership',
      '2026-11-22 10:00:01.000 UTC [12] LOG:  database system is shut down',
    ];
    expect(findComplaint(`${log.join('\n')}\n`)).toBe('data directory "/srv/data" has wrong ownership');
  });

  it('takes what the loader says, which has no level', () => {
    expect(findComplaint('postgres: error while loading shared libraries: libxml2.so.2\n\n')).toContain('libxml2');
  });

  it('finds none in an empty log', () => {
    expect(findComplaint('')).toBeUndefined();
  });
});
