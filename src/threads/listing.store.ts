import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import { COMMENT_COLUMNS, COMMENT_JOINS, JOINS_OF_LISTED } from './comment-columns.js';
import type { CommentRow } from './comment.view.js';

export const SORTS = ['newest', 'oldest', 'top', 'active'] as const;
export type Sort = (typeof SORTS)[number];

/** `any`: comments on any passage of the article; an id: on that one; undefined: all comments. */
export type PassageFilter = string | undefined;

/** Replies shown with each comment of a list. */
export const REPLIES_SHOWN = 3;

/** A listed comment and where it stands in the answer: `place` orders siblings. */
export type TreeRow = CommentRow & { level: number; place: number; score: number; activeAt: Date };

/** With no comment at all there is one row, of the head alone. */
export type PageRow = { seq: number; version: number; total: number } & (TreeRow | { id: null });

/** The place in a sort after which a page begins: a value of its column, and an id. */
export type Position = readonly [value: string | number, id: string];

const ORDER: Record<Sort, { column: string; type: string; direction: 'ASC' | 'DESC' }> = {
  newest: { column: 'created_at', type: 'timestamptz', direction: 'DESC' },
  oldest: { column: 'created_at', type: 'timestamptz', direction: 'ASC' },
  top: { column: 'top_score', type: 'float8', direction: 'DESC' },
  active: { column: 'active_at', type: 'timestamptz', direction: 'DESC' },
};

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

function start(sort: Sort): Position {
  return ORDER[sort].direction === 'DESC' ? ['Infinity', LAST_ID] : ['-Infinity', FIRST_ID];
}

type FilterName = 'all' | 'inline' | 'passage';

/** Which comments of the thread $1 a list holds, and which column of the head or count of a passage is their total. */
function filters(id: string): Record<FilterName, { where: string; total: string }> {
  const passage = `FROM listed_passages WHERE passage_id = ${id} AND thread_id = $1`;
  return {
    all: { where: 'thread_id = $1', total: 'comment_count' },
    inline: { where: 'thread_id = $1 AND passage_id IS NOT NULL', total: 'inline_count' },
    // That of another thread has no comments here; looked up first, so that nobody makes us walk over them in vain.
    passage: {
      where: `passage_id = (SELECT passage_id ${passage})`,
      total: `coalesce((SELECT comment_count ${passage}), 0)`,
    },
  };
}

function nameOf(passage: PassageFilter): FilterName {
  if (passage === undefined) return 'all';
  return passage === 'any' ? 'inline' : 'passage';
}

function valuesOf(passage: PassageFilter): string[] {
  return passage === undefined || passage === 'any' ? [] : [passage];
}

/** From `start` rows downwards: each with its first replies and one more, which says that there are more. */
function tree(roots: string): string {
  return `tree AS (
     SELECT roots.*, 0 AS level FROM roots
     UNION ALL
     SELECT reply.*, tree.level + 1 FROM tree CROSS JOIN LATERAL (
       SELECT row_number() OVER (ORDER BY r.created_at, r.comment_id) AS place, r.*
       FROM (SELECT * FROM listed_comments WHERE list_parent_id = tree.comment_id
             ORDER BY created_at, comment_id LIMIT ${REPLIES_SHOWN + 1}) r
     ) reply
     WHERE tree.descendant_count > 0
   ), shown AS (
     SELECT l.level, l.place, l.top_score AS score, l.active_at AS "activeAt", ${COMMENT_COLUMNS}
     FROM tree l JOIN comments c ON c.id = l.comment_id ${JOINS_OF_LISTED}
   )
   SELECT h.seq, h.version, h.comment_count AS total, shown.*
   FROM ${roots} h LEFT JOIN shown ON true ORDER BY shown.level, shown.place`;
}

