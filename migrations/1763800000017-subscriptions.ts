import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Addresses that mails go to, what their owners want, and the consents of mailing lists.
 *
 * An address is one of its site, found by a keyed hash: `email` itself can be erased, and who asked never to be written
 * to is still known. `token_generation` stands in every token that is mailed; raising it makes all of them void.
 *
 * What is asked for comes as an `address_asks` row whatever is known of the address, and is looked into behind the
 * answer. A subscription is one ask of one person: with an address it waits for that address to be confirmed; without,
 * it is for the reader's inbox alone. Subscriptions know nothing of mailing lists: each consent is given by itself.
 *
 * `list_consents` is the proof: append-only, ids and codes. `list_members` says what follows from it.
 */
export class Subscriptions1763800000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE addresses (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        -- null: erased
        email text,
        email_key bytea NOT NULL,
        -- null: the site's
        language text,
        time_zone text,
        frequency text NOT NULL DEFAULT 'instant' CHECK (frequency IN ('instant', 'hourly', 'daily')),
        confirmed_at timestamptz(3),
        suppressed_at timestamptz(3),
        suppressed_reason text CHECK (suppressed_reason IN ('owner', 'bounce', 'complaint')),
        token_generation integer NOT NULL DEFAULT 1,
        -- whose own address it has proved to be, and whether that reader wants to hear of what becomes of own comments
        reader_id uuid,
        tell_own boolean NOT NULL DEFAULT true,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        -- when somebody last asked for something in its name
        asked_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT addresses_once UNIQUE (site_id, email_key),
        CHECK ((suppressed_at IS NULL) = (suppressed_reason IS NULL))
      );
      -- forgetting what nobody has confirmed
      CREATE INDEX addresses_unconfirmed ON addresses (asked_at) WHERE confirmed_at IS NULL AND suppressed_at IS NULL;
      -- the address of a reader
      CREATE INDEX addresses_reader ON addresses (reader_id) WHERE reader_id IS NOT NULL;

      CREATE TABLE address_asks (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('subscription', 'list')),
        -- null: the reader's own
        email text,
        reader_id uuid,
        language text NOT NULL,
        network bytea NOT NULL,
        data jsonb NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE confirmation_mails (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        address_id uuid NOT NULL REFERENCES addresses ON DELETE CASCADE,
        -- what it confirms: the address, or a member of a list
        subject_id uuid NOT NULL,
        network bytea NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );
      -- how many one address got lately
      CREATE INDEX confirmation_mails_address ON confirmation_mails (address_id, at);
      -- how many one network asked for lately
      CREATE INDEX confirmation_mails_network ON confirmation_mails (site_id, network, at);
      -- how many one site sent lately
      CREATE INDEX confirmation_mails_site ON confirmation_mails (site_id, at);

      CREATE TABLE subscriptions (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('thread', 'replies', 'comment')),
        thread_id uuid NOT NULL,
        comment_id uuid,
        -- who asked, where that was a reader; null: an address without a session
        reader_id uuid,
        -- null: for the reader's inbox alone
        address_id uuid REFERENCES addresses ON DELETE CASCADE,
        state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'ended')),
        -- whether the address's owner confirmed this very one: whoever asked may be told so
        proved boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        confirmed_at timestamptz(3),
        ended_at timestamptz(3),
        ended_by text CHECK (ended_by IN ('reader', 'mail', 'preferences')),
        CONSTRAINT subscriptions_once UNIQUE NULLS NOT DISTINCT (address_id, reader_id, thread_id, kind, comment_id),
        CHECK (num_nonnulls(reader_id, address_id) > 0),
        CHECK ((kind = 'comment') = (comment_id IS NOT NULL)),
        CHECK ((state = 'ended') = (ended_at IS NOT NULL))
      );
      -- who is told of a new comment in a thread, in pages
      CREATE INDEX subscriptions_thread ON subscriptions (thread_id, kind, id) WHERE state = 'confirmed';
      -- who is told of an answer to one comment, in pages
      CREATE INDEX subscriptions_comment ON subscriptions (comment_id, id)
        WHERE state = 'confirmed' AND comment_id IS NOT NULL;
      -- forgetting what nobody has confirmed
      CREATE INDEX subscriptions_pending ON subscriptions (created_at) WHERE state = 'pending';
      -- what a reader wants of a thread
      CREATE INDEX subscriptions_reader ON subscriptions (reader_id, thread_id) WHERE reader_id IS NOT NULL;

      CREATE TABLE mailing_lists (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        key text NOT NULL,
        name text NOT NULL,
        description text NOT NULL DEFAULT '',
        -- of what is consented to: mailing_list_texts
        text_version integer NOT NULL,
        is_default boolean NOT NULL DEFAULT false,
        closed boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT mailing_lists_key UNIQUE (site_id, key)
      );
      -- the one of a site that is meant where none is named
      CREATE UNIQUE INDEX mailing_lists_default ON mailing_lists (site_id) WHERE is_default;

      CREATE TABLE mailing_list_texts (
        list_id uuid NOT NULL,
        version integer NOT NULL,
        site_id uuid NOT NULL,
        text text NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (list_id, version)
      );

      CREATE TABLE list_members (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        list_id uuid NOT NULL REFERENCES mailing_lists ON DELETE CASCADE,
        address_id uuid NOT NULL REFERENCES addresses ON DELETE CASCADE,
        state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'withdrawn')),
        -- what they were asked with last
        text_version integer NOT NULL,
        asked_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        confirmed_at timestamptz(3),
        withdrawn_at timestamptz(3),
        CONSTRAINT list_members_once UNIQUE (list_id, address_id)
      );
      -- the lists of one address
      CREATE INDEX list_members_address ON list_members (address_id);
      -- forgetting what nobody has confirmed
      CREATE INDEX list_members_pending ON list_members (asked_at) WHERE state = 'pending';
      -- exporting a list, in pages
      CREATE INDEX list_members_export ON list_members (list_id, id) WHERE state = 'confirmed';

      CREATE TABLE list_consents (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        list_id uuid NOT NULL,
        address_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('asked', 'confirmed', 'withdrawn')),
        text_version integer NOT NULL,
        via text NOT NULL CHECK (via IN ('page', 'mail', 'preferences')),
        -- where the box stood: origin and path
        page text,
        language text NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );
      -- the history of one consent
      CREATE INDEX list_consents_member ON list_consents (list_id, address_id, at);

      -- kept apart, so that it goes when its time is over
      CREATE TABLE list_consent_networks (
        consent_id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        network bytea NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );
      -- clearing away what is too old
      CREATE INDEX list_consent_networks_at ON list_consent_networks USING brin (at);

      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON list_consents
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON mailing_list_texts
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE list_consent_networks; DROP TABLE list_consents; DROP TABLE list_members;
      DROP TABLE mailing_list_texts; DROP TABLE mailing_lists;
      DROP TABLE subscriptions; DROP TABLE confirmation_mails; DROP TABLE address_asks; DROP TABLE addresses;
    `);
  }
}
