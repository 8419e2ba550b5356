import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Annotations that staff imported from other tools: what each became, so that importing it again changes nothing, and
 * whose they were there. An imported reader has no session and never is a reader who signed in here.
 */
export class Interchange1763800000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imported_annotations (
        thread_id uuid NOT NULL REFERENCES threads ON DELETE CASCADE,
        source_id text NOT NULL,
        site_id uuid NOT NULL,
        passage_id uuid NOT NULL,
        comment_id uuid,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (thread_id, source_id)
      );
      -- where a comment came from
      CREATE UNIQUE INDEX imported_comments ON imported_annotations (comment_id) WHERE comment_id IS NOT NULL;
      -- where a question came from
      CREATE UNIQUE INDEX imported_questions ON imported_annotations (passage_id) WHERE comment_id IS NULL;

      CREATE TABLE imported_readers (
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        creator text NOT NULL,
        reader_id uuid NOT NULL REFERENCES readers ON DELETE CASCADE,
        PRIMARY KEY (site_id, creator)
      );
      -- erasing a reader
      CREATE INDEX imported_readers_reader ON imported_readers (reader_id);

      -- all published comments on passages of a thread, oldest first: the collection of its annotations
      CREATE INDEX listed_annotations ON listed_comments (thread_id, created_at, comment_id)
        WHERE published AND passage_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX listed_annotations;
      DROP TABLE imported_readers; DROP TABLE imported_annotations;
    `);
  }
}
