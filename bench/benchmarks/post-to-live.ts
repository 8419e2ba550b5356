import { SITE, type Environment } from '../environment/environment.js';
import { ROUNDS, ratioOf } from '../support/paired.js';
import type { Report } from '../support/report.js';
import { median, quantile } from '../support/statistics.js';
import { milliseconds, perSecond } from '../support/units.js';

const NAME = 'post to live';
const POSTS = 20;
const LOADED_PER_SECOND = 200;
const LOADED_CONNECTIONS = 16;
const LIMIT = { atMost: 5 };

export async function postToLive(env: Environment, report: Report): Promise<void> {
  const thread = 'live';
  await env.api.thread(SITE, thread, 'post');
  const [token, ...others] = await env.api.guests(SITE, LOADED_CONNECTIONS + 1);
  const echo = env.start('bare/socket-server.ts');
  const echoPort = await echo.call<number>('listen');
  // Of its own: what it does in between must not delay what is measured.
  const background = env.start('load/worker.ts');
  const path = `/api/v1/sites/${SITE}/threads/${thread}/comments`;
  const { load, node, cluster } = env;
  const ours = (count = POSTS) =>
    load.call<number[]>('postToLive', { port: node.port, path, token, name: { site: SITE, thread }, count });
  const bare = (count = POSTS) =>
    load.call<number[]>('commitAndEcho', { port: echoPort, databaseUrl: cluster.bareUrl, count });

  await ours();
  await bare();
  const rounds = { bare: [] as number[][], unloaded: [] as number[][], loaded: [] as number[][] };
  let rate = 0;
  for (let round = 0; round < ROUNDS; round++) {
    rounds.bare.push(await bare());
    rounds.unloaded.push(await ours());
    await background.call('startBackground', { port: node.port, path, tokens: others, perSecond: LOADED_PER_SECOND });
    rounds.loaded.push(await ours());
    rate = await background.call<number>('endBackground');
    await env.untilFolded();
  }
  const p50 = (times: number[][]) => times.map(median);
  const against = `commit + echo ${milliseconds(median(p50(rounds.bare)))}`;
  for (const state of ['unloaded', 'loaded'] as const) {
    const times = rounds[state];
    const what = state === 'loaded' ? `p50 under ${perSecond(rate)} comments` : 'p50 unloaded';
    const figures = { ours: milliseconds(median(p50(times))), against };
    report.ratio(NAME, what, figures, ratioOf(p50(times), p50(rounds.bare)), LIMIT);
    report.note(NAME, `p99 ${state}`, milliseconds(quantile(times.flat(), 0.99)));
  }
  await Promise.all([echo.end(), background.end()]);
}
