import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { Rule } from '../../screening/index.js';
import type { Tally } from './tally.js';

export type DryRunState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';

export interface DryRunRow {
  id: string;
  siteId: string;
  staffId: string;
  staffName: string | null;
  rule: Rule;
  lastComments: number | null;
  since: Date | null;
  state: DryRunState;
  total: number | null;
  done: number;
  firstId: string | null;
  lastId: string | null;
  cursor: string | null;
  tally: Tally | null;
  at: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export type NewDryRun = Pick<DryRunRow, 'id' | 'siteId' | 'staffId' | 'rule' | 'lastComments'> & {
  days: number | null;
};

/** Kept after their end. */
export const KEPT_DAYS = 30;
/** A worker that says nothing for so long is taken for dead. */
const LEASE = `interval '60 seconds'`;
/** What fails so often without getting on is given up. */
const MOST_ATTEMPTS = 5;

const COLUMNS = `j.id, j.site_id AS "siteId", j.staff_id AS "staffId",
  (SELECT display_name FROM staff WHERE id = j.staff_id) AS "staffName", j.rule, j.last_comments AS "lastComments",
  j.since, j.state, j.total, j.done, j.first_id AS "firstId", j.last_id AS "lastId", j.cursor, j.tally, j.at,
  j.started_at AS "startedAt", j.finished_at AS "finishedAt"`;

const OPEN_OF_SITE = new Statement<{ count: number }>(
  'dryRuns.openOfSite',
  `SELECT count(*)::int AS count FROM rule_dry_runs WHERE finished_at IS NULL AND site_id = $1`,
);
/** Of two who order at once the second counts what the first has ordered. */
const LOCK_SITE = new Statement<never>(
  'dryRuns.lockSite',
  `SELECT pg_advisory_xact_lock(hashtextextended('dry-runs ' || $1::uuid::text, 0))`,
);
const INSERT = new Statement<never>(
  'dryRuns.insert',
  `INSERT INTO rule_dry_runs (id, site_id, staff_id, rule, last_comments, since)
   VALUES ($1, $2, $3, $4, $5, clock_timestamp() - make_interval(days => $6))`,
);
const BY_ID = new Statement<DryRunRow>('dryRuns.byId', `SELECT ${COLUMNS} FROM rule_dry_runs j WHERE j.id = $1`);
const OF_SITE = new Statement<DryRunRow>(
  'dryRuns.ofSite',
  `SELECT ${COLUMNS} FROM rule_dry_runs j WHERE j.site_id = $1 AND (j.at, j.id) < ($2::timestamptz, $3::uuid)
   ORDER BY j.at DESC, j.id DESC LIMIT $4`,
);
const CANCEL = new Statement<{ id: string }>(
  'dryRuns.cancel',
  `UPDATE rule_dry_runs SET state = 'cancelled', finished_at = clock_timestamp(), worker = NULL, leased_until = NULL
   WHERE id = $1 AND finished_at IS NULL RETURNING id`,
);
/** The oldest that nobody works on. One worker at a time: who finds a row locked takes another. */
const TAKE = new Statement<DryRunRow>(
  'dryRuns.take',
  `UPDATE rule_dry_runs j SET worker = $1, leased_until = clock_timestamp() + ${LEASE}, attempts = j.attempts + 1,
     state = CASE WHEN j.attempts >= ${MOST_ATTEMPTS} THEN 'failed' ELSE 'running' END,
     finished_at = CASE WHEN j.attempts >= ${MOST_ATTEMPTS} THEN clock_timestamp() END,
     started_at = coalesce(j.started_at, clock_timestamp())
   WHERE j.id = (SELECT id FROM rule_dry_runs
                 WHERE finished_at IS NULL AND (leased_until IS NULL OR leased_until < clock_timestamp())
                 ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED)
   RETURNING ${COLUMNS}`,
);
/** Nothing comes back where it was cancelled, or another worker has taken it for abandoned. */
const MINE = `WHERE id = $1 AND worker = $2 AND finished_at IS NULL`;
const PREPARED = new Statement<{ id: string }>(
  'dryRuns.prepared',
  `UPDATE rule_dry_runs SET total = $3, first_id = $4, last_id = $5, cursor = $6, leased_until = clock_timestamp() + ${LEASE}
   ${MINE} RETURNING id`,
);
/** How far it is; without what does not change, of which there may be much. */
const PROGRESS = new Statement<{ cursor: string; tally: Tally | null }>(
  'dryRuns.progress',
  `SELECT cursor, tally FROM rule_dry_runs ${MINE}`,
);
const ADVANCE = new Statement<{ id: string }>(
  'dryRuns.advance',
  `UPDATE rule_dry_runs SET cursor = $3, done = done + $4, tally = $5, attempts = 0,
     leased_until = clock_timestamp() + ${LEASE}
   ${MINE} RETURNING id`,
);
const FINISH = new Statement<{ id: string }>(
  'dryRuns.finish',
  `UPDATE rule_dry_runs SET state = 'done', total = done, finished_at = clock_timestamp(), worker = NULL, leased_until = NULL
   ${MINE} RETURNING id`,
);
const LET_GO = new Statement<never>(
  'dryRuns.letGo',
  `UPDATE rule_dry_runs SET worker = NULL, leased_until = NULL, attempts = greatest(attempts - 1, 0) ${MINE}`,
);
const SWEEP = new Statement<never>(
  'dryRuns.sweep',
  `DELETE FROM rule_dry_runs WHERE finished_at < clock_timestamp() - interval '${KEPT_DAYS} days'`,
);
const SWEEP_TEXTS = new Statement<never>(
  'dryRuns.sweepTexts',
  `DELETE FROM dry_run_texts t USING rule_dry_runs j WHERE j.id = t.dry_run_id AND j.finished_at IS NOT NULL`,
);

/** Which of the site's comments. */
export interface Range {
  firstId: string | null;
  lastId: string | null;
}

export const dryRunStore = {
  /** Under the site's lock, held until the transaction ends. */
  async openOf(em: EntityManager, siteId: string): Promise<number> {
    await LOCK_SITE.run(em, [siteId]);
    return (await OPEN_OF_SITE.run(em, [siteId]))[0]?.count ?? 0;
  },

  async insert(em: EntityManager, { id, siteId, staffId, rule, lastComments, days }: NewDryRun): Promise<void> {
    await INSERT.run(em, [id, siteId, staffId, JSON.stringify(rule), lastComments, days]);
  },

  async byId(em: EntityManager, id: string): Promise<DryRunRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  ofSite: (em: EntityManager, siteId: string, after: readonly [at: string, id: string], limit: number) =>
    OF_SITE.run(em, [siteId, ...after, limit]),

  /** False: it has ended. */
  async cancel(em: EntityManager, id: string): Promise<boolean> {
    return (await CANCEL.run(em, [id])).length === 1;
  },

  async take(em: EntityManager, worker: string): Promise<DryRunRow | undefined> {
    return (await TAKE.run(em, [worker]))[0];
  },

  /** This and the two below are false where it is not this worker's any more. */
  async prepared(
    em: EntityManager,
    id: string,
    worker: string,
    { total, firstId, lastId, cursor }: Range & { total: number; cursor: string },
  ): Promise<boolean> {
    return (await PREPARED.run(em, [id, worker, total, firstId, lastId, cursor])).length === 1;
  },

  /** Undefined where it is not this worker's any more. */
  async progress(
    em: EntityManager,
    id: string,
    worker: string,
  ): Promise<{ cursor: string; tally: Tally | null } | undefined> {
    return (await PROGRESS.run(em, [id, worker]))[0];
  },

  async advance(
    em: EntityManager,
    id: string,
    worker: string,
    { cursor, done, tally }: { cursor: string; done: number; tally: Tally },
  ): Promise<boolean> {
    return (await ADVANCE.run(em, [id, worker, cursor, done, JSON.stringify(tally)])).length === 1;
  },

  async finish(em: EntityManager, id: string, worker: string): Promise<boolean> {
    return (await FINISH.run(em, [id, worker])).length === 1;
  },

  /** Leaves the rest to whoever comes next, at once. */
  async letGo(em: EntityManager, id: string, worker: string): Promise<void> {
    await LET_GO.run(em, [id, worker]);
  },

  async sweep(em: EntityManager): Promise<void> {
    await SWEEP.run(em, []);
    await SWEEP_TEXTS.run(em, []);
  },
};
