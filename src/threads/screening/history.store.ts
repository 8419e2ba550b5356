import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { Need, Needs } from '../../screening/index.js';

/** As the database gives it; what was not asked for is null. */
export interface HistoryRow {
  /** null: the session is over. */
  readerId: string | null;
  /** By the database's clock, milliseconds since 1970. */
  now: number;
  published: number | null;
  decided: { published: number; rejected: number } | null;
  posted: number[] | null;
  texts: { reader: string; at: number }[] | null;
}

const MS = (column: string) => `floor(extract(epoch FROM ${column}) * 1000)::float8`;

const LATELY = (column: string, parameter: string) =>
  `${column} > clock_timestamp() - make_interval(secs => ${parameter}::float8)`;

const PARTS: Record<Need, string> = {
  published: `(SELECT count(*)::int FROM (
      SELECT FROM comments c WHERE c.reader_id = r.id AND c.status = 'published' AND c.id <> $4 LIMIT $5) p)`,
  decided: `(SELECT jsonb_build_object('published', count(*) FILTER (WHERE d.status = 'published'),
                                       'rejected', count(*) FILTER (WHERE d.status IN ('rejected', 'spam')))
     FROM (SELECT c.status FROM comments c
           WHERE c.reader_id = r.id AND c.decided_by = 'human' AND c.status IN ('published', 'rejected', 'spam')
             AND c.id <> $4 AND ${LATELY('c.created_at', '$6')}
           ORDER BY c.created_at DESC LIMIT $7) d)`,
  posted: `(SELECT coalesce(jsonb_agg(${MS('p.created_at')}), '[]') FROM (
      SELECT c.created_at FROM comments c
      WHERE c.reader_id = r.id AND c.id <> $4 AND ${LATELY('c.created_at', '$8')}
      ORDER BY c.created_at DESC LIMIT $9) p)`,
  texts: `(SELECT coalesce(jsonb_agg(jsonb_build_object('reader', t.reader_id, 'at', ${MS('t.created_at')})), '[]') FROM (
      SELECT c.reader_id, rv.created_at FROM (
        SELECT v.comment_id, v.created_at FROM comment_revisions v
        WHERE v.site_id = $2 AND v.digest = $3 AND v.comment_id <> $4 AND ${LATELY('v.created_at', '$10')}
        ORDER BY v.created_at DESC LIMIT $11
      ) rv JOIN comments c ON c.id = rv.comment_id) t)`,
};
const NAMES = Object.keys(PARTS) as Need[];
/** Named, so that each has a type in every statement. */
const PARAMETERS = `SELECT $1::uuid AS session, $2::uuid AS site, $3::text AS digest, $4::uuid AS besides, $5::int AS p,
  $6::float8 AS ds, $7::int AS d, $8::float8 AS ps, $9::int AS pm, $10::float8 AS ts, $11::int AS t`;

const statements = new Map<string, Statement<HistoryRow>>();

function statementFor(needs: Needs): Statement<HistoryRow> {
  const wanted = NAMES.filter((name) => needs.has(name));
  const key = wanted.join('.');
  let statement = statements.get(key);
  if (!statement) {
    const columns = NAMES.map((name) => `${needs.has(name) ? PARTS[name] : 'NULL::jsonb'} AS ${name}`).join(',\n');
    statement = new Statement<HistoryRow>(
      `comments.history.${key}`,
      `SELECT r.id AS "readerId", ${MS('clock_timestamp()')} AS now, ${columns}
       FROM (${PARAMETERS}) given
       LEFT JOIN reader_sessions s ON s.id = given.session AND s.ended_at IS NULL AND s.expires_at > clock_timestamp()
       LEFT JOIN readers r ON r.id = s.reader_id`,
    );
    statements.set(key, statement);
  }
  return statement;
}

export async function historyOf(
  em: EntityManager,
  needs: Needs,
  given: { sessionId: string; siteId: string; digest: string | null; besides: string | null },
): Promise<HistoryRow | undefined> {
  const besides = given.besides ?? '00000000-0000-0000-0000-000000000000';
  const { published, decided, posted, texts } = Object.fromEntries(needs);
  const reaches = [decided, posted, texts].flatMap((reach) => [reach?.seconds ?? 0, reach?.most ?? 0]);
  const values = [given.sessionId, given.siteId, given.digest, besides, published?.most ?? 0, ...reaches];
  return (await statementFor(needs).run(em, values))[0];
}
