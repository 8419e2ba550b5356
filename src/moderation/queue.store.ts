import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../platform/database/statement.js';
import { withStaffComments, type StaffCommentRow } from '../threads/index.js';
import { barred } from './appeals/appeal.store.js';
import { ageInSql } from './priority.js';
import { BUILT_QUEUES, type BuiltQueue } from './queues.js';

export interface QueueItemRow {
  itemId: string;
  siteId: string;
  queue: BuiltQueue;
  /** null: of a sanction's appeal. */
  commentId: string | null;
  /** null: of a comment itself. */
  appealId: string | null;
  priority: number;
  /** What waiting adds to it. */
  age: number;
  /** What it is sorted by: the same order, whenever one looks. */
  rank: number;
  /** Of what it is the sum. */
  priorityParts: Record<string, number>;
  reasons: unknown[];
  enteredAt: Date;
  /** The claim in force by the database's clock. */
  claimedBy: string | null;
  claimedByName: string | null;
  claimedUntil: Date | null;
  /** Left to the admins by this escalation. */
  escalationId: string | null;
  /** ISO 639-1, or `und`; null: not looked at yet. */
  language: string | null;
}

/** With its comment: `id` and what follows from it; null: of a sanction's appeal. */
export type ItemWithComment<Row extends QueueItemRow = QueueItemRow> = Row & (StaffCommentRow | { id: null });

const COLUMNS = `q.id AS "itemId", q.site_id AS "siteId", q.queue, q.appeal_id AS "appealId",
  coalesce(q.comment_id, (SELECT a.comment_id FROM appeals a WHERE a.id = q.appeal_id)) AS "commentId", q.priority, q.rank, ${ageInSql('q.entered_at')} AS age,
  q.priority_parts AS "priorityParts", q.reasons, q.entered_at AS "enteredAt",
  CASE WHEN q.claimed_until > clock_timestamp() THEN q.claimed_by END AS "claimedBy",
  CASE WHEN q.claimed_until > clock_timestamp() THEN s.display_name END AS "claimedByName",
  CASE WHEN q.claimed_until > clock_timestamp() THEN q.claimed_until END AS "claimedUntil",
  q.escalation_id AS "escalationId",
  (SELECT w.language FROM comment_words w WHERE w.comment_id = q.comment_id) AS language`;
const CLAIMANT = 'LEFT JOIN staff s ON s.id = q.claimed_by';
/** Of such rows, as `f`. */
const BY_PRIORITY = 'f.rank DESC, f."enteredAt", f."itemId"';

export interface QueueCount {
  queue: BuiltQueue;
  open: number;
  claimed: number;
  oldestAgeSeconds: number | null;
}

const COUNTS = new Statement<QueueCount>(
  'queues.counts',
  `SELECT n.queue,
     coalesce((SELECT sum(items) FROM queue_counts k WHERE k.site_id = $1 AND k.queue = n.queue), 0)::int AS open,
     (SELECT count(*) FROM queue_items q WHERE q.claimed_by IS NOT NULL AND q.claimed_until > statement_timestamp()
        AND q.site_id = $1 AND q.queue = n.queue)::int AS claimed,
     (SELECT extract(epoch FROM clock_timestamp() - q.entered_at)::float8 FROM queue_items q
        WHERE q.site_id = $1 AND q.queue = n.queue ORDER BY q.entered_at LIMIT 1) AS "oldestAgeSeconds"
   FROM (VALUES ${BUILT_QUEUES.map((queue) => `('${queue}')`).join(', ')}) AS n(queue)`,
);

export interface Claim {
  places: readonly ClaimPlace[];
  staffId: string;
  queue: BuiltQueue;
  /** How many to hold in the end. */
  limit: number;
}

/** A site to claim from, and how long a claim lasts there. */
export interface ClaimPlace {
  siteId: string;
  seconds: number;
  /** Whether what was escalated there is for them. */
  escalated: boolean;
}

/** Of a lease, for so long is what I hold left as it is: asking for it again and again writes nothing. */
const RENEWED_BELOW = 3 / 4;

