import { randomUUID } from 'node:crypto';
import { newId } from '../../src/platform/new-id.js';
import type { App } from './app.js';
import { until } from './until.js';

export interface KeptMail {
  id: string;
  recipient: string;
  subject: string;
  headers: string;
  text: string;
  html: string;
}

/** The mails that a node without a mail server has kept, and addresses that want some. */
export class Mailbox {
  constructor(private readonly app: App) {}

  /** A confirmed address; as the double opt-in leaves it. */
  async address(email: string, { readerId = null as string | null, frequency = 'instant' } = {}): Promise<string> {
    const { rows } = await this.app.pool.query<{ id: string }>(
      `INSERT INTO addresses (id, site_id, email, email_key, confirmed_at, frequency, reader_id)
       SELECT $1, id, $2::text, sha256(convert_to($2::text, 'UTF8')), clock_timestamp(), $3, $4 FROM sites WHERE key = 'demo'
       ON CONFLICT ON CONSTRAINT addresses_once DO UPDATE SET reader_id = coalesce(addresses.reader_id, excluded.reader_id)
       RETURNING id`,
      [newId(), email, frequency, readerId],
    );
    return rows[0]?.id ?? '';
  }

  async subscribe(
    email: string,
    thread: string,
    { kind, commentId = null, readerId = null }: { kind: string; commentId?: string | null; readerId?: string | null },
  ): Promise<string> {
    const { rows } = await this.app.pool.query<{ id: string }>(
      `INSERT INTO subscriptions (id, site_id, kind, thread_id, comment_id, reader_id, address_id, state, confirmed_at)
       SELECT $1, site_id, $2, id, $3, $4, $5, 'confirmed', clock_timestamp() FROM threads WHERE key = $6 RETURNING id`,
      [newId(), kind, commentId, readerId, await this.address(email), thread],
    );
    return rows[0]?.id ?? '';
  }

  /** Waits until so many have come to an address, oldest first. */
  async of(email: string, count: number): Promise<KeptMail[]> {
    let mails: KeptMail[] = [];
    await until(
      async () => (mails = await this.all(email)).length >= count,
      `${count} mails to ${email}`,
      () => `There are ${mails.length}: ${mails.map(({ subject }) => subject).join(' | ')}`,
    );
    return mails;
  }

  async all(email: string): Promise<KeptMail[]> {
    const { rows } = await this.app.pool.query<KeptMail>('SELECT * FROM kept_mails WHERE recipient = $1 ORDER BY at, id', [
      email,
    ]);
    return rows;
  }

  /** Waits until nothing is left to be told or sent that is due. */
  async idle(): Promise<void> {
    await this.app.settled();
    await until(
      async () =>
        (await this.app.count(
          `SELECT (SELECT count(*) FROM notification_facts WHERE done_at IS NULL AND due_at <= clock_timestamp() + interval '1 second')
                + (SELECT count(*) FROM mails WHERE state IN ('queued', 'sending') AND next_at <= clock_timestamp() + interval '6 minutes') AS count`,
        )) === 0,
      'all that is due to be told and sent',
    );
  }

  unique(): string {
    return `${randomUUID()}@example.org`;
  }
}
