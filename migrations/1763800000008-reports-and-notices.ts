import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports by readers, and notices of illegal content by anybody.
 *
 * A report is about one revision, once by each reader; whoever reports again gets the first one back. `decision_id` is
 * the decision that settled it, or that had judged the revision before it came: undoing that decision opens it again.
 *
 * Who sent a notice stands in a table of its own, so that it can be erased and the notice stays.
 */
export class ReportsAndNotices1763800000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reports (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        reader_id uuid NOT NULL,
        reason text NOT NULL,
        text text,
        weight double precision NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'agreed', 'disagreed', 'ignored')),
        decision_id uuid,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        settled_at timestamptz(3),
        CONSTRAINT reports_once UNIQUE (comment_id, reader_id, revision)
      );
      -- what is open about a comment; one of each reader
      CREATE UNIQUE INDEX reports_open ON reports (comment_id, reader_id) WHERE state = 'open';
      -- what a reader has reported, newest first
      CREATE INDEX reports_reader ON reports (reader_id, created_at, id);
      -- a reader's record: the newest verdicts
      CREATE INDEX reports_record ON reports (reader_id, settled_at) WHERE state IN ('agreed', 'disagreed');
      -- what a decision settled: undoing it
      CREATE INDEX reports_decision ON reports (decision_id) WHERE decision_id IS NOT NULL;

      CREATE TABLE notices (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        category text NOT NULL CHECK (category IN ('child-sexual-abuse', 'other')),
        law text NOT NULL,
        explanation text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'removed', 'kept', 'withdrawn')),
        decision_id uuid,
        received_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        decided_at timestamptz(3)
      );
      -- what is open about a comment
      CREATE INDEX notices_open ON notices (comment_id) WHERE state = 'open';
      -- all that was said of a comment, newest first
      CREATE INDEX notices_comment ON notices (comment_id, received_at);
      -- what a decision settled: undoing it
      CREATE INDEX notices_decision ON notices (decision_id) WHERE decision_id IS NOT NULL;

      CREATE TABLE notice_contacts (
        notice_id uuid PRIMARY KEY REFERENCES notices ON DELETE CASCADE,
        site_id uuid NOT NULL,
        name text NOT NULL,
        email text NOT NULL
      );

      -- of what an item's priority is the sum
      ALTER TABLE queue_items ADD COLUMN priority_parts jsonb NOT NULL DEFAULT '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE queue_items DROP COLUMN priority_parts;
      DROP TABLE notice_contacts; DROP TABLE notices; DROP TABLE reports;
    `);
  }
}
