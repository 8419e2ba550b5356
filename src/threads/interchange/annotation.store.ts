import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { PASSAGE_COLUMNS } from '../passages/passage.view.js';
import type { AnnotatedPassage, AnnotatingComment } from './annotation.js';

/** Where a page begins: after a comment in the order of time. */
export type AfterComment = readonly [createdAt: string, id: string];

/** A listed comment; `published` says whether it still is. */
export type ListedAnnotation = AnnotatingComment & { published: boolean };

const COMMENT = `c.id, c.parent_id AS "parentId", c.passage_id AS "passageId", c.reader_id AS "authorId",
  rd.display_name AS "authorName", rv.html, c.created_at AS "createdAt", c.edited_at AS "editedAt",
  c.status = 'published' AS published, i.source_id AS via`;
const COMMENT_JOINS = `JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
  JOIN readers rd ON rd.id = c.reader_id
  LEFT JOIN imported_annotations i ON i.comment_id = c.id`;
const PASSAGE = `${PASSAGE_COLUMNS}, p.created_at AS "createdAt", p.changed_at AS "changedAt",
  r.created_at AS "stoodAt", i.source_id AS via`;
const PASSAGE_JOINS = `JOIN article_revisions r ON r.thread_id = p.thread_id AND r.number = p.stood_in
  LEFT JOIN listed_passages lp ON lp.passage_id = p.id
  LEFT JOIN imported_annotations i ON i.passage_id = p.id AND i.comment_id IS NULL`;

const COMMENTS = new Statement<ListedAnnotation>(
  'annotations.comments',
  `SELECT ${COMMENT} FROM (
     SELECT comment_id FROM listed_comments
     WHERE thread_id = $1 AND published AND passage_id IS NOT NULL AND (created_at, comment_id) > ($2::timestamptz, $3::uuid)
     ORDER BY created_at, comment_id LIMIT $4
   ) f JOIN comments c ON c.id = f.comment_id ${COMMENT_JOINS} ORDER BY c.created_at, c.id`,
);

const COMMENT_BY_ID = new Statement<ListedAnnotation>(
  'annotations.comment',
  `SELECT ${COMMENT} FROM listed_comments l JOIN comments c ON c.id = l.comment_id ${COMMENT_JOINS}
   WHERE l.comment_id = $1 AND l.published AND l.passage_id IS NOT NULL`,
);

const PASSAGES = new Statement<AnnotatedPassage>(
  'annotations.passages',
  `SELECT ${PASSAGE} FROM passages p ${PASSAGE_JOINS} WHERE p.id = ANY($1::uuid[])`,
);

const QUESTIONS = new Statement<AnnotatedPassage>(
  'annotations.questions',
  `SELECT ${PASSAGE} FROM passages p ${PASSAGE_JOINS}
   WHERE p.thread_id = $1 AND p.kind = 'question' ORDER BY p.start_at, p.id`,
);

const THREAD_OF = new Statement<{ threadId: string }>(
  'annotations.threadOf',
  `SELECT thread_id AS "threadId" FROM comments WHERE id = $1 AND passage_id IS NOT NULL
   UNION ALL SELECT thread_id FROM passages WHERE id = $1 AND kind = 'question'`,
);

const TOTAL = new Statement<{ total: number }>(
  'annotations.total',
  `SELECT inline_count + (SELECT count(*) FROM passages WHERE thread_id = $1 AND kind = 'question') AS total
   FROM thread_heads WHERE thread_id = $1`,
);

export const annotationStore = {
  /** Of a thread, oldest first: what answers another comes after it. */
  comments: (em: EntityManager, threadId: string, after: AfterComment, limit: number): Promise<ListedAnnotation[]> =>
    COMMENTS.run(em, [threadId, ...after, limit]),

  async comment(em: EntityManager, id: string): Promise<ListedAnnotation | undefined> {
    return (await COMMENT_BY_ID.run(em, [id]))[0];
  },

  async passages(em: EntityManager, ids: readonly string[]): Promise<Map<string, AnnotatedPassage>> {
    const rows = ids.length === 0 ? [] : await PASSAGES.run(em, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  },

  /** By their place in the article. */
  questions: (em: EntityManager, threadId: string): Promise<AnnotatedPassage[]> => QUESTIONS.run(em, [threadId]),

  /** In which thread a comment on a passage, or a question, is; whatever may be seen of it. */
  async threadOf(em: EntityManager, id: string): Promise<string | undefined> {
    return (await THREAD_OF.run(em, [id]))[0]?.threadId;
  },

  /** Published comments on passages, and questions. */
  async total(em: EntityManager, threadId: string): Promise<number> {
    return (await TOTAL.run(em, [threadId]))[0]?.total ?? 0;
  },
};
