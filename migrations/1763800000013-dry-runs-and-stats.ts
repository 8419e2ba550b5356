import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Dry-runs of rules, figures by day, and alarms of queues.
 *
 * The ledger of queue counts learns when its rows were written and how many of them came and went, so that what the
 * relay folds away once a second can be added to the figures: no further row for whoever posts or decides.
 */
export class DryRunsAndStats1763800000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rule_dry_runs (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        staff_id uuid NOT NULL,
        rule jsonb NOT NULL,
        -- one of both: so many comments, or those since a time
        last_comments integer,
        since timestamptz(3),
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
        -- null: not counted yet
        total integer,
        done integer NOT NULL DEFAULT 0,
        -- the range of comments, and the last one that is done
        first_id uuid,
        last_id uuid,
        cursor uuid,
        tally jsonb,
        -- whoever works on it, and until when nobody else may
        worker uuid,
        leased_until timestamptz(3),
        attempts smallint NOT NULL DEFAULT 0,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        started_at timestamptz(3),
        finished_at timestamptz(3),
        CHECK ((last_comments IS NULL) <> (since IS NULL))
      );
      -- a site's dry-runs, newest first
      CREATE INDEX rule_dry_runs_site ON rule_dry_runs (site_id, at, id);
      -- what is to be worked on
      CREATE INDEX rule_dry_runs_open ON rule_dry_runs (at) WHERE finished_at IS NULL;

      -- the texts that a dry-run has gone past, by digest: for rules about repeats
      CREATE TABLE dry_run_texts (
        dry_run_id uuid NOT NULL REFERENCES rule_dry_runs ON DELETE CASCADE,
        comment_id uuid NOT NULL,
        site_id uuid NOT NULL,
        digest text NOT NULL,
        reader_id uuid NOT NULL,
        at timestamptz(3) NOT NULL,
        PRIMARY KEY (dry_run_id, comment_id)
      );
      -- what was posted with the same text
      CREATE INDEX dry_run_texts_digest ON dry_run_texts (dry_run_id, digest, at);

      ALTER TABLE queue_counts
        ADD COLUMN at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        ADD COLUMN entered integer NOT NULL DEFAULT 0,
        ADD COLUMN departed integer NOT NULL DEFAULT 0;
      CREATE OR REPLACE FUNCTION queue_items_entered() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO queue_counts (site_id, queue, items, entered)
          SELECT site_id, queue, count(*), count(*) FROM changed GROUP BY 1, 2;
          RETURN NULL;
        END $$;
      CREATE OR REPLACE FUNCTION queue_items_left() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO queue_counts (site_id, queue, items, departed)
          SELECT site_id, queue, -count(*), count(*) FROM changed GROUP BY 1, 2;
          RETURN NULL;
        END $$;

      CREATE TABLE stat_days (
        site_id uuid NOT NULL,
        day date NOT NULL,
        measure text NOT NULL,
        subject text NOT NULL,
        code text NOT NULL,
        n bigint NOT NULL,
        -- a site's figures of some days; adding to one of them
        PRIMARY KEY (site_id, day, measure, subject, code)
      ) WITH (fillfactor = 80);

      -- up to when facts of a kind, of all sites, are in stat_days
      CREATE TABLE stat_folds (
        source text PRIMARY KEY,
        until timestamptz(3) NOT NULL
      );

      -- the edits of some minutes; posts are found by the times in their ids
      CREATE INDEX comment_revisions_edited ON comment_revisions (created_at) WHERE revision > 1;
      -- a site's settled reports by verdict
      CREATE INDEX reports_settled ON reports (site_id, settled_at) INCLUDE (state) WHERE state <> 'open';

      -- queues whose oldest free item has waited too long
      CREATE TABLE queue_alarms (
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        queue text NOT NULL,
        since timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (site_id, queue)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE queue_alarms;
      DROP INDEX reports_settled; DROP INDEX comment_revisions_edited;
      DROP TABLE stat_folds; DROP TABLE stat_days;
      CREATE OR REPLACE FUNCTION queue_items_entered() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO queue_counts (site_id, queue, items) SELECT site_id, queue, count(*) FROM changed GROUP BY 1, 2;
          RETURN NULL;
        END $$;
      CREATE OR REPLACE FUNCTION queue_items_left() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO queue_counts (site_id, queue, items) SELECT site_id, queue, -count(*) FROM changed GROUP BY 1, 2;
          RETURN NULL;
        END $$;
      ALTER TABLE queue_counts DROP COLUMN departed, DROP COLUMN entered, DROP COLUMN at;
      DROP TABLE dry_run_texts; DROP TABLE rule_dry_runs;
    `);
  }
}
