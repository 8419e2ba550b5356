import type pg from 'pg';
import { commentText } from '../load/texts.js';

const TEXTS = 2_000;
const READERS = 1_000;
const KEPT_EVENTS = 1_000;
const SECONDS_APART = 20;

/**
 * A block of 20 comments: 12 roots, then replies down to the third level. Each place says which place of its block it
 * answers (itself: a root), its depth, the published comments that hang under it, and all below it.
 */
const BLOCK = [
  ...Array.from({ length: 12 }, (_, place) => ({
    place,
    parent: null as number | null,
    depth: 0,
    replies: { 0: 2, 1: 1, 3: 1, 5: 1 }[place] ?? 0,
    below: { 0: 4, 1: 2, 3: 1, 5: 1 }[place] ?? 0,
    root: place,
    newest: { 0: 19, 1: 18, 3: 15, 5: 16 }[place] ?? place,
  })),
  { place: 12, parent: 0, depth: 1, replies: 1, below: 2, root: 0, newest: 19 },
  { place: 13, parent: 0, depth: 1, replies: 0, below: 0, root: 0, newest: 13 },
  { place: 14, parent: 1, depth: 1, replies: 1, below: 1, root: 1, newest: 18 },
  { place: 15, parent: 3, depth: 1, replies: 0, below: 0, root: 3, newest: 15 },
  { place: 16, parent: 5, depth: 1, replies: 0, below: 0, root: 5, newest: 16 },
  { place: 17, parent: 12, depth: 2, replies: 1, below: 1, root: 0, newest: 19 },
  { place: 18, parent: 14, depth: 2, replies: 0, below: 0, root: 1, newest: 18 },
  { place: 19, parent: 17, depth: 3, replies: 0, below: 0, root: 0, newest: 19 },
];

/** Texts and readers that seeded comments share. */
export async function seedReaders(database: pg.Pool, siteId: string): Promise<void> {
  await database.query(
    `CREATE UNLOGGED TABLE IF NOT EXISTS bench_texts (n int PRIMARY KEY, body text);
     CREATE UNLOGGED TABLE IF NOT EXISTS bench_readers (n int PRIMARY KEY, id uuid);
     CREATE UNLOGGED TABLE IF NOT EXISTS bench_block (place int PRIMARY KEY, parent int, depth int, replies int, below int,
                                                     root int, newest int)`,
  );
  await database.query(
    'INSERT INTO bench_texts SELECT ordinality - 1, body FROM unnest($1::text[]) WITH ORDINALITY AS t(body)',
    [Array.from({ length: TEXTS }, (_, i) => commentText(`Seeded ${i}`))],
  );
  await database.query('INSERT INTO bench_readers SELECT n, uuidv7() FROM generate_series(0, $1 - 1) n', [READERS]);
  await database.query(
    `INSERT INTO readers (id, site_id, display_name) SELECT id, $1, 'Seeded reader ' || n FROM bench_readers`,
    [siteId],
  );
  await database.query(
    `INSERT INTO bench_block SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS b(place int, parent int, depth int, replies int, below int, root int, newest int)`,
    [JSON.stringify(BLOCK)],
  );
}

/** A thread as the relay would leave it after `count` published comments; `count` is a multiple of 20. */
export async function seedThread(
  database: pg.Pool,
  thread: { siteId: string; threadId: string; count: number },
): Promise<void> {
  const { siteId, threadId, count } = thread;
  const connection = await database.connect();
  try {
    await connection.query('SET synchronous_commit = off');
    await connection.query(
      `CREATE TEMPORARY TABLE seeded AS
       SELECT n, uuidv7((now_at - (($1 - n) * interval '${SECONDS_APART} seconds')) - clock_timestamp()) AS id,
              now_at - (($1 - n) * interval '${SECONDS_APART} seconds') AS at
       FROM generate_series(0, $1 - 1) n, (SELECT clock_timestamp() AS now_at) fixed`,
      [count],
    );
    await connection.query('CREATE UNIQUE INDEX ON seeded (n)');
    await connection.query('ANALYZE seeded');
    await connection.query(
      `INSERT INTO comments (id, site_id, thread_id, parent_id, root_id, depth, reader_id, status, decided_by, created_at)
       SELECT s.id, $1, $2, p.id, r.id, b.depth, rd.id, 'published', 'human', s.at
       FROM seeded s JOIN bench_block b ON b.place = s.n % 20 JOIN seeded r ON r.n = s.n - b.place + b.root
       LEFT JOIN seeded p ON p.n = s.n - b.place + b.parent JOIN bench_readers rd ON rd.n = s.n * 7 % ${READERS}
       ORDER BY s.n`,
      [siteId, threadId],
    );
    await connection.query(
      `INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, created_at)
       SELECT s.id, 1, $1, t.body, '<p>' || t.body || '</p>', s.at
       FROM seeded s JOIN bench_texts t ON t.n = s.n * 13 % ${TEXTS} ORDER BY s.n`,
      [siteId],
    );
    await connection.query(
      `INSERT INTO listed_comments (comment_id, site_id, thread_id, parent_id, list_parent_id, depth, created_at,
                                    published, reply_count, descendant_count, active_at)
       SELECT s.id, $1, $2, p.id, p.id, b.depth, s.at, true, b.replies, b.below, a.at
       FROM seeded s JOIN bench_block b ON b.place = s.n % 20 JOIN seeded a ON a.n = s.n - b.place + b.newest
       LEFT JOIN seeded p ON p.n = s.n - b.place + b.parent ORDER BY s.n`,
      [siteId, threadId],
    );
    await connection.query(
      `INSERT INTO thread_events (thread_id, seq, site_id, type, comment_id, at)
       SELECT $2, s.n + 1, $1, 'comment.published', s.id, s.at FROM seeded s
       WHERE s.n >= (SELECT max(n) FROM seeded) - ${KEPT_EVENTS}`,
      [siteId, threadId],
    );
    await connection.query(
      'UPDATE thread_heads SET seq = $2::int, version = version + 1, comment_count = $2::int WHERE thread_id = $1',
      [threadId, count],
    );
    await connection.query('DROP TABLE seeded');
  } finally {
    connection.release(true);
  }
}

/** Held comments in their queue; answers their ids. */
export async function seedPending(
  database: pg.Pool,
  thread: { siteId: string; threadId: string; count: number },
): Promise<string[]> {
  const { siteId, threadId, count } = thread;
  const { rows } = await database.query<{ id: string }>(
    `WITH c AS (
       INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by)
       SELECT id, $1, $2, id, 0, reader, 'pending', 'none'
       FROM (SELECT uuidv7() AS id, r.id AS reader FROM generate_series(1, $3) i
             JOIN bench_readers r ON r.n = i % ${READERS}) made
       RETURNING id, created_at
     ), revision AS (
       INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening)
       SELECT c.id, 1, $1, t.body, '<p>' || t.body || '</p>', '[]' FROM c JOIN bench_texts t ON t.n = 0
     ), item AS (
       INSERT INTO queue_items (id, site_id, thread_id, queue, comment_id, revision, entered_at)
       SELECT uuidv7(), $1, $2, 'pending', id, 1, created_at FROM c
     )
     SELECT id FROM c`,
    [siteId, threadId, count],
  );
  return rows.map((row) => row.id);
}

/** After much was seeded: what the planner knows, and no checkpoint in the middle of a measurement. */
export async function settleDatabase(database: pg.Pool): Promise<void> {
  await database.query('VACUUM (ANALYZE)');
  await database.query('CHECKPOINT');
}
