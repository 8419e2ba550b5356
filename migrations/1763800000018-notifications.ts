import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is to learn of what, and the mails that say it.
 *
 * `notification_facts` is written by the relay, a row for each thing that somebody may have to learn; a worker turns it
 * into `notifications` page by page, and notes after each page how far it is. A notification is of a reader's inbox or of
 * an address, holds ids alone, and is one for an event and person: whatever crashes, it is not written twice. Addresses'
 * notifications are gathered in `mails` by `mail_items`; `bucket` names what more may still join a mail that waits.
 *
 * A mail is `sending` before it is handed to the mail server. What a killed worker leaves in that state becomes
 * `uncertain`, never `queued` again: at most once.
 */
export class Notifications1763800000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notification_facts (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        kind text NOT NULL,
        subject_id uuid NOT NULL,
        due_at timestamptz(3) NOT NULL,
        -- how far the pages have come
        cursor jsonb,
        attempts smallint NOT NULL DEFAULT 0,
        done_at timestamptz(3),
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT notification_facts_once UNIQUE (subject_id, kind)
      );
      -- the next to be told
      CREATE INDEX notification_facts_due ON notification_facts (due_at) WHERE done_at IS NULL;
      -- clearing away what was told long ago
      CREATE INDEX notification_facts_done ON notification_facts USING brin (done_at);

      CREATE TABLE notifications (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        reader_id uuid,
        address_id uuid,
        kind text NOT NULL,
        event_key text NOT NULL,
        thread_id uuid,
        comment_id uuid,
        -- the decision, report, sanction or appeal that it is about
        subject_id uuid,
        -- for which it was made; null: for nobody's but the reader's own
        subscription_id uuid,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        read_at timestamptz(3),
        CHECK (num_nonnulls(reader_id, address_id) = 1)
      );
      -- one for an event and person
      CREATE UNIQUE INDEX notifications_reader_once ON notifications (reader_id, event_key) WHERE reader_id IS NOT NULL;
      -- the same of an address
      CREATE UNIQUE INDEX notifications_address_once ON notifications (address_id, event_key) WHERE address_id IS NOT NULL;
      -- a page of the inbox, newest first
      CREATE INDEX notifications_inbox ON notifications (reader_id, created_at, id) WHERE reader_id IS NOT NULL;
      -- how many are unread; marking them read
      CREATE INDEX notifications_unread ON notifications (reader_id, id) WHERE reader_id IS NOT NULL AND read_at IS NULL;
      -- clearing away what is old
      CREATE INDEX notifications_created ON notifications USING brin (created_at);

      CREATE TABLE mails (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        -- to whom: one of the three
        address_id uuid,
        staff_id uuid,
        notice_id uuid,
        kind text NOT NULL,
        key text NOT NULL,
        thread_id uuid,
        -- what may still join it; null: nothing any more
        bucket text,
        data jsonb NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'queued'
          CHECK (state IN ('queued', 'sending', 'sent', 'dropped', 'failed', 'uncertain')),
        -- when it is to be tried; while a worker is at it, when that worker is given up
        next_at timestamptz(3) NOT NULL,
        attempts smallint NOT NULL DEFAULT 0,
        -- what the last attempt came to: the mail server's codes, or why it was dropped
        outcome text,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        finished_at timestamptz(3),
        CONSTRAINT mails_once UNIQUE (site_id, key),
        CHECK (num_nonnulls(address_id, staff_id, notice_id) = 1)
      ) WITH (fillfactor = 80);
      -- the next to be sent, and those whose worker is gone
      CREATE INDEX mails_due ON mails (next_at) WHERE state IN ('queued', 'sending');
      -- the one mail that more may join
      CREATE UNIQUE INDEX mails_bucket ON mails (address_id, bucket) WHERE bucket IS NOT NULL;
      -- what staff have to look at, newest first
      CREATE INDEX mails_troubled ON mails (site_id, state, created_at, id) WHERE state IN ('failed', 'uncertain');
      -- what was sent to one address: forgetting it
      CREATE INDEX mails_address ON mails (address_id) WHERE address_id IS NOT NULL;
      -- clearing away what is over
      CREATE INDEX mails_finished ON mails USING brin (finished_at);

      CREATE TABLE mail_items (
        mail_id uuid NOT NULL REFERENCES mails ON DELETE CASCADE,
        notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
        site_id uuid NOT NULL,
        PRIMARY KEY (mail_id, notification_id)
      );
      -- clearing away a notification
      CREATE INDEX mail_items_notification ON mail_items (notification_id);

      -- without a mail server: what would have gone out, for /dev/mail
      CREATE TABLE kept_mails (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        recipient text NOT NULL,
        subject text NOT NULL,
        headers text NOT NULL,
        text text NOT NULL,
        html text NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE push_subscriptions (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        endpoint text NOT NULL,
        p256dh text NOT NULL,
        auth text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT push_subscriptions_once UNIQUE (reader_id, endpoint)
      );

      CREATE TABLE pushes (
        notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
        subscription_id uuid NOT NULL REFERENCES push_subscriptions ON DELETE CASCADE,
        site_id uuid NOT NULL,
        next_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        attempts smallint NOT NULL DEFAULT 0,
        PRIMARY KEY (notification_id, subscription_id)
      );
      -- the next to be pushed
      CREATE INDEX pushes_due ON pushes (next_at);
      -- a browser that said goodbye
      CREATE INDEX pushes_subscription ON pushes (subscription_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE pushes; DROP TABLE push_subscriptions; DROP TABLE kept_mails; DROP TABLE mail_items; DROP TABLE mails;
      DROP TABLE notifications; DROP TABLE notification_facts;
    `);
  }
}
