import type { Frequency } from '../addresses/address.store.js';

/** When daily mails go out, by the clock of whoever gets them. */
const DAILY_HOUR = 7;
const HOUR_MS = 3_600_000;

/** A mail of a burst waits for quiet, but at most this many times as long. */
export const LONGEST_WAIT_WINDOWS = 5;

export interface Rhythm {
  frequency: Frequency;
  /** IANA. */
  timeZone: string;
  /** How long it must have been quiet before a mail goes out at once. */
  windowSeconds: number;
}

/** When a mail that is wanted now is due: after the quiet window, with the full hour, or at seven in the morning. */
export function whenDue({ frequency, timeZone, windowSeconds }: Rhythm, now: Date): Date {
  if (frequency === 'instant') return new Date(now.getTime() + windowSeconds * 1_000);
  if (frequency === 'hourly') return new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS);
  return nextMorning(timeZone, now);
}

function nextMorning(timeZone: string, now: Date): Date {
  const today = wallClock(timeZone, now);
  for (let day = 0; ; day++) {
    const date = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + day, DAILY_HOUR));
    const at = instantOf(timeZone, date);
    if (at > now) return at;
  }
}

/**
 * The instant at which the clocks of a zone show `wall`. The first guess may lie on the other side of a change of the
 * clocks; the second has that side's offset.
 */
function instantOf(timeZone: string, wall: Date): Date {
  let at = wall.getTime();
  for (let guess = 0; guess < 2; guess++) at = wall.getTime() - offset(timeZone, new Date(at));
  return new Date(at);
}

function offset(timeZone: string, at: Date): number {
  return wallClock(timeZone, at).getTime() - Math.floor(at.getTime() / 1_000) * 1_000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show, as if it were UTC; to the second. */
function wallClock(timeZone: string, at: Date): Date {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    clock = new Intl.DateTimeFormat('en-US', { ...parts, second: 'numeric', hourCycle: 'h23', timeZone });
    clocks.set(timeZone, clock);
  }
  const shown = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day = 1] = [shown.get('year'), shown.get('month'), shown.get('day')];
  return new Date(Date.UTC(year, month - 1, day, shown.get('hour'), shown.get('minute'), shown.get('second')));
}
