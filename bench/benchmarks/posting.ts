import { SITE, type Environment } from '../environment/environment.js';
import type { Callee } from '../support/calls.js';
import { alternate, ratioOf } from '../support/paired.js';
import type { Report } from '../support/report.js';
import { median } from '../support/statistics.js';
import { perSecond } from '../support/units.js';
import { LockWaits } from './lock-waits.js';

const NAME = 'posting';
const CONNECTIONS = 16;
const ROUND_MS = 1_000;

export async function posting(env: Environment, report: Report): Promise<void> {
  const many = Array.from({ length: CONNECTIONS }, (_, i) => `posting-${i + 1}`);
  for (const key of many) await env.api.thread(SITE, key);
  await env.api.thread(SITE, 'posting-pre');
  await env.api.thread(SITE, 'posting-post', 'post');
  const tokens = await env.api.guests(SITE, CONNECTIONS);
  const bare: Callee = env.start('bare/database-server.ts', { DATABASE_URL: env.cluster.bareUrl });
  const barePort = await bare.call<number>('listen');

  const ours = new LockWaits(env.cluster.postil);
  const theirs = new LockWaits(env.cluster.bare);
  const post = async (port: number, paths: string[], sessions: string[]) => {
    const load = { port, paths, tokens: sessions, connections: CONNECTIONS, milliseconds: ROUND_MS };
    return (await env.load.call<{ perSecond: number }>('postComments', load)).perSecond;
  };
  const postil = async (...keys: string[]) => {
    const paths = keys.map((key) => `/api/v1/sites/${SITE}/threads/${key}/comments`);
    const rate = await ours.during(() => post(env.node.port, paths, tokens));
    await env.untilFolded();
    return rate;
  };
  const sides = {
    pre: () => postil('posting-pre'),
    same: () => theirs.during(() => post(barePort, ['/post'], [])),
    post: () => postil('posting-post'),
    row: () => post(barePort, ['/insert'], []),
    threads: () => postil(...many),
  };
  for (const side of Object.values(sides)) await side();
  ours.forget();
  theirs.forget();
  const rounds = await alternate(sides);

  const { pre, same, row, threads } = rounds;
  const against = (what: string, rates: number[]) => `${what} ${perSecond(median(rates))}`;
  const held = { ours: perSecond(median(pre)), against: against('the same rows', same) };
  report.ratio(NAME, 'one thread, mode pre, 16 connections', held, ratioOf(pre, same), { atLeast: 0.5 });
  const single = { ours: perSecond(median(pre)), against: against('one row', row) };
  report.ratio(NAME, 'one thread, mode pre, 16 connections', single, ratioOf(pre, row), { atLeast: 0.4 });
  const spread = { ours: perSecond(median(pre)), against: against('16 threads', threads) };
  report.ratio(NAME, 'one thread against 16, mode pre', spread, ratioOf(pre, threads), { atLeast: 0.8 });
  const shown = { ours: perSecond(median(rounds.post)), against: against('the same rows', same) };
  report.ratio(NAME, 'one thread, mode post, 16 connections', shown, ratioOf(rounds.post, same));
  const what = `waits for locks of rows or transactions in ${ours.samples} samples of pg_stat_activity`;
  report.check(NAME, what, described(ours.ofRows), 'none', ours.ofRows.size === 0);
  const bareWaits = `the same rows: ${described(theirs.own)}`;
  report.note(
    NAME,
    'waits for a file to grow (extend), of NOTIFYs for each other (object)',
    described(ours.own),
    bareWaits,
  );
  await bare.end();
}

function described(waits: ReadonlyMap<string, number>): string {
  return [...waits].map(([event, count]) => `${event} × ${count}`).join(', ') || 'none';
}
