import type { EntityManager } from 'typeorm';
import { Statement } from '../platform/database/statement.js';
import type { Status } from './comment-status.js';
import type { ThreadState } from './post.store.js';

export interface VoteOutcome {
  status: Status;
  state: ThreadState;
  siteId: string;
}

/** Writes the vote and its fact, if the comment takes votes and the vote changes anything. Waits for nobody else's. */
const VOTE = new Statement<VoteOutcome>(
  'votes.cast',
  `WITH found AS MATERIALIZED (
     SELECT c.id, c.site_id, c.thread_id, c.status, t.state FROM comments c JOIN threads t ON t.id = c.thread_id
     WHERE c.id = $1 AND c.site_id = $3
   ), fit AS (
     SELECT * FROM found WHERE status = 'published' AND state <> 'frozen'
   ), cast_vote AS (
     INSERT INTO votes (comment_id, reader_id, site_id, thread_id, value)
     SELECT id, $2, site_id, thread_id, $4 FROM fit WHERE $4::smallint <> 0
     ON CONFLICT (comment_id, reader_id) DO UPDATE SET value = excluded.value, at = clock_timestamp()
       WHERE votes.value <> excluded.value
     RETURNING comment_id
   ), withdrawn AS (
     DELETE FROM votes USING fit WHERE votes.comment_id = fit.id AND votes.reader_id = $2 AND $4::smallint = 0
     RETURNING votes.comment_id
   ), fact AS (
     INSERT INTO outbox (site_id, stream_id, subject_id, topic)
     SELECT site_id, thread_id, id, 'comment.voted' FROM fit
     WHERE EXISTS (SELECT FROM cast_vote) OR EXISTS (SELECT FROM withdrawn)
   )
   SELECT status, state, site_id AS "siteId" FROM found`,
);

const TALLY = new Statement<{ up: number; down: number }>(
  'votes.tally',
  `SELECT count(*) FILTER (WHERE value > 0)::int AS up, count(*) FILTER (WHERE value < 0)::int AS down
   FROM votes WHERE comment_id = $1`,
);

const MINE = new Statement<{ commentId: string; value: number }>(
  'votes.mine',
  'SELECT comment_id AS "commentId", value FROM votes WHERE reader_id = $1 AND thread_id = $2 LIMIT 10000',
);

export const voteStore = {
  async cast(
    em: EntityManager,
    vote: { commentId: string; readerId: string; siteId: string; value: number },
  ): Promise<VoteOutcome | undefined> {
    return (await VOTE.run(em, [vote.commentId, vote.readerId, vote.siteId, vote.value]))[0];
  },

  async tally(em: EntityManager, commentId: string): Promise<{ up: number; down: number }> {
    return (await TALLY.run(em, [commentId]))[0] ?? { up: 0, down: 0 };
  },

  mine: (em: EntityManager, readerId: string, threadId: string) => MINE.run(em, [readerId, threadId]),
};
