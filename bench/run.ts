import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { deciding } from './benchmarks/deciding.js';
import { fanOut } from './benchmarks/fan-out.js';
import { footprint } from './benchmarks/footprint.js';
import { hotPage } from './benchmarks/hot-page.js';
import { mails } from './benchmarks/mails.js';
import { peers } from './benchmarks/peers.js';
import { postToLive } from './benchmarks/post-to-live.js';
import { posting } from './benchmarks/posting.js';
import { queues } from './benchmarks/queues.js';
import { screening } from './benchmarks/screening.js';
import { Environment } from './environment/environment.js';
import { describeMachine } from './support/machine.js';
import { Report } from './support/report.js';
import { documentOf } from './support/document.js';
import { tableOf } from './support/table.js';

/** What grows the tables comes last, and what needs quiet comes first. */
const BENCHMARKS = {
  screening,
  'fan-out': fanOut,
  'post-to-live': postToLive,
  deciding,
  posting,
  'hot-page': hotPage,
  queues,
  mails,
  peers,
  footprint,
};
const RESULTS = new URL('../docs/benchmarks.md', import.meta.url);
const BUILT = new URL('../dist/src/main.js', import.meta.url);

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false }, profile: { type: 'string' } },
  });
  const names = Object.keys(BENCHMARKS) as (keyof typeof BENCHMARKS)[];
  const unknown = positionals.filter((name) => !names.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`No benchmark is called ${unknown.join(', ')}; there are ${names.join(', ')}`);
  if (!existsSync(BUILT)) throw new Error('The server is not built: npm run build');
  const chosen = positionals.length > 0 ? names.filter((name) => positionals.includes(name)) : names;

  const profile = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`];
  const env = await Environment.start(profile);
  const interrupted = onStopSignal();
  const report = new Report(say);
  let machine: string;
  try {
    machine = await describeMachine(env.cluster.postil);
    for (const name of chosen) {
      const begun = performance.now();
      say(`${name}`);
      await Promise.race([BENCHMARKS[name](env, report), interrupted]);
      say(`  (${((performance.now() - begun) / 1_000).toFixed(0)} s)`);
    }
  } finally {
    await env.stop();
  }
  const table = tableOf(report.lines);
  say(`\n${table}\n\n${machine}`);
  if (values.write) writeFileSync(RESULTS, await formatted(documentOf(machine, table)));
  say(report.missed.length > 0 ? `\n${report.missed.length} missed` : '\nNo limit was missed');
  return report.missed.length > 0 ? 1 : 0;
}

/** As `npm run check` wants it. */
async function formatted(page: string): Promise<string> {
  return format(page, { ...(await resolveConfig(RESULTS)), parser: 'markdown' });
}

/** PostgreSQL would outlive this process. */
function onStopSignal(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error(signal)));
  });
  interrupted.catch(() => undefined);
  return interrupted;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(2);
  },
);
