import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { DecidedBy, Status } from '../comment-status.js';

/** What an annotation has become: a comment, or a question, which has none. */
export interface KnownAnnotation {
  passageId: string;
  commentId: string | null;
  rootId: string | null;
  depth: number;
  /** Of the comment. */
  status: Status | null;
}

const KNOWN = `p.id AS "passageId", c.id AS "commentId", c.root_id AS "rootId", coalesce(c.depth, -1) AS depth, c.status`;

const IMPORTED = new Statement<KnownAnnotation & { sourceId: string }>(
  'import.imported',
  `SELECT i.source_id AS "sourceId", ${KNOWN} FROM imported_annotations i
   JOIN passages p ON p.id = i.passage_id LEFT JOIN comments c ON c.id = i.comment_id
   WHERE i.thread_id = $1 AND i.source_id = ANY($2::text[])`,
);

/** Of the thread itself, by the ids that its own annotations carry. */
const OWN = new Statement<KnownAnnotation & { id: string }>(
  'import.own',
  `SELECT c.id, ${KNOWN} FROM comments c JOIN passages p ON p.id = c.passage_id
   WHERE c.thread_id = $1 AND c.id = ANY($2::uuid[])
   UNION ALL SELECT p.id, p.id, NULL, NULL, -1, NULL FROM passages p
   WHERE p.thread_id = $1 AND p.kind = 'question' AND p.id = ANY($2::uuid[])`,
);

/** A creator that two imports bring at once is one reader: the second one's statement waits, and adds none. */
const ADD_READERS = new Statement<never>(
  'import.addReaders',
  `WITH added AS (
     INSERT INTO imported_readers (site_id, creator, reader_id)
     SELECT $1, n.creator, n.id FROM unnest($2::text[], $3::uuid[]) AS n(creator, id) ORDER BY n.creator
     ON CONFLICT DO NOTHING RETURNING creator, reader_id
   )
   INSERT INTO readers (id, site_id, display_name)
   SELECT a.reader_id, $1, n.name FROM added a JOIN unnest($2::text[], $4::text[]) AS n(creator, name) USING (creator)`,
);
const READERS = new Statement<{ creator: string; readerId: string }>(
  'import.readers',
  `SELECT creator, reader_id AS "readerId" FROM imported_readers WHERE site_id = $1 AND creator = ANY($2::text[])`,
);

const INSERT = new Statement<never>(
  'import.insertComments',
  `WITH n AS (
     SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::uuid[], $8::uuid[], $9::text[], $10::text[],
                          $11::timestamptz[], $12::text[], $13::text[], $14::jsonb[])
       AS n(id, parent_id, root_id, depth, reader_id, passage_id, status, decided_by, created_at, body, html, screening)
   ), made AS (
     INSERT INTO comments (id, site_id, thread_id, parent_id, root_id, depth, reader_id, passage_id, status, decided_by, created_at)
     SELECT id, $1, $2, parent_id, root_id, depth, reader_id, passage_id, status, decided_by,
            coalesce(created_at, clock_timestamp()) FROM n
   )
   INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening)
   SELECT id, 1, $1, body, html, screening FROM n`,
);

const REMEMBER = new Statement<never>(
  'import.remember',
  `INSERT INTO imported_annotations (thread_id, source_id, site_id, passage_id, comment_id)
   SELECT $1, n.source_id, $2, n.passage_id, n.comment_id
   FROM unnest($3::text[], $4::uuid[], $5::uuid[]) AS n(source_id, passage_id, comment_id)`,
);

export interface ImportedComment {
  id: string;
  parentId: string | null;
  rootId: string;
  depth: number;
  passageId: string;
  creator: { key: string; name: string };
  status: Status;
  decidedBy: DecidedBy;
  createdAt: Date | null;
  body: string;
  html: string;
  findings: unknown;
}

export const importStore = {
  /** What was imported into the thread under one of these ids. */
  async imported(em: EntityManager, threadId: string, sourceIds: readonly string[]) {
    const rows = await IMPORTED.run(em, [threadId, sourceIds]);
    return new Map<string, KnownAnnotation>(rows.map((row) => [row.sourceId, row]));
  },

  own: (em: EntityManager, threadId: string, ids: readonly string[]) => OWN.run(em, [threadId, ids]),

  /** The readers who stand for creators, made where there are none yet. They have no sessions. */
  async readers(
    em: EntityManager,
    siteId: string,
    creators: readonly { id: string; key: string; name: string }[],
  ): Promise<Map<string, string>> {
    const keys = creators.map(({ key }) => key);
    await ADD_READERS.run(em, [siteId, keys, creators.map(({ id }) => id), creators.map(({ name }) => name)]);
    const rows = await READERS.run(em, [siteId, keys]);
    return new Map(rows.map(({ creator, readerId }) => [creator, readerId]));
  },

  async insertComments(
    em: EntityManager,
    { siteId, threadId }: { siteId: string; threadId: string },
    comments: readonly ImportedComment[],
    readers: ReadonlyMap<string, string>,
  ): Promise<void> {
    const column = <T>(pick: (comment: ImportedComment) => T): T[] => comments.map(pick);
    await INSERT.run(em, [
      siteId,
      threadId,
      column(({ id }) => id),
      column(({ parentId }) => parentId),
      column(({ rootId }) => rootId),
      column(({ depth }) => depth),
      column(({ creator }) => readers.get(creator.key)),
      column(({ passageId }) => passageId),
      column(({ status }) => status),
      column(({ decidedBy }) => decidedBy),
      column(({ createdAt }) => createdAt),
      column(({ body }) => body),
      column(({ html }) => html),
      column(({ findings }) => JSON.stringify(findings)),
    ]);
  },

  /** So that importing them again changes nothing. */
  async remember(
    em: EntityManager,
    { siteId, threadId }: { siteId: string; threadId: string },
    made: readonly { sourceId: string; passageId: string; commentId: string | null }[],
  ): Promise<void> {
    await REMEMBER.run(em, [
      threadId,
      siteId,
      made.map(({ sourceId }) => sourceId),
      made.map(({ passageId }) => passageId),
      made.map(({ commentId }) => commentId),
    ]);
  },
};
