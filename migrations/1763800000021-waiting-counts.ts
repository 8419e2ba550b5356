import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Half a point a day: src/moderation/priority.ts. */
const RANK = `priority - extract(epoch FROM entered_at - timestamptz '2020-01-01 00:00:00+00')::float8 / 86400 * 0.5`;

/**
 * What waits gains priority. All gain alike, so the order of two items never changes by that, and can be stored: `rank`
 * is what an item has ahead of one that entered on 1 January 2020 with nothing else.
 */
export class WaitingCounts1763800000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE queue_items ADD COLUMN rank float8 NOT NULL GENERATED ALWAYS AS (${RANK}) STORED;
      DROP INDEX queue_items_priority; DROP INDEX queue_items_escalated;
      -- the next by priority: listing and claiming
      CREATE INDEX queue_items_rank ON queue_items (site_id, queue, rank DESC, entered_at, id);
      -- what is escalated in a queue, by priority
      CREATE INDEX queue_items_escalated ON queue_items (site_id, queue, rank DESC, entered_at, id)
        WHERE escalation_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX queue_items_escalated; DROP INDEX queue_items_rank;
      ALTER TABLE queue_items DROP COLUMN rank;
      -- the next by priority: listing and claiming
      CREATE INDEX queue_items_priority ON queue_items (site_id, queue, priority DESC, entered_at, id);
      -- what is escalated in a queue, by priority
      CREATE INDEX queue_items_escalated ON queue_items (site_id, queue, priority DESC, entered_at, id)
        WHERE escalation_id IS NOT NULL;
    `);
  }
}
