import { Statement } from '../../platform/database/statement.js';
import type { RelayConnection } from '../../platform/stream/projection.js';
import { DEFAULT_SETTINGS } from '../../sites/index.js';

const DEPTHS = new Statement<{ deepest: number; maxDepth: number }>(
  'renest.depths',
  `SELECT coalesce((SELECT max(depth) FROM listed_comments WHERE site_id = $1 AND depth > 1), 0)::int AS deepest,
          coalesce((settings->>'maxDepth')::int, $2) AS "maxDepth"
   FROM sites WHERE id = $1`,
);
/** One level, after the levels above it: a comment hangs under its parent, or where its parent hangs. */
const RENEST_LEVEL = new Statement<never>(
  'renest.renestLevel',
  `UPDATE listed_comments l SET list_parent_id = CASE WHEN p.depth < $3 THEN l.parent_id ELSE p.list_parent_id END
   FROM listed_comments p
   WHERE l.site_id = $1 AND l.depth = $2 AND p.comment_id = l.parent_id
     AND l.list_parent_id IS DISTINCT FROM CASE WHEN p.depth < $3 THEN l.parent_id ELSE p.list_parent_id END`,
);
const RECOUNT = new Statement<never>(
  'renest.recountReplies',
  `UPDATE listed_comments l SET reply_count = coalesce(n.count, 0)
   FROM listed_comments x LEFT JOIN (
     SELECT list_parent_id, count(*)::int AS count FROM listed_comments
     WHERE site_id = $1 AND published AND list_parent_id IS NOT NULL GROUP BY 1
   ) n ON n.list_parent_id = x.comment_id
   WHERE l.comment_id = x.comment_id AND x.site_id = $1 AND l.reply_count <> coalesce(n.count, 0)`,
);

/** Pages that were read since the site changed stand in caches under its new version, nested as before. */
const ADVANCE = new Statement<never>(
  'renest.advance',
  'UPDATE thread_heads SET version = version + 1 WHERE site_id = $1 AND comment_count > 0',
);

/**
 * After a change of a site's depth: every listed comment under its new list parent. In the relay, which alone writes
 * the listing; live updates wait meanwhile (the cost grows with the site's nested comments), and nothing is lost.
 */
export async function renest(connection: RelayConnection, siteId: string): Promise<void> {
  const [site] = await DEPTHS.on(connection, [siteId, DEFAULT_SETTINGS.maxDepth]);
  if (!site) return;
  for (let depth = 2; depth <= site.deepest; depth++) await RENEST_LEVEL.on(connection, [siteId, depth, site.maxDepth]);
  await RECOUNT.on(connection, [siteId]);
  await ADVANCE.on(connection, [siteId]);
}
