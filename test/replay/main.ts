/** `npm run replay -- FILE…`: real comments through a running server; see `--help`. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { commentsForCi, readComments } from './dataset.js';
import { OwnServer } from './own-server.js';
import { showProgress } from './progress.js';
import { Replay, type ReplayOptions } from './replay.js';
import { render } from './report.js';

const HELP = `npm run replay -- [options] FILE…

Plays comments (CSV: COMMENT_ID, AUTHOR, DATE, CONTENT, CLASS; CLASS 1 is spam) through a server: their authors post,
reply, vote, edit and delete over HTTP, a moderator decides by CLASS, pages follow over Socket.IO. Ends with a report,
and with 0 only if every page ended equal to a fresh read and to all that was acknowledged.

  --url URL            a server that runs (with --email and --password of an owner); default: one of its own
  --site KEY           demo
  --thread KEY         a new one each time
  --mode pre|post      pre
  --pages N            50
  --concurrency N      8
  --seed N             1
  --ci                 no FILE: one of POSTIL_DATA (../shared/data), else a generated one`;

class UsageError extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      email: { type: 'string' },
      password: { type: 'string' },
      site: { type: 'string', default: 'demo' },
      thread: { type: 'string', default: `replay-${randomBytes(4).toString('hex')}` },
      mode: { type: 'string', default: 'pre' },
      pages: { type: 'string', default: '50' },
      concurrency: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
      ci: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { url, email = '', password = '', site, thread, mode } = values;
  if (mode !== 'pre' && mode !== 'post') throw new UsageError('--mode is pre or post');
  if (url !== undefined && (email === '' || password === ''))
    throw new UsageError('--url needs --email and --password');
  if (values.ci === positionals.length > 0) throw new UsageError('either FILE… or --ci');
  const seed = whole('seed', values.seed, 0);
  const pages = whole('pages', values.pages, 1);
  const concurrency = whole('concurrency', values.concurrency, 1);

  const { source, comments } = values.ci
    ? commentsForCi(process.env['POSTIL_DATA'] ?? '../shared/data', seed)
    : { source: positionals.join(', '), comments: readComments(positionals) };
  console.log(`Replaying ${source}`);
  const settings = { site, thread, mode, pages, concurrency, seed, comments } as const;
  if (url !== undefined) return play({ ...settings, url: url.replace(/\/+$/, ''), email, password });
  return withOwnServer((own) => play({ ...settings, ...own }));
}

async function play(options: ReplayOptions): Promise<number> {
  const replay = new Replay(options);
  const progress = showProgress(process.stdout, () => replay.standing);
  const report = await replay.run().finally(() => progress.stop());
  console.log(`\n${render(report)}`);
  return report.failures.length === 0 ? 0 : 1;
}

/** The server and its database are gone afterwards, also when it is interrupted. */
async function withOwnServer(
  work: (own: { url: string; email: string; password: string }) => Promise<number>,
): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postil-replay-'));
  // As root, PostgreSQL runs as another user, who must get in.
  chmodSync(folder, 0o711);
  const server = await OwnServer.create(path.join(folder, 'data'));
  const clear = async () => {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void clear().then(() => process.exit(1)));
  // Whatever ends this process ends the server too; the folder may stay then.
  process.once('exit', () => server.kill());
  try {
    const signIn = await server.start();
    console.log(`A server of its own runs at ${server.url}`);
    const code = await work({ url: server.url, ...signIn });
    const warnings = server.output.split('\n').filter((line) => line.startsWith('{'));
    if (warnings.length > 0)
      console.log(`The server logged ${warnings.length} warnings, the last ones:\n${warnings.slice(-5).join('\n')}`);
    return code;
  } finally {
    await clear();
  }
}

function whole(name: string, value: string, least: number): number {
  if (/^\d+$/.test(value) && Number(value) >= least) return Number(value);
  throw new UsageError(`--${name} is a whole number from ${least}`);
}

main().then(
  (code) => process.exit(code),
  (error: Error & { code?: string }) => {
    const usage = error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS');
    console.error(usage ? `${error.message}\n\n${HELP}` : (error.stack ?? error.message));
    process.exit(usage ? 2 : 1);
  },
);
