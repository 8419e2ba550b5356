import { Statement } from '../../platform/database/statement.js';
import type { RelayConnection } from '../../platform/stream/projection.js';
import { wilsonLowerBound } from '../ranking.js';
import type { ThreadSignal } from '../thread-signal.js';
import type { TreeEvent } from './listing-tree.js';
import { advance, type Head } from './projection.store.js';

/** A comment's votes reach open pages at most this often. */
const VOTE_INTERVAL = '1 second';
const AT_ONCE = 200;
const AGAIN_MS = 250;

interface Tally extends Head {
  commentId: string;
  up: number;
  down: number;
}

/** What is due: the sum of the votes themselves, never a running count, so nothing can drift. */
const DUE = new Statement<Tally>(
  'votes.due',
  `WITH due AS (
     SELECT v.comment_id, v.thread_id, v.site_id FROM vote_changes v
     LEFT JOIN listed_comments l ON l.comment_id = v.comment_id
     WHERE l.voted_at IS NULL OR l.voted_at <= clock_timestamp() - interval '${VOTE_INTERVAL}' LIMIT ${AT_ONCE}
   ), taken AS (DELETE FROM vote_changes USING due WHERE vote_changes.comment_id = due.comment_id)
   SELECT due.comment_id AS "commentId", due.thread_id AS "threadId", due.site_id AS "siteId", h.seq,
          count(*) FILTER (WHERE votes.value > 0)::int AS up, count(*) FILTER (WHERE votes.value < 0)::int AS down
   FROM due JOIN listed_comments l ON l.comment_id = due.comment_id AND l.published
   JOIN thread_heads h ON h.thread_id = due.thread_id
   LEFT JOIN votes ON votes.comment_id = due.comment_id
   GROUP BY 1, 2, 3, 4`,
);

const WRITE = new Statement<{ commentId: string }>(
  'votes.write',
  `UPDATE listed_comments l SET votes_up = n.up, votes_down = n.down, top_score = n.score, voted_at = clock_timestamp()
   FROM unnest($1::uuid[], $2::int[], $3::int[], $4::float8[]) AS n(id, up, down, score)
   WHERE l.comment_id = n.id AND (l.votes_up, l.votes_down) IS DISTINCT FROM (n.up, n.down)
   RETURNING l.comment_id AS "commentId"`,
);

const WAITING = new Statement<{ waiting: boolean }>(
  'votes.waiting',
  'SELECT EXISTS (SELECT FROM vote_changes) AS waiting',
);

export async function settleVotes(
  connection: RelayConnection,
): Promise<{ changed: ThreadSignal[]; againAt: number | undefined }> {
  const tallies = await DUE.on(connection, []);
  const [written, waiting] = await Promise.all([
    WRITE.on(connection, [
      tallies.map((tally) => tally.commentId),
      tallies.map((tally) => tally.up),
      tallies.map((tally) => tally.down),
      tallies.map((tally) => wilsonLowerBound(tally.up, tally.down)),
    ]),
    WAITING.on(connection, []),
  ]);
  const ids = new Set(written.map((row) => row.commentId));
  const changed = tallies.filter((tally) => ids.has(tally.commentId));
  const events = changed.map(({ threadId, siteId, commentId }): TreeEvent => ({
    type: 'comment.voted',
    threadId,
    siteId,
    commentId,
    passageId: null,
  }));
  const touched = [...new Set(changed.map((tally) => tally.threadId))];
  return {
    changed: await advance(connection, changed, events, touched),
    againAt: waiting[0]?.waiting ? Date.now() + AGAIN_MS : undefined,
  };
}
