import { SITE, type Environment } from '../environment/environment.js';
import { seedPending } from '../environment/seed.js';
import type { Repeated } from '../load/request-load.js';
import type { Report } from '../support/report.js';
import { median } from '../support/statistics.js';
import { perSecond } from '../support/units.js';
import { approval } from './deciding.js';
import { pagePath, seededThreads } from './threads.js';

const NAME = 'peers';
const CONNECTIONS = 8;
const ROUND_MS = 1_000;
const ROUNDS = 5;
const A_ROUND = 3_000;

/**
 * Measured by us on a machine like this, 8 connections, requests a second: WordPress with wpDiscuz, Waline, Remark42.
 * For orientation: they ran on other days, so no verdict hangs on them.
 */
const PEERS = {
  page: 'wpDiscuz 18, Waline 68, Remark42 13,300 from its cache and 4.5 after each new comment',
  largePage: 'wpDiscuz 20, Waline 0.8, Remark42 one in 451 s',
  posting: 'wpDiscuz 59, Waline 191, Remark42 399',
  approving: 'wpDiscuz 36, Waline 161, Remark42 none',
};

export async function peers(env: Environment, report: Report): Promise<void> {
  await seededThreads(env, [1_000, 100_000]);
  const { port } = env.node;
  const repeated = async (run: () => Promise<number>) => {
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rates.push(await run());
    return perSecond(median(rates));
  };
  const page = (size: 1_000 | 100_000) => async () => {
    const request = { method: 'GET', path: pagePath(size), headers: { 'accept-encoding': 'gzip, deflate, br' } };
    const load = { port, request, connections: CONNECTIONS, milliseconds: ROUND_MS };
    return (await env.load.call<Repeated>('repeat', load)).perSecond;
  };
  report.note(NAME, 'first page of a thread of 1,000, 8 connections', await repeated(page(1_000)), PEERS.page);
  report.note(NAME, 'first page of a thread of 100,000, 8 connections', await repeated(page(100_000)), PEERS.largePage);

  const threadId = await env.api.thread(SITE, 'peers');
  const tokens = await env.api.guests(SITE, CONNECTIONS);
  await env.untilFolded();
  const posting = async () => {
    const paths = [`/api/v1/sites/${SITE}/threads/peers/comments`];
    const load = { port, paths, tokens, connections: CONNECTIONS, milliseconds: ROUND_MS };
    const { perSecond: rate } = await env.load.call<{ perSecond: number }>('postComments', load);
    await env.untilFolded();
    return rate;
  };
  report.note(NAME, 'posting into one thread, 8 connections', await repeated(posting), PEERS.posting);

  const pending = await seedPending(env.cluster.postil, { siteId: env.siteId, threadId, count: A_ROUND * ROUNDS });
  const approving = async () => {
    const requests = pending.splice(0, A_ROUND).map((id) => approval(env, [id]));
    const load = { port, requests, connections: CONNECTIONS, milliseconds: ROUND_MS };
    const { perSecond: rate } = await env.load.call<{ perSecond: number }>('each', load);
    await env.untilFolded();
    return rate;
  };
  report.note(NAME, 'approving one by one, 8 connections', await repeated(approving), PEERS.approving);
}