/**
 * To what I hold, the next that nobody holds and I have not skipped, and whose comment nobody holds by its item in another
 * queue. SKIP LOCKED: two who ask at once get different items, and a row that is waited for is judged again as it has
 * become: what I gave back in another window may be somebody else's by now. Answers all that I hold then, `fresh`: it is new to me. `limit` stands in the text, so that PostgreSQL knows how
 * little is read and keeps its plan.
 */
function claiming(limit: number, offered: string): string {
  const free = `greatest(${limit} - (SELECT count(*) FROM mine), 0)`;
  const until = 'clock_timestamp() + make_interval(secs => p.seconds)';
  return `WITH places AS (SELECT * FROM unnest($1::uuid[], $2::int[], $5::boolean[]) AS p(site_id, seconds, escalated)),
   mine AS MATERIALIZED (
     SELECT q.id, q.claimed_until < clock_timestamp() + make_interval(secs => p.seconds * ${RENEWED_BELOW}) AS due FROM queue_items q JOIN places p USING (site_id)
     WHERE q.claimed_by = $3 AND q.claimed_until > clock_timestamp() AND q.queue = $4
     ORDER BY q.rank DESC, q.entered_at, q.id LIMIT ${limit}
   ), next AS (
     SELECT free.id, free.rank, free.entered_at FROM places p CROSS JOIN LATERAL (
       SELECT q.id, q.rank, q.entered_at FROM queue_items q
       WHERE q.site_id = p.site_id AND q.queue = $4 AND (q.escalation_id IS NULL OR p.escalated)
         AND (q.claimed_until IS NULL OR q.claimed_until <= clock_timestamp())
         AND NOT EXISTS (SELECT FROM queue_skips k WHERE k.item_id = q.id AND k.staff_id = $3) ${offered}
         AND NOT EXISTS (SELECT FROM queue_items o WHERE o.comment_id = q.comment_id AND o.claimed_by <> $3
                           AND o.claimed_until > clock_timestamp())
       ORDER BY q.rank DESC, q.entered_at, q.id LIMIT ${free} FOR UPDATE SKIP LOCKED
     ) free
   ), claimed AS (
     UPDATE queue_items q SET claimed_by = $3, claimed_until = (SELECT ${until} FROM places p WHERE p.site_id = q.site_id)
     WHERE q.id = ANY (ARRAY(SELECT id FROM mine WHERE due)
                       || ARRAY(SELECT id FROM next ORDER BY rank DESC, entered_at, id LIMIT ${free}))
       AND (q.claimed_by IS NULL OR q.claimed_by = $3 OR q.claimed_until <= clock_timestamp())
     RETURNING q.*
   ), held AS (
     SELECT claimed.*, NOT EXISTS (SELECT FROM mine WHERE mine.id = claimed.id) AS fresh FROM claimed
     UNION ALL
     SELECT q.*, false FROM queue_items q WHERE q.id = ANY (ARRAY(SELECT id FROM mine WHERE NOT due))
   )
   ${withStaffComments(`SELECT ${COLUMNS}, q.fresh FROM held q ${CLAIMANT}`, BY_PRIORITY)}`;
}

/** Nor an appeal whose decision I took: where the site has others, it is theirs. */
const NOT_MINE = `AND NOT EXISTS (SELECT FROM appeals a WHERE a.id = q.appeal_id AND ${barred('$3')})`;

type ClaimedRow = ItemWithComment<QueueItemRow & { fresh: boolean }>;
const claimings = new Map<string, Statement<ClaimedRow>>();

function claimUpTo(limit: number, ofAppeals: boolean): Statement<ClaimedRow> {
  const name = `items.claim${ofAppeals ? 'Appeals' : ''}.${Math.trunc(limit)}`;
  const known = claimings.get(name);
  if (known) return known;
  const made = new Statement<ClaimedRow>(name, claiming(Math.trunc(limit), ofAppeals ? NOT_MINE : ''));
  claimings.set(name, made);
  return made;
}

