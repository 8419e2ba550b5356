import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Queues, claims, decisions and the log.
 *
 * `queue_counts` is a ledger: triggers on `queue_items` add what entered and left, whoever caused it, and a reader sums
 * the few rows that the relay has not yet folded together. So a count is exact in every snapshot, costs nothing at
 * 100,000 items, and no two moderators wait for one counter.
 */
export class Moderation1763800000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE queue_items (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        queue text NOT NULL,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        priority double precision NOT NULL DEFAULT 0,
        reasons jsonb NOT NULL DEFAULT '[]',
        entered_at timestamptz(3) NOT NULL,
        claimed_by uuid,
        claimed_until timestamptz(3),
        UNIQUE (comment_id, queue)
      ) WITH (fillfactor = 80);
      -- the next by priority: listing and claiming
      CREATE INDEX queue_items_priority ON queue_items (site_id, queue, priority DESC, entered_at, id);
      -- oldest and newest first; the oldest item's age
      CREATE INDEX queue_items_entered ON queue_items (site_id, queue, entered_at, id);
      -- what one person holds; which claims ran out
      CREATE INDEX queue_items_claimed ON queue_items (claimed_by, claimed_until) WHERE claimed_by IS NOT NULL;
      -- how many of a queue are held
      CREATE INDEX queue_items_held ON queue_items (site_id, queue, claimed_until) WHERE claimed_by IS NOT NULL;

      CREATE TABLE queue_skips (
        item_id uuid NOT NULL REFERENCES queue_items ON DELETE CASCADE,
        staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
        site_id uuid NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (item_id, staff_id)
      );

      CREATE TABLE queue_counts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id uuid NOT NULL,
        queue text NOT NULL,
        items bigint NOT NULL
      );
      -- the sum of one queue's ledger
      CREATE INDEX queue_counts_queue ON queue_counts (site_id, queue) INCLUDE (items);

      CREATE FUNCTION queue_items_entered() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO queue_counts (site_id, queue, items) SELECT site_id, queue, count(*) FROM changed GROUP BY 1, 2;
          RETURN NULL;
        END $$;
      CREATE FUNCTION queue_items_left() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO queue_counts (site_id, queue, items) SELECT site_id, queue, -count(*) FROM changed GROUP BY 1, 2;
          RETURN NULL;
        END $$;
      CREATE TRIGGER queue_items_entered AFTER INSERT ON queue_items
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_items_entered();
      CREATE TRIGGER queue_items_left AFTER DELETE ON queue_items
        REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_items_left();

      CREATE TABLE decision_batches (
        id uuid PRIMARY KEY,
        staff_id uuid NOT NULL,
        action text NOT NULL,
        idempotency_key text,
        request_digest bytea NOT NULL,
        answer jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        undoes uuid UNIQUE,
        CONSTRAINT decision_batches_once UNIQUE (staff_id, idempotency_key)
      );

      CREATE TABLE decisions (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        batch_id uuid,
        action text NOT NULL,
        from_status text NOT NULL,
        from_decided_by text NOT NULL,
        from_decision_id uuid,
        to_status text NOT NULL,
        decided_by text NOT NULL CHECK (decided_by IN ('none', 'rule', 'human')),
        staff_id uuid,
        reason text,
        undo_until timestamptz(3),
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );
      -- a comment's history
      CREATE INDEX decisions_comment ON decisions (comment_id, at);
      -- undoing a batch
      CREATE INDEX decisions_batch ON decisions (batch_id);

      CREATE TABLE log_entries (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        actor_kind text NOT NULL CHECK (actor_kind IN ('staff', 'reader', 'rule', 'system')),
        actor_id uuid,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id uuid NOT NULL,
        codes jsonb NOT NULL DEFAULT '{}'
      );
      -- who did what, newest first
      CREATE INDEX log_entries_site ON log_entries (site_id, at, id);
      -- what happened to one thing
      CREATE INDEX log_entries_subject ON log_entries (subject_id, at);

      -- texts and notes of decisions and entries, kept apart so that erasure may empty them
      CREATE TABLE log_texts (
        owner_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('explanation', 'note')),
        site_id uuid NOT NULL,
        text text NOT NULL,
        PRIMARY KEY (owner_id, kind)
      );

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
        END $$;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE log_texts; DROP TABLE log_entries; DROP TABLE decisions; DROP TABLE decision_batches;
      DROP FUNCTION refuse_change();
      DROP TABLE queue_counts; DROP TABLE queue_skips; DROP TABLE queue_items;
      DROP FUNCTION queue_items_left(); DROP FUNCTION queue_items_entered();
    `);
  }
}
