import { parseArgs } from 'node:util';
import type { KnownHead } from '../platform/audit/verify-log.js';

export const USAGE = `Usage: postil COMMAND

  log verify [--site KEY] [--head N:HASH]
        Goes through the log's chain of hashes, of one site or of all, and names the first entry of each that was
        changed, removed, inserted or moved. --head, with --site, is a head that was noted before (the daily line of
        the server's log, GET /api/v1/moderation/log, /metrics): a chain that ends before it, or is another one, is
        broken too. Of the hash the first twelve digits are enough.
  help
        Says this.

Reads the same environment as the server: DATABASE_URL, or the embedded database in DATA_DIR, whether its server runs
or not. Changes nothing.

Ends with 0: all is well; 1: the log is broken; 2: the command was wrong, or could not be carried out.
`;

/** What was asked for is not a command. */
export class UsageError extends Error {}

export type Command = { name: 'help' } | { name: 'log verify'; site: string | undefined; head: KnownHead | undefined };

/** @throws UsageError */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const name = positionals.join(' ');
  if (values.help || name === 'help') return { name: 'help' };
  if (name !== 'log verify')
    throw new UsageError(name === '' ? 'A command is missing.' : `There is no command ${name}.`);
  const { site, head } = values;
  if (head !== undefined && site === undefined) throw new UsageError('A head is one of a site: give --site too.');
  return { name, site, head: head === undefined ? undefined : readHead(head) };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      site: { type: 'string' },
      head: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readHead(text: string): KnownHead {
  const [, n, hash] = /^([1-9]\d{0,14}):([0-9a-f]{12,64})$/i.exec(text) ?? [];
  if (n === undefined || hash === undefined) {
    throw new UsageError(`--head ${text} is not the number of an entry, a colon, and 12 to 64 digits of its hash.`);
  }
  return { n: Number(n), hash: hash.toLowerCase() };
}
