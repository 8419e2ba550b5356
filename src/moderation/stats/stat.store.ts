import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { CLOCKS_DIFFER_MS, idAt } from '../../platform/id-time.js';
import { decisionFacts, FACT, screeningFacts } from './facts.store.js';
import { stepInSql } from './histogram.js';

/** pg gives infinite times as numbers. */
const millisecondsOf = (at: Date | number) => Number(at);
const timeOf = (ms: number) => (ms === -Infinity ? '-infinity' : new Date(ms).toISOString());
/** Ids bear the time by the clock of the node that drew them. Rows are found by them, so that appending needs no further index. */
const lowestId = (ms: number) => idAt(ms === -Infinity ? 0 : ms - CLOCKS_DIFFER_MS);
const highestId = (ms: number) => idAt(ms + CLOCKS_DIFFER_MS);

/** What was written to a table between two moments. */
export interface Source {
  name: 'decisions' | 'screenings';
  table: 'decisions' | 'comment_revisions';
  /** Facts are final only after so long. */
  lagSeconds: number;
  /** Of $1 to before $2; their ids are of $3 to before $4. */
  facts: string;
}

export const SOURCES: readonly Source[] = [
  {
    name: 'decisions',
    table: 'decisions',
    // The longest time in which a decision can be undone.
    lagSeconds: 3_600,
    facts: decisionFacts('id >= $3 AND id < $4 AND at >= $1 AND at < $2'),
  },
  {
    name: 'screenings',
    table: 'comment_revisions',
    lagSeconds: 0,
    facts: screeningFacts('rv.created_at >= $1 AND rv.created_at < $2', 'rv.comment_id >= $3 AND rv.comment_id < $4'),
  },
];

/** Of two who fold at once the second goes on where the first has ended. */
const TAKE = new Statement<{ until: Date | number }>(
  'stats.take',
  `INSERT INTO stat_folds (source, until) VALUES ($1, '-infinity')
   ON CONFLICT (source) DO UPDATE SET until = stat_folds.until RETURNING until`,
);
const NOW = new Statement<{ at: Date }>('stats.now', 'SELECT clock_timestamp() - make_interval(secs => $1) AS at');
const SET = new Statement<never>('stats.set', 'UPDATE stat_folds SET until = $2 WHERE source = $1');
const UNTIL = new Statement<{ source: string; until: Date | number }>(
  'stats.until',
  'SELECT source, until FROM stat_folds',
);

/**
 * Whoever writes to the table holds this lock from before the moment that the row bears until it can be seen. So where
 * nobody holds it, all that bears an earlier time can be seen; else all from before the first of them began.
 */
