import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mentions, and that an own comment is public, can be ended by one click; what was decided about somebody is no list. */
export class MentionsByMail1763800000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE addresses ADD COLUMN tell_mentions boolean NOT NULL DEFAULT true;
      UPDATE addresses SET tell_mentions = tell_own WHERE NOT tell_own;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE addresses DROP COLUMN tell_mentions');
  }
}
