import type { EntityManager } from 'typeorm';
import { Statement, type Write } from '../platform/database/statement.js';
import { barred } from './appeals/appeal.store.js';
import { ageInSql } from './priority.js';
import { BUILT_QUEUES, type BuiltQueue } from './queues.js';

export interface QueueItemRow {
  id: string;
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

const COLUMNS = `q.id, q.site_id AS "siteId", q.queue, q.appeal_id AS "appealId",
  coalesce(q.comment_id, (SELECT a.comment_id FROM appeals a WHERE a.id = q.appeal_id)) AS "commentId", q.priority, q.rank, ${ageInSql('q.entered_at')} AS age,
  q.priority_parts AS "priorityParts", q.reasons, q.entered_at AS "enteredAt",
  CASE WHEN q.claimed_until > clock_timestamp() THEN q.claimed_by END AS "claimedBy",
  CASE WHEN q.claimed_until > clock_timestamp() THEN s.display_name END AS "claimedByName",
  CASE WHEN q.claimed_until > clock_timestamp() THEN q.claimed_until END AS "claimedUntil",
  q.escalation_id AS "escalationId",
  (SELECT w.language FROM comment_words w WHERE w.comment_id = q.comment_id) AS language`;
const CLAIMANT = 'LEFT JOIN staff s ON s.id = q.claimed_by';

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

/** Of what a person holds: whether work on it should renew the lease. */
export type HeldItemRow = QueueItemRow & { due: boolean };

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
 * become. Answers what is new to me.
 */
const claiming = (name: string, offered = '') =>
  new Statement<{ id: string; fresh: boolean }>(
    name,
    `WITH places AS (SELECT * FROM unnest($1::uuid[], $2::int[], $6::boolean[]) AS p(site_id, seconds, escalated)),
   mine AS MATERIALIZED (
     SELECT q.id, q.claimed_until < clock_timestamp() + make_interval(secs => p.seconds * ${RENEWED_BELOW}) AS due FROM queue_items q JOIN places p USING (site_id)
     WHERE q.claimed_by = $3 AND q.claimed_until > clock_timestamp() AND q.queue = $4
     ORDER BY q.rank DESC, q.entered_at, q.id LIMIT $5
   ), next AS (
     SELECT free.id, free.rank, free.entered_at FROM places p CROSS JOIN LATERAL (
       SELECT q.id, q.rank, q.entered_at FROM queue_items q
       WHERE q.site_id = p.site_id AND q.queue = $4 AND (q.escalation_id IS NULL OR p.escalated)
         AND (q.claimed_until IS NULL OR q.claimed_until <= clock_timestamp())
         AND NOT EXISTS (SELECT FROM queue_skips k WHERE k.item_id = q.id AND k.staff_id = $3) ${offered}
         AND NOT EXISTS (SELECT FROM queue_items o WHERE o.comment_id = q.comment_id AND o.claimed_by <> $3
                           AND o.claimed_until > clock_timestamp())
       ORDER BY q.rank DESC, q.entered_at, q.id
       LIMIT greatest($5 - (SELECT count(*) FROM mine), 0) FOR UPDATE SKIP LOCKED
     ) free
   ), chosen AS (
     SELECT id FROM mine WHERE due
     UNION ALL
     (SELECT id FROM next ORDER BY rank DESC, entered_at, id LIMIT greatest($5 - (SELECT count(*) FROM mine), 0))
   )
   UPDATE queue_items q SET claimed_by = $3, claimed_until = clock_timestamp() + make_interval(secs => p.seconds)
   FROM places p WHERE p.site_id = q.site_id AND q.id IN (SELECT id FROM chosen)
   RETURNING q.id, NOT EXISTS (SELECT FROM mine WHERE mine.id = q.id) AS fresh`,
  );
const CLAIM = claiming('items.claim');
/** Nor an appeal whose decision I took: where the site has others, it is theirs. */
const CLAIM_APPEALS = claiming(
  'items.claimAppeals',
  `AND NOT EXISTS (SELECT FROM appeals a WHERE a.id = q.appeal_id AND ${barred('$3')})`,
);

/** A lease that is lost with the database's last milliseconds costs nobody more than a conflict: nobody waits for the disk. */
const NOT_DURABLE = new Statement<never>('claims.notDurable', `SELECT set_config('synchronous_commit', 'off', true)`);

const helds = new Map<number, Statement<HeldItemRow>>();

/** One for each number of items: of a LIMIT that it does not know PostgreSQL makes no plan to keep. */
function heldUpTo(limit: number): Statement<HeldItemRow> {
  const known = helds.get(limit);
  if (known) return known;
  const made = new Statement<HeldItemRow>(
    `items.held.${limit}`,
    `SELECT ${COLUMNS}, q.claimed_until < clock_timestamp() + make_interval(secs => p.seconds * ${RENEWED_BELOW}) AS due
     FROM queue_items q JOIN unnest($3::uuid[], $4::int[]) AS p(site_id, seconds) USING (site_id) ${CLAIMANT}
     WHERE q.claimed_by = $1 AND q.claimed_until > clock_timestamp() AND q.queue = $2
     ORDER BY q.rank DESC, q.entered_at, q.id LIMIT ${Math.trunc(limit)}`,
  );
  helds.set(limit, made);
  return made;
}

const BY_IDS = new Statement<QueueItemRow>(
  'items.byIds',
  `SELECT ${COLUMNS} FROM queue_items q ${CLAIMANT} WHERE q.id = ANY($1::uuid[]) ORDER BY q.rank DESC, q.entered_at, q.id`,
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

const RELEASE_ALL = new Statement<{ id: string; siteId: string; queue: BuiltQueue }>(
  'items.releaseAll',
  `UPDATE queue_items SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = $1 AND ($2::uuid IS NULL OR site_id = $2)
   RETURNING id, site_id AS "siteId", queue`,
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

  notDurable: (em: EntityManager) => NOT_DURABLE.run(em, []),

  /** Answers what is held anew. */
  async claim(em: EntityManager, { places, staffId, queue, limit }: Claim): Promise<string[]> {
    const sites = places.map((place) => place.siteId);
    const [seconds, escalated] = [places.map((place) => place.seconds), places.map((place) => place.escalated)];
    const rows = await (queue === 'appeals' ? CLAIM_APPEALS : CLAIM).run(em, [
      sites,
      seconds,
      staffId,
      queue,
      limit,
      escalated,
    ]);
    return rows.flatMap(({ id, fresh }) => (fresh ? id : []));
  },

  /** What the person holds there, by priority. */
  held: (em: EntityManager, { places, staffId, queue, limit }: Claim) =>
    heldUpTo(limit).run(em, [
      staffId,
      queue,
      places.map((place) => place.siteId),
      places.map((place) => place.seconds),
    ]),

  byIds: (em: EntityManager, ids: readonly string[]) => BY_IDS.run(em, [ids]),

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
export { CLAIMANT, COLUMNS as ITEM_COLUMNS };