const WRITERS = new Statement<{ since: Date | null; writers: number }>(
  'stats.writers',
  `SELECT count(*)::int AS writers, min(coalesce(a.xact_start, '-infinity')) AS since
   FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
   WHERE l.relation = $1::text::regclass AND l.mode = 'RowExclusiveLock' AND l.granted
     AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
);
const OLDEST = {
  decisions: new Statement<{ at: Date | null }>('stats.oldestDecision', 'SELECT min(at) AS at FROM decisions'),
  screenings: new Statement<{ at: Date | null }>(
    'stats.oldestText',
    'SELECT min(created_at) AS at FROM comment_revisions',
  ),
};
const FOLD = Object.fromEntries(
  SOURCES.map(({ name, facts }) => [
    name,
    new Statement<never>(
      `stats.fold.${name}`,
      `INSERT INTO stat_days (${FACT})
       SELECT site_id, day, measure, subject, code, sum(n) FROM (${facts}) facts GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
       ON CONFLICT (site_id, day, measure, subject, code) DO UPDATE SET n = stat_days.n + excluded.n`,
    ),
  ]),
) as Record<Source['name'], Statement<never>>;

/** Appeals by outcome, whoever had decided (null: a rule), and the step of the time that they waited. */
export interface AppealFigure {
  state: 'upheld' | 'overturned' | 'moot';
  staffId: string | null;
  step: number;
  n: number;
}

export interface Figure {
  measure: string;
  subject: string;
  code: string;
  n: number;
}

const FIGURES = new Statement<Figure>(
  'stats.figures',
  `SELECT measure, subject, code, sum(n)::float8 AS n FROM (
     SELECT ${FACT} FROM stat_days WHERE site_id = $1 AND day BETWEEN $2 AND $3
     UNION ALL
     SELECT ${FACT} FROM (${decisionFacts('id >= $6 AND at >= $4 AND site_id = $1')}) decided WHERE day BETWEEN $2 AND $3
     UNION ALL
     SELECT ${FACT} FROM (${screeningFacts('rv.created_at >= $5 AND rv.site_id = $1', 'rv.comment_id >= $7')}) screened
     WHERE day BETWEEN $2 AND $3
     UNION ALL
     SELECT k.site_id, (k.at AT TIME ZONE 'UTC')::date, m.measure, k.queue, '', m.n
     FROM queue_counts k CROSS JOIN LATERAL (VALUES ('queue-entered', k.entered), ('queue-left', k.departed)) m(measure, n)
     WHERE k.site_id = $1 AND m.n <> 0 AND (k.at AT TIME ZONE 'UTC')::date BETWEEN $2 AND $3
   ) figures GROUP BY 1, 2, 3 HAVING sum(n) <> 0`,
);

const REPORTS = new Statement<{ state: string; n: number }>(
  'stats.reports',
  `SELECT state, count(*)::int AS n FROM reports
   WHERE site_id = $1 AND settled_at >= ($2::date AT TIME ZONE 'UTC') AND settled_at < (($3::date + 1) AT TIME ZONE 'UTC')
     AND state <> 'open'
   GROUP BY state`,
);
/** Of decided appeals there are few: a site's are looked at one by one. */
const APPEALS = new Statement<AppealFigure>(
  'stats.appeals',
  `SELECT state, staff_id AS "staffId", ${stepInSql('extract(epoch FROM decided_at - at)::float8')} AS step, count(*)::int AS n
   FROM appeals
   WHERE site_id = $1 AND state IN ('upheld', 'overturned', 'moot')
     AND decided_at >= ($2::date AT TIME ZONE 'UTC') AND decided_at < (($3::date + 1) AT TIME ZONE 'UTC')
   GROUP BY 1, 2, 3`,
);
const NAMES = new Statement<{ id: string; name: string }>(
  'stats.names',
  'SELECT id, display_name AS name FROM staff WHERE id = ANY($1::uuid[])',
);

/** Both inclusive, in UTC: `2026-11-22`. */
export interface Period {
  from: string;
  to: string;
}

export const statStore = {
  /** Up to when it is folded, in milliseconds since 1970; held until the transaction ends. */
  async take(em: EntityManager, { name }: Source): Promise<number> {
    const [row] = await TAKE.run(em, [name]);
    return row ? millisecondsOf(row.until) : -Infinity;
  },

  /** Before when all that was written can be seen, and is final. Two statements: who writes is asked after the time. */
  async horizon(em: EntityManager, { table, lagSeconds }: Source): Promise<number> {
    const [now] = await NOW.run(em, [lagSeconds]);
    const [writers] = await WRITERS.run(em, [table]);
    const at = now?.at.getTime() ?? -Infinity;
    return writers?.since ? Math.min(at, millisecondsOf(writers.since)) : at;
  },

  async oldest(em: EntityManager, { name }: Source): Promise<number | undefined> {
    return (await OLDEST[name].run(em, []))[0]?.at?.getTime();
  },

  async fold(em: EntityManager, { name }: Source, from: number, until: number): Promise<void> {
    await FOLD[name].run(em, [timeOf(from), timeOf(until), lowestId(from), highestId(until)]);
    await SET.run(em, [name, timeOf(until)]);
  },

  async figures(em: EntityManager, siteId: string, { from, to }: Period): Promise<Figure[]> {
    const folds = new Map((await UNTIL.run(em, [])).map(({ source, until }) => [source, millisecondsOf(until)]));
    const decided = folds.get('decisions') ?? -Infinity;
    const screened = folds.get('screenings') ?? -Infinity;
    return FIGURES.run(em, [
      siteId,
      from,
      to,
      timeOf(decided),
      timeOf(screened),
      lowestId(decided),
      lowestId(screened),
    ]);
  },

  reports: (em: EntityManager, siteId: string, { from, to }: Period) => REPORTS.run(em, [siteId, from, to]),

  appeals: (em: EntityManager, siteId: string, { from, to }: Period) => APPEALS.run(em, [siteId, from, to]),

  async names(em: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
    return new Map((await NAMES.run(em, [ids])).map(({ id, name }) => [id, name]));
  },
};
