import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Appeals of decisions and sanctions.
 *
 * An item of the queue `appeals` is of an appeal and of no comment: so decisions, reports and the relay, which find items
 * by their comments, leave it alone, and an appeal opens no other queue again. What a reader wrote, and what was answered,
 * stands in `log_texts`, where erasure may empty it.
 */
export class Appeals1763800000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE appeals (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        -- of a decision on a comment, or of a sanction; each can be appealed once
        decision_id uuid UNIQUE,
        comment_id uuid,
        thread_id uuid,
        revision integer,
        sanction_id uuid UNIQUE,
        -- whoever took what is appealed; null: a rule
        staff_id uuid,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'upheld', 'overturned', 'moot')),
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        decided_at timestamptz(3),
        decided_by uuid,
        by_same_staff boolean NOT NULL DEFAULT false,
        effect text CHECK (effect IN ('restored', 'lifted', 'none')),
        CHECK ((decision_id IS NULL) <> (sanction_id IS NULL)),
        CHECK (num_nulls(decision_id, comment_id, thread_id, revision) IN (0, 4)),
        CHECK ((state = 'open') = (decided_at IS NULL)),
        CHECK ((state IN ('upheld', 'overturned')) = (decided_by IS NOT NULL)),
        CHECK ((state = 'overturned') = (effect IS NOT NULL))
      );
      -- what a reader has appealed, newest first
      CREATE INDEX appeals_reader ON appeals (reader_id, at, id);
      -- a site's appeals, newest first
      CREATE INDEX appeals_site ON appeals (site_id, at, id);
      -- those of one state, newest first
      CREATE INDEX appeals_state ON appeals (site_id, state, at, id);
      -- what another decision on the comment ends, or opens again
      CREATE INDEX appeals_comment ON appeals (comment_id) WHERE state IN ('open', 'moot');

      ALTER TABLE queue_items
        ALTER COLUMN comment_id DROP NOT NULL, ALTER COLUMN thread_id DROP NOT NULL, ALTER COLUMN revision DROP NOT NULL,
        ADD COLUMN appeal_id uuid,
        ADD CONSTRAINT queue_items_subject CHECK ((comment_id IS NULL) <> (appeal_id IS NULL));
      -- the item of an appeal
      CREATE UNIQUE INDEX queue_items_appeal ON queue_items (appeal_id) WHERE appeal_id IS NOT NULL;

      ALTER TABLE log_texts DROP CONSTRAINT log_texts_kind_check,
        ADD CONSTRAINT log_texts_kind_check CHECK (kind IN ('explanation', 'note', 'appeal'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM log_texts WHERE kind = 'appeal' OR owner_id IN (SELECT id FROM appeals);
      ALTER TABLE log_texts DROP CONSTRAINT log_texts_kind_check,
        ADD CONSTRAINT log_texts_kind_check CHECK (kind IN ('explanation', 'note'));
      DELETE FROM queue_items WHERE appeal_id IS NOT NULL;
      DROP INDEX queue_items_appeal;
      ALTER TABLE queue_items
        DROP CONSTRAINT queue_items_subject, DROP COLUMN appeal_id,
        ALTER COLUMN comment_id SET NOT NULL, ALTER COLUMN thread_id SET NOT NULL, ALTER COLUMN revision SET NOT NULL;
      DROP TABLE appeals;
    `);
  }
}
