import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Escalations, and the search of comments.
 *
 * `queue_items.escalation_id` repeats what `escalations` says: claims, lists and decisions look at items anyway, and so
 * ask nothing more. `comment_words` is written behind the relay and never by whoever posts; `comment_words_waiting` holds
 * what it has still to look at, at first all there is.
 */
export class ModeratorsTools1763800000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE escalations (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        batch_id uuid NOT NULL,
        staff_id uuid NOT NULL,
        reason text,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'settled', 'withdrawn')),
        decision_id uuid,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        undo_until timestamptz(3) NOT NULL
      );
      -- whether a comment is escalated; once at a time
      CREATE UNIQUE INDEX escalations_open ON escalations (comment_id) WHERE state = 'open';
      -- undoing a batch
      CREATE INDEX escalations_batch ON escalations (batch_id);
      -- what a decision settled: undoing it
      CREATE INDEX escalations_decision ON escalations (decision_id) WHERE decision_id IS NOT NULL;

      ALTER TABLE queue_items ADD COLUMN escalation_id uuid;
      -- what is escalated in a queue, by priority
      CREATE INDEX queue_items_escalated ON queue_items (site_id, queue, priority DESC, entered_at, id)
        WHERE escalation_id IS NOT NULL;

      CREATE TABLE comment_words (
        comment_id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        revision integer NOT NULL,
        language text NOT NULL,
        words tsvector NOT NULL
      );
      -- searching without words, and for words that are in many comments: a site's, newest first
      CREATE INDEX comment_words_site ON comment_words (site_id, created_at, comment_id);
      -- the same of one thread
      CREATE INDEX comment_words_thread ON comment_words (thread_id, created_at, comment_id);
      -- the same of one reader
      CREATE INDEX comment_words_reader ON comment_words (reader_id, created_at, comment_id);
      -- searching for words that are in few; each word begins with its site. A list of pending entries would be read by each search
      CREATE INDEX comment_words_words ON comment_words USING gin (words) WITH (fastupdate = off);

      CREATE TABLE comment_words_waiting (
        comment_id uuid PRIMARY KEY,
        site_id uuid NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
      INSERT INTO comment_words_waiting (comment_id, site_id) SELECT id, site_id FROM comments WHERE status <> 'deleted';

      -- searching for readers by the beginning of their names
      CREATE INDEX readers_name ON readers (site_id, lower(display_name) text_pattern_ops);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX readers_name;
      DROP TABLE comment_words_waiting; DROP TABLE comment_words;
      DROP INDEX queue_items_escalated;
      ALTER TABLE queue_items DROP COLUMN escalation_id;
      DROP TABLE escalations;
    `);
  }
}
