import { commentOf, saidBy } from '../../../test/support/screening.js';

/** 2026-11-22 is a Sunday. */
const at = (iso: string) => Date.parse(iso);
const night = { from: '22:00', until: '06:00' };
const lunch = { from: '12:00', until: '13:00' };

describe('hours', () => {
  it.each<[string, Record<string, unknown>, string, boolean]>([
    ['before', lunch, '2026-11-22T11:59:59Z', false],
    ['from', lunch, '2026-11-22T12:00:00Z', true],
    ['until', lunch, '2026-11-22T12:59:59Z', true],
    ['after', lunch, '2026-11-22T13:00:00Z', false],
    ['in the evening', night, '2026-11-22T22:00:00Z', true],
    ['at midnight', night, '2026-11-22T00:00:00Z', true],
    ['in the morning', night, '2026-11-22T05:59:59Z', true],
    ['by day', night, '2026-11-22T06:00:00Z', false],
    ['all day', { from: '08:00', until: '08:00' }, '2026-11-22T07:00:00Z', true],
    ['on its day', { ...lunch, days: ['sun'] }, '2026-11-22T12:30:00Z', true],
    ['on another day', { ...lunch, days: ['mon'] }, '2026-11-22T12:30:00Z', false],
    ['the morning after its day', { ...night, days: ['sun'] }, '2026-11-23T05:00:00Z', true],
    ['the morning of its day', { ...night, days: ['sun'] }, '2026-11-22T05:00:00Z', false],
    ['in a zone of its own', { ...lunch, timeZone: 'Asia/Tokyo' }, '2026-11-22T03:30:00Z', true],
    ['in summer', { ...lunch, timeZone: 'Europe/Vienna' }, '2026-07-22T10:30:00Z', true],
    ['in winter', { ...lunch, timeZone: 'Europe/Vienna' }, '2026-11-22T11:30:00Z', true],
    ['in winter by summer time', { ...lunch, timeZone: 'Europe/Vienna' }, '2026-11-22T10:30:00Z', false],
  ])('%s', async (_what, params, time, inHours) => {
    expect(await saidBy('hours', params, commentOf('Well said', { now: at(time) }))).toHaveLength(inHours ? 1 : 0);
  });

  it("goes by the site's zone", async () => {
    const input = commentOf('Well said', { now: at('2026-11-22T03:30:00Z'), timeZone: 'Asia/Tokyo' });
    expect(await saidBy('hours', lunch, input)).toHaveLength(1);
  });

  it('is silent where the time is not given', async () => {
    expect(await saidBy('hours', { from: '00:00', until: '00:00' }, commentOf('Well said'))).toEqual([]);
  });
});
