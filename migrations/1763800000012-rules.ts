import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rules of sites, every version of each: what is current is marked, so no rule stands in two places. A site without any
 * has the defaults of the code (`rules_version` 0). And digests of texts, by which repeats are known.
 */
export class Rules1763800000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- with the site's row, so that whoever has it knows whether the rules he has are the present ones
      ALTER TABLE sites ADD COLUMN rules_version integer NOT NULL DEFAULT 0;

      CREATE TABLE rule_versions (
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        rule_id text NOT NULL,
        version integer NOT NULL,
        kind text NOT NULL,
        mode text NOT NULL CHECK (mode IN ('enforce', 'shadow', 'off')),
        action text CHECK (action IN ('hold', 'reject')),
        params jsonb NOT NULL,
        current boolean NOT NULL DEFAULT true,
        removed boolean NOT NULL DEFAULT false,
        -- null: Postil itself
        staff_id uuid,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        -- the history of one rule
        PRIMARY KEY (site_id, rule_id, version)
      );
      -- the rules of a site; of each rule one version is current
      CREATE UNIQUE INDEX rule_versions_current ON rule_versions (site_id, rule_id) WHERE current;

      -- what signs requests to a site's own services; sealed with the installation's key, never shown
      CREATE TABLE rule_secrets (
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        rule_id text NOT NULL,
        sealed bytea NOT NULL,
        PRIMARY KEY (site_id, rule_id)
      );

      -- written only where a live rule of the site looks for repeats
      ALTER TABLE comment_revisions ADD COLUMN digest text;
      -- who has posted the same text lately
      CREATE INDEX comment_revisions_digest ON comment_revisions (site_id, digest, created_at) WHERE digest IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX comment_revisions_digest; ALTER TABLE comment_revisions DROP COLUMN digest;
      DROP TABLE rule_secrets; DROP TABLE rule_versions; ALTER TABLE sites DROP COLUMN rules_version;
    `);
  }
}
