import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sanctions of readers, and long work that they order.
 *
 * `sanctions` is the record. `readers.sanctions` says of it what is in force, strictest first, because posting reads
 * that row anyway: written under the row's lock by whoever places, lifts or acknowledges one. What runs out there runs
 * out by the clock alone: no job has to come by.
 */
export class Sanctions1763800000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sanctions (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        reader_id uuid NOT NULL REFERENCES readers ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('ban', 'suspend', 'warn', 'premoderate')),
        reason text NOT NULL,
        explanation text NOT NULL,
        note text,
        until timestamptz(3),
        staff_id uuid NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        acknowledged_at timestamptz(3),
        lifted_at timestamptz(3),
        lifted_by uuid,
        lift_reason text,
        lift_note text,
        CHECK (until IS NULL OR kind IN ('suspend', 'premoderate')),
        CHECK (until IS NOT NULL OR kind <> 'suspend'),
        CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
      );
      -- a reader's sanctions: what is in force, strikes, the record
      CREATE INDEX sanctions_reader ON sanctions (reader_id, at);

      -- null: nothing is in force
      ALTER TABLE readers ADD COLUMN sanctions jsonb;
      -- other readers with the same address: a hint for staff
      CREATE INDEX readers_email ON readers (lower(email)) WHERE email IS NOT NULL;

      -- Those of a reader's row that are in force at this moment, strictest first; null where none is.
      CREATE FUNCTION sanctions_in_force(stored jsonb) RETURNS jsonb LANGUAGE sql VOLATILE STRICT AS $$
        SELECT jsonb_agg(one ORDER BY n) FROM jsonb_array_elements(stored) WITH ORDINALITY AS s(one, n)
        WHERE one->>'until' IS NULL OR (one->>'until')::timestamptz > clock_timestamp()
      $$;

      CREATE TABLE moderation_jobs (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('reject-published')),
        sanction_id uuid NOT NULL REFERENCES sanctions ON DELETE CASCADE,
        reader_id uuid NOT NULL,
        staff_id uuid NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'stopped')),
        total integer NOT NULL,
        done integer NOT NULL DEFAULT 0,
        skipped integer NOT NULL DEFAULT 0,
        -- where it is: the last comment's thread, time and id
        cursor jsonb,
        batches uuid[] NOT NULL DEFAULT '{}',
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        looked_at timestamptz(3),
        started_at timestamptz(3),
        finished_at timestamptz(3)
      );
      -- what was left unfinished by a worker that is gone
      CREATE INDEX moderation_jobs_open ON moderation_jobs (at) WHERE finished_at IS NULL;
      -- the jobs that a sanction has ordered
      CREATE INDEX moderation_jobs_sanction ON moderation_jobs (sanction_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE moderation_jobs;
      DROP FUNCTION sanctions_in_force(jsonb);
      DROP INDEX readers_email;
      ALTER TABLE readers DROP COLUMN sanctions;
      DROP TABLE sanctions;
    `);
  }
}
