import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The outbox: one row for each fact that readers, moderators or jobs may have to learn of, written in the transaction
 * that made it true. The relay takes rows by id and deletes what it has folded, so what stands here is what is still
 * to do. A row that can't be folded is moved to `outbox_parked`.
 */
export class Stream1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id uuid NOT NULL,
        stream_id uuid,
        subject_id uuid NOT NULL,
        topic text NOT NULL,
        from_status text,
        to_status text,
        data jsonb,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        attempts smallint NOT NULL DEFAULT 0
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

      CREATE TABLE outbox_parked (
        id bigint PRIMARY KEY,
        site_id uuid NOT NULL,
        stream_id uuid,
        subject_id uuid NOT NULL,
        topic text NOT NULL,
        from_status text,
        to_status text,
        data jsonb,
        at timestamptz(3) NOT NULL,
        attempts smallint NOT NULL,
        error text NOT NULL,
        parked_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE outbox_parked; DROP TABLE outbox;`);
  }
}
