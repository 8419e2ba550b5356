import type pg from 'pg';
import { Statement } from '../platform/database/statement.js';
import { verifyLog, type Broken, type Fault, type KnownHead, type Verified } from '../platform/audit/verify-log.js';

interface LoggedSite {
  id: string;
  key: string;
}

const PRESENT = new Statement<{ present: boolean }>(
  'cli.chainPresent',
  `SELECT to_regclass('log_chain') IS NOT NULL AS present`,
);
// Also those that are no more: their log stays.
const SITES = new Statement<LoggedSite>(
  'cli.sites',
  `SELECT id, coalesce(s.key, id::text) AS key
   FROM (SELECT id FROM sites UNION SELECT site_id FROM log_entries UNION SELECT site_id FROM log_chain) AS logged
   LEFT JOIN sites s USING (id) WHERE $1::text IS NULL OR $1 IN (s.key, id::text) ORDER BY key`,
);

const MEANING: Record<Fault, string> = {
  changed: 'the entry or its place is not what was chained',
  removed: 'an entry was removed here',
  inserted: 'the entry was inserted',
  'text-changed': 'a text of the entry is not what was written',
  cut: 'the chain ends before the head that was given',
  'other-chain': 'the chain is not the one whose head was given',
};

/** The command could not be carried out, and why. */
export class NotVerified extends Error {}

/**
 * Says of each site whether its log is whole; true where all are.
 * @throws NotVerified
 */
export async function verifyLogs(
  client: pg.Client,
  { site, head }: { site?: string | undefined; head?: KnownHead | undefined },
  say: (line: string) => void,
): Promise<boolean> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const [chain] = await PRESENT.on(client, []);
    if (!chain?.present) throw new NotVerified('It has no chain yet: start this version of Postil on it once.');
    const sites = await SITES.on(client, [site ?? null]);
    if (site !== undefined && sites.length === 0) throw new NotVerified(`There is no site ${site}.`);
    let whole = true;
    for (const { id, key } of sites) {
      const verified = await verifyLog(client, id, head);
      say(`site ${key}: ${described(verified)}`);
      whole &&= verified.broken === undefined;
    }
    return whole;
  } finally {
    await client.query('ROLLBACK');
  }
}

function described({ entries, waiting, texts, erased, uncovered, head, broken }: Verified): string {
  if (broken) return `BROKEN at ${placeOf(broken)}: ${MEANING[broken.fault]}; whole up to entry ${entries}`;
  const end = entries === 0 ? 'no head yet' : `head ${head.n}:${head.hash}`;
  const known = `${texts} texts as written, ${erased} erased`;
  const strange = uncovered > 0 ? `, ${uncovered} THAT NO ENTRY SPEAKS OF` : '';
  return `whole, ${entries} entries (${waiting} more wait for the chain), ${known}${strange}; ${end}`;
}

function placeOf({ n, entryId }: Broken): string {
  return [n === null ? 'an entry that is not in the chain' : `entry ${n}`, ...(entryId ? [entryId] : [])].join(', ');
}
