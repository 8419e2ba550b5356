import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Threads and comments.
 *
 * Written by those who post, edit and decide: `threads`, `comments`, `comment_revisions`, `votes`. No foreign key
 * leads from a comment to its thread, parent or reader: each would take a KEY SHARE lock on a row that every writer
 * of the thread shares, and many of them at once make a multixact of it. The posting statement selects from those
 * rows instead, so none can be missing.
 *
 * Written by the relay alone: `thread_heads`, `listed_comments`, `thread_events`, `vote_changes`. That is what the
 * public sees, all of it advanced in one transaction, so a page's rows, `seq`, total and version agree.
 */
export class Threads1763800000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE threads (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
        key text NOT NULL,
        url text NOT NULL,
        title text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'frozen')),
        moderation_mode text CHECK (moderation_mode IN ('pre', 'post')),
        closes_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (site_id, key)
      );
      -- the staff's list of threads, newest first
      CREATE INDEX threads_site_created ON threads (site_id, created_at, id);
      -- those whose closing time comes
      CREATE INDEX threads_closing ON threads (closes_at) WHERE state = 'open' AND closes_at IS NOT NULL;

      CREATE TABLE thread_heads (
        thread_id uuid PRIMARY KEY REFERENCES threads ON DELETE CASCADE,
        site_id uuid NOT NULL,
        seq bigint NOT NULL DEFAULT 0,
        version bigint NOT NULL DEFAULT 1,
        comment_count integer NOT NULL DEFAULT 0,
        changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      ) WITH (fillfactor = 50);

      CREATE TABLE comments (
        id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        parent_id uuid,
        root_id uuid NOT NULL,
        depth integer NOT NULL,
        reader_id uuid NOT NULL,
        status text NOT NULL CHECK (status IN ('pending', 'published', 'rejected', 'spam', 'deleted')),
        decided_by text NOT NULL CHECK (decided_by IN ('none', 'rule', 'human')),
        decision_id uuid,
        revision integer NOT NULL DEFAULT 1,
        pinned boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        edited_at timestamptz(3)
      ) WITH (fillfactor = 85);
      -- what a reader wrote in a thread: the overlay "mine"
      CREATE INDEX comments_reader ON comments (reader_id, thread_id, created_at);
      -- how many of a thread are pinned
      CREATE INDEX comments_pinned ON comments (thread_id) WHERE pinned;

      CREATE TABLE comment_revisions (
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        site_id uuid NOT NULL,
        body text NOT NULL,
        html text NOT NULL,
        screening jsonb NOT NULL DEFAULT '[]',
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (comment_id, revision)
      );

      CREATE TABLE listed_comments (
        comment_id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        parent_id uuid,
        list_parent_id uuid,
        depth integer NOT NULL,
        created_at timestamptz(3) NOT NULL,
        published boolean NOT NULL,
        pinned boolean NOT NULL DEFAULT false,
        reply_count integer NOT NULL DEFAULT 0,
        descendant_count integer NOT NULL DEFAULT 0,
        votes_up integer NOT NULL DEFAULT 0,
        votes_down integer NOT NULL DEFAULT 0,
        top_score double precision NOT NULL DEFAULT 0,
        active_at timestamptz(3) NOT NULL,
        voted_at timestamptz(3)
      ) WITH (fillfactor = 80);
      -- a page of root comments: newest and oldest
      CREATE INDEX listed_roots_created ON listed_comments (thread_id, created_at, comment_id) WHERE list_parent_id IS NULL;
      -- a page of root comments: top
      CREATE INDEX listed_roots_top ON listed_comments (thread_id, top_score, comment_id) WHERE list_parent_id IS NULL;
      -- a page of root comments: active
      CREATE INDEX listed_roots_active ON listed_comments (thread_id, active_at, comment_id) WHERE list_parent_id IS NULL;
      -- the replies shown under a comment, oldest first
      CREATE INDEX listed_replies ON listed_comments (list_parent_id, created_at, comment_id) WHERE list_parent_id IS NOT NULL;
      -- the few pinned ones of a thread
      CREATE INDEX listed_pinned ON listed_comments (thread_id) WHERE pinned;
      -- the newest of a thread, whatever their depth: the feed
      CREATE INDEX listed_feed ON listed_comments (thread_id, created_at, comment_id) WHERE published;
      -- re-nesting after a change of the site's depth, level by level
      CREATE INDEX listed_nested ON listed_comments (site_id, depth) WHERE depth > 1;

      CREATE TABLE thread_events (
        thread_id uuid NOT NULL,
        seq bigint NOT NULL,
        site_id uuid NOT NULL,
        type text NOT NULL,
        comment_id uuid,
        at timestamptz(3) NOT NULL,
        PRIMARY KEY (thread_id, seq)
      );
      -- clearing away what is older than a replay reaches
      CREATE INDEX thread_events_at ON thread_events USING brin (at);

      CREATE TABLE votes (
        comment_id uuid NOT NULL,
        reader_id uuid NOT NULL,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        value smallint NOT NULL CHECK (value IN (-1, 1)),
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        -- the sum of one comment's votes is read from the index alone
        PRIMARY KEY (comment_id, reader_id) INCLUDE (value)
      );
      -- my votes in a thread
      CREATE INDEX votes_reader ON votes (reader_id, thread_id);

      CREATE TABLE vote_changes (
        comment_id uuid PRIMARY KEY,
        site_id uuid NOT NULL,
        thread_id uuid NOT NULL
      );

      CREATE TABLE post_keys (
        reader_id uuid NOT NULL,
        thread_id uuid NOT NULL,
        key text NOT NULL,
        site_id uuid NOT NULL,
        request_digest bytea NOT NULL,
        comment_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT post_keys_once PRIMARY KEY (reader_id, thread_id, key)
      );
      -- clearing away keys older than a day
      CREATE INDEX post_keys_created ON post_keys USING brin (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE post_keys; DROP TABLE vote_changes; DROP TABLE votes; DROP TABLE thread_events;
      DROP TABLE listed_comments; DROP TABLE comment_revisions; DROP TABLE comments;
      DROP TABLE thread_heads; DROP TABLE threads;
    `);
  }
}