const BY_ID = new Statement<ItemWithComment>(
  'items.byId',
  withStaffComments(`SELECT ${COLUMNS} FROM queue_items q ${CLAIMANT} WHERE q.id = $1`, BY_PRIORITY),
);

const RENEW = new Statement<{ id: string }>(
  'items.renew',
  `UPDATE queue_items SET claimed_until = clock_timestamp() + make_interval(secs => $3)
   WHERE id = $1 AND claimed_by = $2 AND claimed_until > clock_timestamp() RETURNING id`,
);

const RELEASE = new Statement<{ id: string }>(
  'items.release',
  'UPDATE queue_items SET claimed_by = NULL, claimed_until = NULL WHERE id = $1 AND claimed_by = $2 RETURNING id',
);

const RELEASE_ALL = new Statement<Pick<QueueItemRow, 'itemId' | 'siteId' | 'queue'>>(
  'items.releaseAll',
  `UPDATE queue_items SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = $1 AND ($2::uuid IS NULL OR site_id = $2)
   RETURNING id AS "itemId", site_id AS "siteId", queue`,
);

// Those that a decision takes away at this moment need no renewal, and nobody waits for them.
const RENEW_ALL = new Statement<never>(
  'items.renewAll',
  `UPDATE queue_items q SET claimed_until = clock_timestamp() + make_interval(secs => p.seconds)
   FROM unnest($1::uuid[], $2::int[]) AS p(site_id, seconds)
   WHERE p.site_id = q.site_id AND q.id IN (
     SELECT id FROM queue_items WHERE claimed_by = $3 AND claimed_until > clock_timestamp() FOR UPDATE SKIP LOCKED)`,
);

const SKIP = new Statement<never>(
  'items.skip',
  'INSERT INTO queue_skips (item_id, staff_id, site_id) SELECT id, $2, site_id FROM queue_items WHERE id = $1 ON CONFLICT DO NOTHING',
);

const SETTLE = new Statement<never>(
  'items.settle',
  'DELETE FROM queue_items WHERE comment_id = ANY($1::uuid[]) AND queue = ANY($2::text[])',
);

export const queueStore = {
  counts: (em: EntityManager, siteId: string) => COUNTS.run(em, [siteId]),

  /** Answers what the person holds then. */
  claim: (em: EntityManager, { places, staffId, queue, limit }: Claim): Promise<ClaimedRow[]> =>
    claimUpTo(limit, queue === 'appeals').run(em, [
      places.map((place) => place.siteId),
      places.map((place) => place.seconds),
      staffId,
      queue,
      places.map((place) => place.escalated),
    ]),

  byId: async (em: EntityManager, id: string): Promise<ItemWithComment | undefined> => (await BY_ID.run(em, [id]))[0],

  async renew(em: EntityManager, id: string, staffId: string, seconds: number): Promise<boolean> {
    return (await RENEW.run(em, [id, staffId, seconds])).length === 1;
  },

  async release(em: EntityManager, id: string, staffId: string): Promise<boolean> {
    return (await RELEASE.run(em, [id, staffId])).length === 1;
  },

  /** @param siteId all sites where it is not given */
  releaseAll: (em: EntityManager, staffId: string, siteId?: string) => RELEASE_ALL.run(em, [staffId, siteId ?? null]),

  /** What the person holds, for another full lease. */
  async renewAll(em: EntityManager, staffId: string, places: readonly ClaimPlace[]): Promise<void> {
    await RENEW_ALL.run(em, [places.map((place) => place.siteId), places.map((place) => place.seconds), staffId]);
  },

  async skip(em: EntityManager, id: string, staffId: string): Promise<void> {
    await SKIP.run(em, [id, staffId]);
  },

  settling: (commentIds: readonly string[], queues: readonly BuiltQueue[]): Write => SETTLE.with([commentIds, queues]),
};

/** For other statements over items `q`. */
export { BY_PRIORITY, CLAIMANT, COLUMNS as ITEM_COLUMNS };
