import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { ArticleText } from './article-text.js';

export interface RevisionRow {
  number: number;
  hash: string;
  createdAt: Date;
}

export interface RevisionText {
  number: number;
  hash: string;
  text: string;
}

/** The highest number that the column holds; no article has so many. */
export const ABOVE_ALL = 2_147_483_647;

const NEWEST = new Statement<RevisionText>(
  'revisions.newest',
  `SELECT r.number, r.hash, r.text FROM threads t
   JOIN article_revisions r ON r.thread_id = t.id AND r.number = t.revision WHERE t.id = $1`,
);

const TEXTS = new Statement<RevisionText>(
  'revisions.texts',
  'SELECT number, hash, text FROM article_revisions WHERE thread_id = $1 AND number = ANY($2::int[])',
);

const ONE = new Statement<RevisionRow & RevisionText>(
  'revisions.one',
  `SELECT number, hash, text, created_at AS "createdAt" FROM article_revisions WHERE thread_id = $1 AND number = $2`,
);

const LIST = new Statement<RevisionRow>(
  'revisions.list',
  `SELECT number, hash, created_at AS "createdAt" FROM article_revisions
   WHERE thread_id = $1 AND number < $2 AND ($3::text IS NULL OR hash = $3) ORDER BY number DESC LIMIT $4`,
);

const INSERT = new Statement<never>(
  'revisions.insert',
  `WITH made AS (
     INSERT INTO article_revisions (thread_id, number, site_id, text, hash, source, staff_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
   )
   UPDATE threads SET revision = $2 WHERE id = $1`,
);

export interface NewRevision extends ArticleText {
  threadId: string;
  siteId: string;
  number: number;
  staffId: string | null;
}

/** The texts of articles. A revision never changes; a new one is written by whoever holds the thread's row. */
export const revisionStore = {
  async newest(em: EntityManager, threadId: string): Promise<RevisionText | undefined> {
    return (await NEWEST.run(em, [threadId]))[0];
  },

  /** The same without its text. */
  async latest(em: EntityManager, threadId: string): Promise<RevisionRow | undefined> {
    return (await LIST.run(em, [threadId, ABOVE_ALL, null, 1]))[0];
  },

  texts: (em: EntityManager, threadId: string, numbers: readonly number[]): Promise<RevisionText[]> =>
    TEXTS.run(em, [threadId, numbers]),

  async one(em: EntityManager, threadId: string, number: number): Promise<(RevisionRow & RevisionText) | undefined> {
    return (await ONE.run(em, [threadId, number]))[0];
  },

  /** Newest first. */
  list: (em: EntityManager, threadId: string, below: number | undefined, hash: string | null, limit: number) =>
    LIST.run(em, [threadId, below ?? ABOVE_ALL, hash, limit]),

  async insert(em: EntityManager, revision: NewRevision): Promise<void> {
    const { threadId, number, siteId, text, hash, source, staffId } = revision;
    await INSERT.run(em, [threadId, number, siteId, text, hash, source, staffId]);
  },
};
