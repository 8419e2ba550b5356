import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Statements of reasons are read from decisions and sanctions; nothing is stored beside them. What was missing is whose
 * comment a decision is about, decisions of rules that reject what arrives, and ways to find both.
 */
export class Statements1763800000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- null: of a comment that is gone
      ALTER TABLE decisions ADD COLUMN reader_id uuid;
      ALTER TABLE decisions DISABLE TRIGGER append_only;
      UPDATE decisions d SET reader_id = c.reader_id FROM comments c WHERE c.id = d.comment_id;
      ALTER TABLE decisions ENABLE TRIGGER append_only;

      -- whoever writes one and does not say it
      CREATE FUNCTION decisions_of_whom() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.reader_id := (SELECT reader_id FROM comments WHERE id = NEW.comment_id);
          RETURN NEW;
        END $$;
      CREATE TRIGGER of_whom BEFORE INSERT ON decisions
        FOR EACH ROW WHEN (NEW.reader_id IS NULL) EXECUTE FUNCTION decisions_of_whom();

      -- the relay writes a rule's rejection of a revision once, however often it comes by
      CREATE UNIQUE INDEX decisions_by_rule ON decisions (comment_id, revision) WHERE staff_id IS NULL AND action = 'reject';
      -- what was done to a reader's comments, newest first: GET /me/decisions
      CREATE INDEX decisions_of_reader ON decisions (reader_id, at, id) WHERE action IN ('reject', 'spam', 'hold');
      -- what was restricted on a site in a period: GET /moderation/transparency
      CREATE INDEX decisions_of_site ON decisions (site_id, at, id) WHERE action IN ('reject', 'spam', 'hold');
      -- whom a site has sanctioned in a period: GET /moderation/transparency
      CREATE INDEX sanctions_of_site ON sanctions (site_id, at, id);
      -- the notices that a site got in a period: GET /moderation/transparency
      CREATE INDEX notices_of_site ON notices (site_id, received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX notices_of_site; DROP INDEX sanctions_of_site;
      DROP INDEX decisions_of_site; DROP INDEX decisions_of_reader; DROP INDEX decisions_by_rule;
      DROP TRIGGER of_whom ON decisions; DROP FUNCTION decisions_of_whom();
      ALTER TABLE decisions DROP COLUMN reader_id;
    `);
  }
}
