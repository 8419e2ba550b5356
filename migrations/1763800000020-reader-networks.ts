import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From which network a reader's session was begun, as a keyed hash: a hint for staff at who may be the same person. */
export class ReaderNetworks1763800000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- null: not known, or forgotten (src/identity/forget-networks.ts)
      ALTER TABLE reader_sessions ADD COLUMN network bytea;
      -- who else came from there: GET /moderation/readers/{id}
      CREATE INDEX reader_sessions_network ON reader_sessions (network, created_at) WHERE network IS NOT NULL;
      -- which are to be forgotten
      CREATE INDEX reader_sessions_network_age ON reader_sessions (created_at) WHERE network IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX reader_sessions_network_age; DROP INDEX reader_sessions_network;
      ALTER TABLE reader_sessions DROP COLUMN network;
    `);
  }
}
