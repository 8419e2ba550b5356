import { DomainError } from '../../platform/errors.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;
const USUAL_DAYS = 30;

/** From a moment on, up to another one that is not in it. */
export interface Period {
  from: Date;
  to: Date;
}

/** A day stands for its beginning in `from`, for its end in `to`. Without them the last 30 days. @throws malformed-parameter */
export function periodOf({ from, to }: { from?: string; to?: string }, now: Date): Period {
  const end = to === undefined ? now.getTime() : Date.parse(to) + (isDay(to) ? DAY_MS : 0);
  const start = from === undefined ? end - USUAL_DAYS * DAY_MS : Date.parse(from);
  if (start >= end) throw wrong('?from', 'It must be before `to`.');
  if (end - start > MOST_DAYS * DAY_MS) throw wrong('?from', `It is at most ${MOST_DAYS} days before \`to\`.`);
  return { from: new Date(start), to: new Date(end) };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

function wrong(pointer: string, detail: string): DomainError {
  return new DomainError('malformed', 'malformed-parameter', `${pointer}: ${detail}`, [{ pointer, detail }]);
}
