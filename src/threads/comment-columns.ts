/**
 * The words that a comment hangs on. Not a join: of those a statement has enough, and each more costs every page a tenth
 * in planning; this is not even looked at where a comment hangs on no passage.
 */
const QUOTE = `CASE WHEN c.passage_id IS NOT NULL THEN (
    SELECT json_build_object('exact', q.exact, 'state', q.state, 'original', q.original)
    FROM passages q WHERE q.id = c.passage_id
  ) END AS quote`;

/** The columns of `ShownCommentRow`, of the same tables. */
const SHOWN_COLUMNS = `c.id, t.key AS "threadKey", c.parent_id AS "parentId", c.depth, c.reader_id AS "readerId",
  rd.display_name AS "authorName", c.status, rv.html, c.created_at AS "createdAt", c.edited_at AS "editedAt", c.revision,
  c.pinned, c.passage_id AS "passageId", ${QUOTE},
  coalesce(l.votes_up, 0) AS up, coalesce(l.votes_down, 0) AS down, coalesce(l.reply_count, 0) AS "replyCount"`;

/**
 * The columns of `CommentRow`, for statements that join `l` (listed_comments), `c` (comments), `t` (threads),
 * `rv` (comment_revisions, the current one) and `rd` (readers).
 */
export const COMMENT_COLUMNS = `${SHOWN_COLUMNS}, c.site_id AS "siteId", c.thread_id AS "threadId",
  l.list_parent_id AS "listParentId", coalesce(l.published, false) AS "listedPublished", coalesce(l.pinned, false) AS "listedPinned",
  coalesce(l.descendant_count, 0) AS "descendantCount"`;

/** The same without those that lead to `l`, for statements that begin at the listing. */
export const JOINS_OF_LISTED = `JOIN threads t ON t.id = c.thread_id
  JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
  JOIN readers rd ON rd.id = c.reader_id`;

/** The joins behind them, beginning at `c`. */
export const COMMENT_JOINS = `${JOINS_OF_LISTED}
  LEFT JOIN listed_comments l ON l.comment_id = c.id`;

/**
 * The columns of `StaffCommentRow`: what staff are shown and no more, for of a page of 20 writing out the columns takes
 * as long as finding them.
 */
const STAFF_COLUMNS = `${SHOWN_COLUMNS}, rv.body, c.decided_by AS "decidedBy", t.title AS "threadTitle", t.url AS "threadUrl"`;

/**
 * The rows of a query of another module, each with the columns of `StaffCommentRow` of the comment that it names in
 * `"commentId"`, null where it names none: one way to the database instead of two. Where both have a column of one name
 * it is the query's.
 *
 * @param order by the query's columns, which stand in `f`
 */
export function withStaffComments(query: string, order: string): string {
  return `SELECT ${STAFF_COLUMNS}, f.* FROM (${query}) f LEFT JOIN (comments c ${COMMENT_JOINS}) ON c.id = f."commentId" ORDER BY ${order}`;
}
