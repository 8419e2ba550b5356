/**
 * The words that a comment hangs on. Not a join: of those a statement has enough, and each more costs every page a tenth
 * in planning; this is not even looked at where a comment hangs on no passage.
 */
const QUOTE = `CASE WHEN c.passage_id IS NOT NULL THEN (
    SELECT json_build_object('exact', q.exact, 'state', q.state, 'original', q.original)
    FROM passages q WHERE q.id = c.passage_id
  ) END AS quote`;

/**
 * The columns of `CommentRow`, for statements that join `l` (listed_comments), `c` (comments), `t` (threads),
 * `rv` (comment_revisions, the current one) and `rd` (readers).
 */
export const COMMENT_COLUMNS = `c.id, t.key AS "threadKey", c.site_id AS "siteId", c.thread_id AS "threadId",
  c.parent_id AS "parentId", l.list_parent_id AS "listParentId", c.depth, c.reader_id AS "readerId",
  rd.display_name AS "authorName", c.status, rv.html, c.created_at AS "createdAt", c.edited_at AS "editedAt", c.revision,
  c.pinned, c.passage_id AS "passageId", ${QUOTE},
  coalesce(l.votes_up, 0) AS up, coalesce(l.votes_down, 0) AS down, coalesce(l.reply_count, 0) AS "replyCount",
  coalesce(l.published, false) AS "listedPublished", coalesce(l.pinned, false) AS "listedPinned",
  coalesce(l.descendant_count, 0) AS "descendantCount"`;

/** The same without those that lead to `l`, for statements that begin at the listing. */
export const JOINS_OF_LISTED = `JOIN threads t ON t.id = c.thread_id
  JOIN comment_revisions rv ON rv.comment_id = c.id AND rv.revision = c.revision
  JOIN readers rd ON rd.id = c.reader_id`;

/** The joins behind them, beginning at `c`. */
export const COMMENT_JOINS = `${JOINS_OF_LISTED}
  LEFT JOIN listed_comments l ON l.comment_id = c.id`;
