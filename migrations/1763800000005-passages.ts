import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Article texts and the passages that comments hang on. Written by staff who publish a text and by readers who mark
 * words: `article_revisions`, `passages`, `passage_places`; whoever adds a passage or a revision holds the thread's row
 * meanwhile, so a passage is never left behind by a revision that was published at the same moment.
 *
 * Written by the relay alone: `listed_passages`, `thread_heads.inline_count`, and the new columns of what it wrote before.
 */
export class Passages1763800000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the newest text of the article; null as long as none was sent
      ALTER TABLE threads ADD COLUMN revision integer;

      CREATE TABLE article_revisions (
        thread_id uuid NOT NULL REFERENCES threads ON DELETE CASCADE,
        number integer NOT NULL CHECK (number >= 1),
        site_id uuid NOT NULL,
        text text NOT NULL,
        hash text NOT NULL,
        source text NOT NULL CHECK (source IN ('text', 'html')),
        staff_id uuid,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (thread_id, number)
      );

      CREATE TABLE passages (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL REFERENCES threads ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('question', 'selection')),
        prompt text CHECK ((prompt IS NOT NULL) = (kind = 'question')),
        closed boolean NOT NULL DEFAULT false,
        state text NOT NULL CHECK (state IN ('anchored', 'moved', 'fuzzy', 'orphaned')),
        score double precision NOT NULL,
        original text NOT NULL,
        marked_in integer NOT NULL,
        stood_in integer NOT NULL,
        exact text NOT NULL,
        prefix text NOT NULL,
        suffix text NOT NULL,
        start_at integer NOT NULL,
        end_at integer NOT NULL CHECK (end_at > start_at),
        suggestion jsonb,
        reader_id uuid,
        staff_id uuid,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      );
      -- the passages of an article, by place
      CREATE INDEX passages_thread ON passages (thread_id, start_at, id);

      CREATE TABLE passage_places (
        passage_id uuid NOT NULL REFERENCES passages ON DELETE CASCADE,
        revision integer NOT NULL,
        thread_id uuid NOT NULL,
        site_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('anchored', 'moved', 'fuzzy', 'orphaned')),
        score double precision NOT NULL,
        exact text,
        start_at integer,
        end_at integer,
        PRIMARY KEY (passage_id, revision),
        CHECK ((state = 'orphaned') = (exact IS NULL) AND (exact IS NULL) = (start_at IS NULL) AND (exact IS NULL) = (end_at IS NULL))
      );
      -- who marks words that somebody has marked already
      CREATE INDEX passage_places_place ON passage_places (thread_id, revision, start_at, end_at) WHERE start_at IS NOT NULL;

      ALTER TABLE comments ADD COLUMN passage_id uuid;

      ALTER TABLE listed_comments ADD COLUMN passage_id uuid;
      -- a page of root comments on one passage: newest and oldest
      CREATE INDEX listed_passage_created ON listed_comments (passage_id, created_at, comment_id)
        WHERE list_parent_id IS NULL AND passage_id IS NOT NULL;
      -- a page of root comments on one passage: top
      CREATE INDEX listed_passage_top ON listed_comments (passage_id, top_score, comment_id)
        WHERE list_parent_id IS NULL AND passage_id IS NOT NULL;
      -- a page of root comments on one passage: active
      CREATE INDEX listed_passage_active ON listed_comments (passage_id, active_at, comment_id)
        WHERE list_parent_id IS NULL AND passage_id IS NOT NULL;
      -- a page of root comments on any passage: newest and oldest
      CREATE INDEX listed_inline_created ON listed_comments (thread_id, created_at, comment_id)
        WHERE list_parent_id IS NULL AND passage_id IS NOT NULL;
      -- a page of root comments on any passage: top
      CREATE INDEX listed_inline_top ON listed_comments (thread_id, top_score, comment_id)
        WHERE list_parent_id IS NULL AND passage_id IS NOT NULL;
      -- a page of root comments on any passage: active
      CREATE INDEX listed_inline_active ON listed_comments (thread_id, active_at, comment_id)
        WHERE list_parent_id IS NULL AND passage_id IS NOT NULL;

      CREATE TABLE listed_passages (
        passage_id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        comment_count integer NOT NULL DEFAULT 0 CHECK (comment_count >= 0)
      );

      ALTER TABLE thread_heads ADD COLUMN inline_count integer NOT NULL DEFAULT 0;
      ALTER TABLE thread_events ADD COLUMN passage_id uuid;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE thread_events DROP COLUMN passage_id;
      ALTER TABLE thread_heads DROP COLUMN inline_count;
      DROP TABLE listed_passages;
      ALTER TABLE listed_comments DROP COLUMN passage_id;
      ALTER TABLE comments DROP COLUMN passage_id;
      DROP TABLE passage_places; DROP TABLE passages; DROP TABLE article_revisions;
      ALTER TABLE threads DROP COLUMN revision;
    `);
  }
}
