import type { Environment } from '../environment/environment.js';
import { NODE_ENVIRONMENT } from '../environment/postil-node.js';
import type { Repeated } from '../load/request-load.js';
import { alternate, ratioOf, type Ratio } from '../support/paired.js';
import type { Report } from '../support/report.js';
import { median, rangeOf } from '../support/statistics.js';
import { milliseconds, perSecond } from '../support/units.js';
import { pagePath, seededThreads, THREAD_SIZES, type ThreadSize } from './threads.js';

const NAME = 'hot page';
const CONNECTIONS = 16;
const ROUND_MS = 700;
const COLD_CONNECTIONS = 1;
const COLD_ROUND_MS = 500;
/** What browsers ask for; without it the bytes are so many that sending them hides the server. */
const BROWSER = { 'accept-encoding': 'gzip, deflate, br' };
const ALIKE = 0.15;
const BUSY_LIMIT = 0.95;

export async function hotPage(env: Environment, report: Report): Promise<void> {
  await seededThreads(env);
  await cached(env, report);
  await uncached(env, report);
}

async function cached(env: Environment, report: Report): Promise<void> {
  const bare = env.start('bare/page-server.ts');
  const barePort = await bare.call<number>('listen');
  const request = (size: ThreadSize) => ({ method: 'GET' as const, path: pagePath(size), headers: BROWSER });
  for (const size of THREAD_SIZES) {
    const url = `http://127.0.0.1:${env.node.port}${pagePath(size)}`;
    const { bytes } = await bare.call<{ bytes: number }>('copy', { url, path: pagePath(size), headers: BROWSER });
    report.note(NAME, `bytes of the first page of ${named(size)}, compressed`, `${bytes}`);
  }

  let busiest = 0;
  const rate = async (port: number, size: ThreadSize) => {
    const load = { port, request: request(size), connections: CONNECTIONS, milliseconds: ROUND_MS };
    const result = await env.load.call<Repeated>('repeat', load);
    busiest = Math.max(busiest, result.busy);
    return result.perSecond;
  };
  const sides = Object.fromEntries(
    THREAD_SIZES.flatMap((size) => [
      [`postil ${size}`, () => rate(env.node.port, size)],
      [`bare ${size}`, () => rate(barePort, size)],
    ]),
  );
  for (const side of Object.values(sides)) await side();
  const rounds = await alternate(sides);
  const ratios: Ratio[] = [];
  for (const size of THREAD_SIZES) {
    const [ours, theirs] = [rounds[`postil ${size}`] ?? [], rounds[`bare ${size}`] ?? []];
    const figures = { ours: perSecond(median(ours)), against: `node:http ${perSecond(median(theirs))}` };
    const ratio = ratioOf(ours, theirs);
    ratios.push(ratio);
    report.ratio(NAME, `first page of ${named(size)}, ${CONNECTIONS} connections`, figures, ratio, { atLeast: 0.8 });
  }
  // By their ratios: what else the machine did while one of them was measured is taken out.
  const { min, max } = rangeOf(ratios.map((ratio) => ratio.value));
  const apart = (max - min) / max;
  const figure = `${(apart * 100).toFixed(1)} % apart`;
  report.check(NAME, 'the three sizes alike, by their ratios', figure, `≤ ${ALIKE * 100} %`, apart <= ALIKE);
  const advice = busiest > BUSY_LIMIT ? ' (the servers could do more: their ratios look better than they are)' : '';
  report.note(NAME, 'load generator busy at most', `${Math.round(busiest * 100)} %${advice}`);
}

/** Every page rendered: what the database and the rendering cost, whatever the thread's size. */
async function uncached(env: Environment, report: Report): Promise<void> {
  const node = env.start('environment/uncached-node.ts', {
    ...NODE_ENVIRONMENT,
    PORT: '0',
    ROLE: 'web',
    DATABASE_URL: env.cluster.postilUrl,
  });
  const port = await node.call<number>('start');
  const p50 = async (size: ThreadSize) => {
    const request = { method: 'GET' as const, path: pagePath(size) };
    const load = { port, request, connections: COLD_CONNECTIONS, milliseconds: COLD_ROUND_MS };
    return (await env.load.call<Repeated>('repeat', load)).p50;
  };
  const [small, , large] = THREAD_SIZES;
  const sides = Object.fromEntries(THREAD_SIZES.map((size) => [String(size), () => p50(size)]));
  for (const side of Object.values(sides)) await side();
  const rounds = await alternate(sides);
  const times = (size: ThreadSize) => rounds[String(size)] ?? [];
  const figures = {
    ours: milliseconds(median(times(large))),
    against: `${named(small)} ${milliseconds(median(times(small)))}`,
  };
  report.ratio(
    NAME,
    `without the cache, p50 of the first page of ${named(large)}`,
    figures,
    ratioOf(times(large), times(small)),
    {
      atMost: 1.5,
    },
  );
  for (const size of THREAD_SIZES) {
    const load = { port, request: { method: 'GET', path: pagePath(size) }, connections: 8, milliseconds: ROUND_MS };
    const result = await env.load.call<Repeated>('repeat', load);
    report.note(NAME, `without the cache, first page of ${named(size)}, 8 connections`, perSecond(result.perSecond));
  }
  await node.end();
}

function named(size: ThreadSize): string {
  return size.toLocaleString('en-GB');
}
