import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';

/** What each of them wrote is looked at, the newest first. */
const MOST = 100;

/** A range, for with a pattern that it does not know PostgreSQL can't use the index. */
const NAMED = new Statement<{ id: string }>(
  'search.readersNamed',
  `SELECT id FROM readers WHERE site_id = $1
     AND lower(display_name) COLLATE "C" >= lower($2) AND lower(display_name) COLLATE "C" < lower($2) || chr(1114111)
   ORDER BY lower(display_name) COLLATE "C" LIMIT ${MOST}`,
);

/** Readers of a site whose names begin so, in whatever case. */
export async function readersNamed(em: EntityManager, siteId: string, beginning: string): Promise<string[]> {
  return (await NAMED.run(em, [siteId, beginning])).map(({ id }) => id);
}
