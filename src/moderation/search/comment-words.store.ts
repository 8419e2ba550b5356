import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

/** For the relay. */
export const WAIT = new Statement<never>(
  'commentWords.wait',
  `INSERT INTO comment_words_waiting (comment_id, site_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])
   ON CONFLICT DO NOTHING`,
);

/** Deleted before anything is read: what changes from here on waits again. */
const TAKE = new Statement<{ id: string }>(
  'commentWords.take',
  `DELETE FROM comment_words_waiting WHERE comment_id IN (
     SELECT comment_id FROM comment_words_waiting ORDER BY comment_id DESC LIMIT $1 FOR UPDATE SKIP LOCKED)
   RETURNING comment_id AS id`,
);

export interface CommentText {
  id: string;
  siteId: string;
  threadId: string;
  readerId: string;
  createdAt: Date;
  revision: number;
  body: string;
}

/** What is gone has none. */
const TEXTS = new Statement<CommentText>(
  'commentWords.texts',
  `SELECT c.id, c.site_id AS "siteId", c.thread_id AS "threadId", c.reader_id AS "readerId", c.created_at AS "createdAt",
          c.revision, rv.body
   FROM comments c JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
   WHERE c.id = ANY($1::uuid[]) AND c.status <> 'deleted'`,
);

export interface CommentWords extends Omit<CommentText, 'body' | 'createdAt'> {
  createdAt: string;
  language: string;
  words: string;
}

const KEEP = new Statement<never>(
  'commentWords.keep',
  `INSERT INTO comment_words (comment_id, site_id, thread_id, reader_id, created_at, revision, language, words)
   SELECT id, "siteId", "threadId", "readerId", "createdAt", revision, language, words::tsvector
   FROM jsonb_to_recordset($1::jsonb)
     AS n(id uuid, "siteId" uuid, "threadId" uuid, "readerId" uuid, "createdAt" timestamptz, revision int, language text,
          words text)
   ON CONFLICT (comment_id) DO UPDATE SET revision = excluded.revision, language = excluded.language, words = excluded.words
   WHERE comment_words.revision < excluded.revision`,
);

const FORGET = new Statement<never>(
  'commentWords.forget',
  'DELETE FROM comment_words WHERE comment_id = ANY($1::uuid[])',
);

const WAITING = new Statement<{ count: number }>(
  'commentWords.waiting',
  'SELECT count(*)::int AS count FROM comment_words_waiting',
);

export const commentWordsStore = {
  /** The newest first: who looks for something mostly looks for what came lately. */
  async take(em: EntityManager, limit: number): Promise<string[]> {
    return (await TAKE.run(em, [limit])).map(({ id }) => id);
  },

  texts: (em: EntityManager, ids: readonly string[]) => TEXTS.run(em, [ids]),

  async keep(em: EntityManager, words: readonly CommentWords[]): Promise<void> {
    if (words.length > 0) await KEEP.run(em, [JSON.stringify(words)]);
  },

  async forget(em: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await FORGET.run(em, [ids]);
  },

  async waiting(em: EntityManager): Promise<number> {
    return (await WAITING.run(em, []))[0]?.count ?? 0;
  },
};
