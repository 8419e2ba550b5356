import { Statement } from '../../platform/database/statement.js';
import type { RelayConnection } from '../../platform/stream/projection.js';
import { ListedPassages, type ListedPassage } from './listed-passages.js';

const LOAD = new Statement<ListedPassage>(
  'listedPassages.load',
  `SELECT p.id, p.site_id AS "siteId", p.thread_id AS "threadId", p.kind,
          coalesce(lp.comment_count, 0) AS "commentCount"
   FROM passages p LEFT JOIN listed_passages lp ON lp.passage_id = p.id WHERE p.id = ANY($1::uuid[])`,
);

/** Whole counts, reckoned from what was loaded in this transaction: the relay is the only writer. */
const WRITE = new Statement<never>(
  'listedPassages.write',
  `INSERT INTO listed_passages (passage_id, site_id, thread_id, comment_count)
   SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[])
   ON CONFLICT (passage_id) DO UPDATE SET comment_count = excluded.comment_count`,
);

/** Most batches touch no passage, and ask nothing. */
export async function loadPassages(connection: RelayConnection, ids: readonly string[]): Promise<ListedPassages> {
  const rows = ids.length > 0 ? await LOAD.on(connection, [ids]) : [];
  return new ListedPassages(new Map(rows.map((row) => [row.id, row])));
}

export async function writePassages(connection: RelayConnection, passages: ListedPassages): Promise<void> {
  const dirty = [...passages.dirty].flatMap((id) => passages.get(id) ?? []);
  if (dirty.length === 0) return;
  await WRITE.on(connection, [
    dirty.map((passage) => passage.id),
    dirty.map((passage) => passage.siteId),
    dirty.map((passage) => passage.threadId),
    dirty.map((passage) => passage.commentCount),
  ]);
}
