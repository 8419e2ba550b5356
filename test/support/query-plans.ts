import pg from 'pg';

/** A prepared statement with the values of one use. */
export interface UsedStatement {
  name: string;
  text: string;
  values: unknown[];
}

interface PlanNode {
  'Relation Name'?: string;
  'Index Name'?: string;
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: PlanNode[];
}

/** The prepared statements that this process sends from now on, in its own list; `stop` ends it. */
export function recordStatements(): { used: UsedStatement[]; stop: () => void } {
  const used: UsedStatement[] = [];
  const prototype = pg.Client.prototype as { query: (...values: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function (this: pg.Client, ...values: unknown[]) {
    const [first] = values;
    if (typeof first === 'object' && first !== null && 'name' in first) used.push(first as UsedStatement);
    return query.apply(this, values);
  };
  return { used, stop: () => void (prototype.query = query) };
}

type PlanMode = 'force_generic_plan' | 'force_custom_plan';

/** Runs it again under a plan of that mode: how many rows of a table came through which of its indexes, or through none. */
export async function rowsByIndex(
  pool: pg.Pool,
  statement: UsedStatement,
  planCacheMode: PlanMode,
  table: string,
): Promise<Record<string, number>> {
  return (await rowsByTable(pool, statement, planCacheMode)).get(table) ?? {};
}

/** The same of all tables, by name. */
export async function rowsByTable(
  pool: pg.Pool,
  { text, values }: UsedStatement,
  planCacheMode: PlanMode,
): Promise<Map<string, Record<string, number>>> {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; SET LOCAL plan_cache_mode = ${planCacheMode}; PREPARE looked_at AS ${text}`);
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE looked_at (${values.map(literal).join(', ')})`,
    );
    const found = new Map<string, Record<string, number>>();
    const visit = (node: PlanNode): void => {
      const table = node['Relation Name'];
      if (table !== undefined) {
        const own = found.get(table) ?? {};
        const by = node['Index Name'] ?? node['Node Type'];
        own[by] = (own[by] ?? 0) + node['Actual Rows'] * node['Actual Loops'];
        found.set(table, own);
      }
      node.Plans?.forEach(visit);
    };
    visit(rows[0]!['QUERY PLAN'][0].Plan);
    return found;
  } finally {
    await client.query('ROLLBACK; DEALLOCATE ALL');
    client.release();
  }
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'`;
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.join(',')}}` : String(value));
}
