import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The log's chain of hashes, site by site, and the entries that are still to be chained.
 *
 * `log_waiting` is written by a trigger, whoever appends to the log, and emptied by the relay: so each entry is found
 * once, in whatever order transactions commit. What is older than this is chained after the migration.
 */
export class LogChain1763800000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log_chain (
        site_id uuid NOT NULL,
        n bigint NOT NULL,
        entry_id uuid NOT NULL UNIQUE,
        hash bytea NOT NULL,
        at timestamptz(3) NOT NULL,
        PRIMARY KEY (site_id, n)
      );
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_chain
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE log_waiting (
        entry_id uuid PRIMARY KEY,
        site_id uuid NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
      INSERT INTO log_waiting (entry_id, site_id) SELECT id, site_id FROM log_entries;

      CREATE FUNCTION log_entries_appended() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO log_waiting (entry_id, site_id) SELECT id, site_id FROM appended;
          RETURN NULL;
        END $$;
      CREATE TRIGGER log_entries_appended AFTER INSERT ON log_entries
        REFERENCING NEW TABLE AS appended FOR EACH STATEMENT EXECUTE FUNCTION log_entries_appended();

      -- what makes the digest of a text in the log one that nobody can guess the text from; goes with the text
      ALTER TABLE log_texts ADD COLUMN salt bytea;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE log_texts DROP COLUMN salt;
      DROP TRIGGER log_entries_appended ON log_entries; DROP FUNCTION log_entries_appended();
      DROP TABLE log_waiting; DROP TABLE log_chain;
    `);
  }
}