function rootsStatement(sort: Sort, filter: FilterName): Statement<PageRow> {
  const { where, total } = filters('$6::uuid')[filter];
  const { column, type, direction } = ORDER[sort];
  const beyond = direction === 'DESC' ? '<' : '>';
  // Pinned ones that the first page has shown are left out of the walk by id: whatever is pinned or unpinned while
  // somebody pages is neither missed nor doubled.
  return new Statement(
    `listing.${filter}.${sort}`,
    `WITH RECURSIVE head AS (SELECT seq, version, ${total} AS comment_count FROM thread_heads WHERE thread_id = $1),
     roots AS (
       SELECT row_number() OVER () AS place, page.* FROM (
         SELECT * FROM listed_comments
         WHERE ${where} AND list_parent_id IS NULL AND (${column}, comment_id) ${beyond} ($2::${type}, $3::uuid)
           AND comment_id <> ALL($4::uuid[])
         ORDER BY ${column} ${direction}, comment_id ${direction} LIMIT $5
       ) page
     ), ${tree('head')}`,
  );
}

function inEachSort(filter: FilterName): Record<Sort, Statement<PageRow>> {
  return {
    newest: rootsStatement('newest', filter),
    oldest: rootsStatement('oldest', filter),
    top: rootsStatement('top', filter),
    active: rootsStatement('active', filter),
  };
}

const ROOTS = { all: inEachSort('all'), inline: inEachSort('inline'), passage: inEachSort('passage') };

const GIVEN = new Statement<PageRow>(
  'listing.given',
  `WITH RECURSIVE head AS (SELECT seq, version, comment_count FROM thread_heads WHERE thread_id = $1),
   roots AS (
     SELECT array_position($2::uuid[], comment_id)::bigint AS place, l.* FROM listed_comments l
     WHERE comment_id = ANY($2::uuid[])
   ), ${tree('head')}`,
);

const REPLIES = new Statement<PageRow>(
  'listing.replies',
  `WITH RECURSIVE head AS (SELECT seq, version, comment_count FROM thread_heads WHERE thread_id = $1),
   roots AS (
     SELECT row_number() OVER () AS place, page.* FROM (
       SELECT * FROM listed_comments WHERE list_parent_id = $2 AND (created_at, comment_id) > ($3::timestamptz, $4::uuid)
       ORDER BY created_at, comment_id LIMIT $5
     ) page
   ), ${tree('head')}`,
);

/** Few in a thread, so the filter looks at them one by one. */
function pinnedStatement(filter: FilterName): Statement<{ id: string }> {
  return new Statement(
    `listing.${filter}.pinned`,
    `SELECT comment_id AS id FROM listed_comments
     WHERE thread_id = $1 AND pinned AND published AND ${filters('$2::uuid')[filter].where}
     ORDER BY created_at DESC, comment_id DESC`,
  );
}

const PINNED = { all: pinnedStatement('all'), inline: pinnedStatement('inline'), passage: pinnedStatement('passage') };

const FEED = new Statement<CommentRow>(
  'listing.feed',
  `SELECT ${COMMENT_COLUMNS} FROM (
     SELECT * FROM listed_comments WHERE thread_id = $1 AND published ORDER BY created_at DESC, comment_id DESC LIMIT $2
   ) f JOIN comments c ON c.id = f.comment_id ${COMMENT_JOINS}
   WHERE c.status = 'published' ORDER BY c.created_at DESC, c.id DESC`,
);

export interface RootsQuery {
  threadId: string;
  passage: PassageFilter;
  sort: Sort;
  after: Position | undefined;
  /** By id, not on the page. */
  without: string[];
  limit: number;
}

export const listingStore = {
  /** One statement, so one snapshot: rows, seq, version and total agree. */
  roots: (em: EntityManager, { threadId, passage, sort, after, without, limit }: RootsQuery) =>
    ROOTS[nameOf(passage)][sort].run(em, [threadId, ...(after ?? start(sort)), without, limit, ...valuesOf(passage)]),

  given: (em: EntityManager, threadId: string, ids: string[]) => GIVEN.run(em, [threadId, ids]),

  replies: (em: EntityManager, threadId: string, parentId: string, after: Position | undefined, limit: number) =>
    REPLIES.run(em, [threadId, parentId, ...(after ?? start('oldest')), limit]),

  async pinned(em: EntityManager, threadId: string, passage: PassageFilter): Promise<string[]> {
    const rows = await PINNED[nameOf(passage)].run(em, [threadId, ...valuesOf(passage)]);
    return rows.map((row) => row.id);
  },

  feed: (em: EntityManager, threadId: string, limit: number): Promise<CommentRow[]> => FEED.run(em, [threadId, limit]),
};
