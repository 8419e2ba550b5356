import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a queue holds of one thread is found without going through the queue. */
export class QueueFilters1763800000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the items of a queue under one thread
      CREATE INDEX queue_items_thread ON queue_items (thread_id, queue);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX queue_items_thread;`);
  }
}
