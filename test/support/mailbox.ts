import { newId } from '../../src/platform/new-id.js';
import type { App } from './app.js';
import { until } from './until.js';

interface Wanted {
  kind: 'thread' | 'replies' | 'comment';
  commentId?: string;
  readerId?: string;
}

/** A confirmed address, as the double opt-in leaves it. */
export async function confirmedAddress(
  app: App,
  email: string,
  {
    readerId = null as string | null,
    frequency = 'instant',
    timeZone = null as string | null,
    language = null as string | null,
  } = {},
): Promise<string> {
  const { rows } = await app.pool.query<{ id: string }>(
    `INSERT INTO addresses (id, site_id, email, email_key, confirmed_at, frequency, reader_id, time_zone, language)
     SELECT $1, id, $2::text, sha256(convert_to($2::text, 'UTF8')), clock_timestamp(), $3, $4, $5, $6 FROM sites WHERE key = 'demo'
     ON CONFLICT ON CONSTRAINT addresses_once DO UPDATE SET reader_id = coalesce(addresses.reader_id, excluded.reader_id)
     RETURNING id`,
    [newId(), email, frequency, readerId, timeZone, language],
  );
  return rows[0]?.id ?? '';
}

/** A confirmed subscription of a confirmed address. */
export async function subscribed(
  app: App,
  email: string,
  thread: string,
  { kind, commentId, readerId }: Wanted,
): Promise<string> {
  const { rows } = await app.pool.query<{ id: string }>(
    `INSERT INTO subscriptions (id, site_id, kind, thread_id, comment_id, reader_id, address_id, state, confirmed_at)
     SELECT $1, site_id, $2, id, $3, $4, $5, 'confirmed', clock_timestamp() FROM threads WHERE key = $6
     ON CONFLICT ON CONSTRAINT subscriptions_once DO UPDATE SET state = 'confirmed', ended_at = NULL RETURNING id`,
    [newId(), kind, commentId ?? null, readerId ?? null, await confirmedAddress(app, email), thread],
  );
  return rows[0]?.id ?? '';
}

/** Waits until all is told and sent that is due by now, or claimed by a worker. */
export async function mailsAreOut(app: App): Promise<void> {
  await app.settled();
  await until(async () => (await app.count(`SELECT ${WAITING} AS count`)) === 0, 'all that is due to be told and sent');
}

/** A claim and a hand-over last 5 minutes at most, a mail that is tried again waits for less than a minute nowhere. */
const WAITING = `(SELECT count(*) FROM notification_facts
    WHERE done_at IS NULL AND due_at <= clock_timestamp() + interval '3 seconds' AND attempts = 0)
  + (SELECT count(*) FROM mails WHERE state = 'sending' OR state = 'queued' AND (next_at <= clock_timestamp() + interval '3 seconds'
       OR outcome IS NULL AND next_at > clock_timestamp() AND attempts > 0))`;
