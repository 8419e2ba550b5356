import { ruleKind } from '../rules/rule-kind.js';
import { fields, list, oneOf, optional, text } from '../rules/shape.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Day = (typeof DAYS)[number];

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const clock = text((value) => (TIME.test(value) ? undefined : 'is a time from 00:00 to 23:59'));

function isTimeZone(name: string): boolean {
  try {
    return Boolean(formatter(name));
  } catch {
    return false;
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one takes 50 times as long as using it. There are some 600 zones. @throws RangeError for an unknown zone */
function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' });
  formatters.set(timeZone, made);
  return made;
}

interface Moment {
  day: Day;
  time: string;
}

function momentIn(timeZone: string, now: number): Moment {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const day = DAYS.find((each) => each === parts.get('weekday')?.toLowerCase()) ?? 'mon';
  return { day, time: `${parts.get('hour')}:${parts.get('minute')}` };
}

const dayBefore = (day: Day) => DAYS[(DAYS.indexOf(day) + DAYS.length - 1) % DAYS.length] ?? day;

/** Hours in which nobody watches. `until` before `from` is the next morning, and belongs to the day on which it began. */
export const hoursPhase = ruleKind({
  kind: 'hours',
  action: 'hold',
  params: fields({
    from: clock,
    until: clock,
    days: optional(list(oneOf(...DAYS), { least: 1, most: 7 }), DAYS),
    timeZone: optional(text((name) => (isTimeZone(name) ? undefined : 'is an IANA time zone, such as Europe/Vienna'))),
  }),
  screen({ input }, { from, until, days, timeZone = input.timeZone ?? 'UTC' }) {
    if (input.now === undefined) return [];
    const { day, time } = momentIn(timeZone, input.now);
    const overnight = until <= from;
    const evening = time >= from && (overnight || time < until) && days.includes(day);
    const morning = overnight && time < until && days.includes(dayBefore(day));
    if (!evening && !morning) return [];
    return [{ score: 0, explanation: `From ${from} to ${until} (${timeZone}) a moderator reads comments first.` }];
  },
});
