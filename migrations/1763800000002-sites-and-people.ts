import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sites, their staff with roles and sessions, and readers with theirs. */
export class SitesAndPeople1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sites (
        id uuid PRIMARY KEY,
        key text NOT NULL UNIQUE,
        name text NOT NULL,
        origins text[] NOT NULL DEFAULT '{}',
        settings jsonb NOT NULL DEFAULT '{}',
        version bigint NOT NULL DEFAULT 1,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE staff (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        display_name text NOT NULL,
        password_hash text NOT NULL,
        password_generated boolean NOT NULL DEFAULT false,
        disabled_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );
      -- sign-in looks a person up by address, whatever its case
      CREATE UNIQUE INDEX staff_email ON staff (lower(email));

      CREATE TABLE staff_roles (
        staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('owner', 'admin', 'moderator')),
        PRIMARY KEY (staff_id, site_id)
      );
      -- the list of a site's staff
      CREATE INDEX staff_roles_site ON staff_roles (site_id);

      CREATE TABLE staff_sessions (
        id uuid PRIMARY KEY,
        staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3)
      );
      -- ends all sessions of one person (password changed, disabled)
      CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id);
      -- clearing away what has run out
      CREATE INDEX staff_sessions_expires ON staff_sessions (expires_at);

      CREATE TABLE readers (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        kind text NOT NULL DEFAULT 'guest' CHECK (kind IN ('guest', 'sso')),
        display_name text NOT NULL,
        email text,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE reader_sessions (
        id uuid PRIMARY KEY,
        reader_id uuid NOT NULL REFERENCES readers ON DELETE CASCADE,
        site_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3)
      );
      -- erasing a reader ends the sessions
      CREATE INDEX reader_sessions_reader ON reader_sessions (reader_id);
      -- clearing away what has run out
      CREATE INDEX reader_sessions_expires ON reader_sessions (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE reader_sessions; DROP TABLE readers;
      DROP TABLE staff_sessions; DROP TABLE staff_roles; DROP TABLE staff; DROP TABLE sites;
    `);
  }
}
