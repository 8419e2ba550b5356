import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A browser shows the notifications of one reader: whoever used it before is found by its address. */
export class PushBrowsers1763800000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the same browser, of another reader
      CREATE INDEX push_subscriptions_endpoint ON push_subscriptions (endpoint);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX push_subscriptions_endpoint');
  }
}
