import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People are found by their names for a mention; names repeat, so the list goes on by id. When a comment is taken down
 * or comes back, those are told whose inbox tells of it.
 */
export class MentionsAndInboxes1763800000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX readers_name;
      -- readers by the beginning of their names: those of a thread for a mention, those of a site for its moderators
      CREATE INDEX readers_name ON readers (site_id, lower(display_name) COLLATE "C", id);
      -- whose inbox tells of a comment
      CREATE INDEX notifications_comment ON notifications (comment_id) INCLUDE (reader_id)
        WHERE reader_id IS NOT NULL AND comment_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX notifications_comment;
      DROP INDEX readers_name;
      -- searching for readers by the beginning of their names
      CREATE INDEX readers_name ON readers (site_id, lower(display_name) text_pattern_ops);
    `);
  }
}
