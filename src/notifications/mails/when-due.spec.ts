import fc from 'fast-check';
import { whenDue } from './when-due.js';

const daily = (timeZone: string, now: string) =>
  whenDue({ frequency: 'daily', timeZone, windowSeconds: 60 }, new Date(now)).toISOString();

const ZONES = ['UTC', 'Europe/Vienna', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];

describe('whenDue', () => {
  it('waits for quiet, or for the full hour', () => {
    const now = new Date('2026-03-01T10:59:59.999Z');
    const of = (frequency: 'instant' | 'hourly') =>
      whenDue({ frequency, timeZone: 'UTC', windowSeconds: 60 }, now).toISOString();
    expect(of('instant')).toBe('2026-03-01T11:00:59.999Z');
    expect(of('hourly')).toBe('2026-03-01T11:00:00.000Z');
  });

  it.each([
    ['in winter', 'Europe/Vienna', '2026-01-10T12:00:00Z', '2026-01-11T06:00:00.000Z'],
    ['before seven, on the same day', 'Europe/Vienna', '2026-01-10T05:59:59Z', '2026-01-10T06:00:00.000Z'],
    ['at seven, on the next', 'Europe/Vienna', '2026-01-10T06:00:00Z', '2026-01-11T06:00:00.000Z'],
    ['over the night in which clocks go forward', 'Europe/Vienna', '2026-03-28T12:00:00Z', '2026-03-29T05:00:00.000Z'],
    ['over the night in which they go back', 'Europe/Vienna', '2026-10-24T12:00:00Z', '2026-10-25T06:00:00.000Z'],
    ['on the other side of the date line', 'Pacific/Apia', '2026-06-01T18:30:00Z', '2026-06-02T18:00:00.000Z'],
    ['where clocks move by half an hour', 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-03T20:00:00.000Z'],
    ['by quarters of an hour from UTC', 'Asia/Kathmandu', '2026-05-05T00:00:00Z', '2026-05-05T01:15:00.000Z'],
    ['in the west', 'America/New_York', '2026-03-08T04:00:00Z', '2026-03-08T11:00:00.000Z'],
  ])('is at seven in the morning: %s', (_when, timeZone, now, due) => {
    expect(daily(timeZone, now)).toBe(due);
  });

  it('is at seven by the clock of the zone, within 25 hours, whenever it is asked', () => {
    const clock = (timeZone: string) =>
      new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (timeZone, now) => {
        const due = whenDue({ frequency: 'daily', timeZone, windowSeconds: 60 }, now);
        expect(clock(timeZone).format(due)).toBe('07:00');
        expect(due.getTime()).toBeGreaterThan(now.getTime());
        // Samoa left out a day.
        expect(due.getTime() - now.getTime()).toBeLessThanOrEqual((timeZone === 'Pacific/Apia' ? 49 : 25) * 3_600_000);
      }),
    );
  });
});
