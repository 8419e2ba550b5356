import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Webhooks: where sites want to be told, what they are to be told, and what became of it. A delivery holds ids; what it
 * says is read when it is sent.
 */
export class Webhooks1763800000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoints (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        url text NOT NULL,
        description text NOT NULL DEFAULT '',
        types text[] NOT NULL,
        -- whether what happens in a thread is told in order: the next waits for the one before
        ordered boolean NOT NULL,
        -- why nothing is sent; null: it is
        disabled text CHECK (disabled IN ('staff', 'failing', 'gone')),
        disabled_at timestamptz(3),
        -- since when every attempt failed
        failing_since timestamptz(3),
        -- sealed
        secret bytea NOT NULL,
        previous_secret bytea,
        previous_until timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CHECK ((disabled IS NULL) = (disabled_at IS NULL)),
        CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
      );
      -- a site's list
      CREATE INDEX webhook_endpoints_site ON webhook_endpoints (site_id, id);

      CREATE TABLE webhook_deliveries (
        -- the webhook-id: the same in every attempt
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
        -- the outbox row's id: the order of what happened; null: a test
        fact_id bigint,
        type text NOT NULL,
        thread_id uuid,
        subject_id uuid NOT NULL,
        data jsonb NOT NULL DEFAULT '{}',
        -- when it happened
        at timestamptz(3) NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dropped', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        -- whoever is at it has until then
        leased_until timestamptz(3),
        ended_at timestamptz(3),
        -- a fact that is folded twice is told once
        CONSTRAINT webhook_deliveries_once UNIQUE (endpoint_id, fact_id, type)
      );
      -- what is due, by endpoint
      CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_at) WHERE state = 'waiting';
      -- what stands before one in its thread
      CREATE INDEX webhook_deliveries_order ON webhook_deliveries (endpoint_id, thread_id, fact_id) WHERE state = 'waiting';
      -- the log of an endpoint, newest first
      CREATE INDEX webhook_deliveries_log ON webhook_deliveries (endpoint_id, id);
      -- what has been kept long enough
      CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;

      CREATE TABLE webhook_attempts (
        delivery_id uuid NOT NULL REFERENCES webhook_deliveries ON DELETE CASCADE,
        n integer NOT NULL,
        site_id uuid NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        milliseconds integer NOT NULL,
        -- of the answer; null: there was none
        status integer,
        -- why there was none, or the beginning of what it said
        detail text NOT NULL DEFAULT '',
        PRIMARY KEY (delivery_id, n)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_attempts; DROP TABLE webhook_deliveries; DROP TABLE webhook_endpoints');
  }
}
