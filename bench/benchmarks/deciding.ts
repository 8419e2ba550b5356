import { v7 as uuidv7 } from 'uuid';
import { SITE, type Environment } from '../environment/environment.js';
import { seedPending, settleDatabase } from '../environment/seed.js';
import type { RequestInput } from '../load/requests.js';
import { alternate, ratioOf, ROUNDS } from '../support/paired.js';
import type { Report } from '../support/report.js';
import { median } from '../support/statistics.js';
import { milliseconds, perSecond } from '../support/units.js';

const NAME = 'deciding';
const ROUND_MS = 700;
/** More than a round can decide, and more than it can update. */
const A_ROUND = 2_000;
const A_BARE_ROUND = 6_000;
/** Rounds of each side before the first that counts: a server that runs has compiled what it does all day. */
const WARM_UP = 4;
const AT_ONCE = 1_000;
const BATCHES = 5;

export async function deciding(env: Environment, report: Report): Promise<void> {
  const threadId = await env.api.thread(SITE, 'deciding');
  await env.untilFolded();
  const thread = { siteId: env.siteId, threadId };
  const pending = await seedPending(env.cluster.postil, {
    ...thread,
    count: (ROUNDS + WARM_UP) * A_ROUND + BATCHES * AT_ONCE,
  });
  const rows = Array.from({ length: A_BARE_ROUND * (ROUNDS + WARM_UP) }, () => uuidv7());
  await env.cluster.bare.query(
    `INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by)
     SELECT id, id, id, id, 0, id, 'pending', 'none' FROM unnest($1::uuid[]) id`,
    [rows],
  );
  await Promise.all([settleDatabase(env.cluster.postil), settleDatabase(env.cluster.bare)]);
  const bare = env.start('bare/database-server.ts', { DATABASE_URL: env.cluster.bareUrl });
  const barePort = await bare.call<number>('listen');

  const each = async (port: number, requests: RequestInput[]) => {
    const load = { port, requests, connections: 1, milliseconds: ROUND_MS };
    return (await env.load.call<{ perSecond: number }>('each', load)).perSecond;
  };
  const approve = async () => {
    const rate = await each(
      env.node.port,
      pending.splice(0, A_ROUND).map((id) => approval(env, [id])),
    );
    await env.untilFolded();
    return rate;
  };
  const update = () =>
    each(
      barePort,
      rows.splice(0, A_BARE_ROUND).map((id) => ({ method: 'GET' as const, path: `/update/${id}` })),
    );
  for (let i = 0; i < WARM_UP; i++) {
    await approve();
    await update();
  }
  const { ours, theirs } = await alternate({ ours: approve, theirs: update });
  const most = (rates: number[]) => Math.max(...rates) * (ROUND_MS / 1_000);
  if (most(ours) >= A_ROUND || most(theirs) >= A_BARE_ROUND) throw new Error('a round ran out of comments');
  const figures = { ours: perSecond(median(ours)), against: `UPDATE by key ${perSecond(median(theirs))}` };
  report.ratio(NAME, 'approvals one after the other', figures, ratioOf(ours, theirs), { atLeast: 0.25 });

  const times: number[] = [];
  for (let i = 0; i < BATCHES; i++) {
    const request = approval(env, pending.splice(0, AT_ONCE));
    const answer = await env.load.call<{ status: number; body: string; milliseconds: number }>('once', {
      port: env.node.port,
      request,
    });
    const applied = answer.body.split('"outcome":"applied"').length - 1;
    if (answer.status !== 200 || applied !== AT_ONCE) throw new Error(`${applied} of ${AT_ONCE} were applied`);
    times.push(answer.milliseconds);
    await env.untilFolded();
  }
  const slowest = Math.max(...times);
  const figure = `${milliseconds(median(times))} (at most ${milliseconds(slowest)})`;
  report.check(NAME, `${AT_ONCE} in one call`, figure, '< 1,000 ms', slowest < 1_000);
  await bare.end();
}

export function approval(env: Environment, ids: readonly string[]): RequestInput {
  return {
    method: 'POST',
    path: '/api/v1/moderation/decisions',
    token: env.api.staffToken,
    body: { action: 'approve', items: ids.map((commentId) => ({ commentId, revision: 1, status: 'pending' })) },
  };
}
