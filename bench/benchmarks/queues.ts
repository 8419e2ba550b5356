import { v7 as uuidv7 } from 'uuid';
import { Api } from '../environment/api.js';
import type { Environment } from '../environment/environment.js';
import { seedPending, settleDatabase } from '../environment/seed.js';
import type { Repeated } from '../load/request-load.js';
import type { RequestInput } from '../load/requests.js';
import { alternate, ratioOf } from '../support/paired.js';
import type { Report } from '../support/report.js';
import { median } from '../support/statistics.js';
import { milliseconds } from '../support/units.js';
import { seededThreads } from './threads.js';

const NAME = 'queues';
const QUEUE_SITE = 'bench-queue';
const COMMENTS = 1_000_000;
const ITEMS = 100_000;
const HELD = 500;
/** What a console shows at once, and what a moderator takes. */
const PAGE = 20;
const TAKEN = 10;
const MODERATORS = 20;
const ROUND_MS = 400;
const LIMIT = { atMost: 4 };

/** Counts, lists and claims of a queue in which 100,000 items wait, beside a million comments that were decided. */
export async function queues(env: Environment, report: Report): Promise<void> {
  await seededThreads(env, [COMMENTS]);
  await seedQueue(env);
  // The owner's role in the new site.
  const api = await Api.signIn(env.node.port);
  const { staffToken: token } = api;
  const id = uuidv7();
  await env.cluster.bare.query('INSERT INTO bare_rows (id, body) VALUES ($1, $2)', [id, 'one row']);
  const server = env.start('bare/database-server.ts', { DATABASE_URL: env.cluster.bareUrl });
  const barePort = await server.call<number>('listen');

  const p50 = async (port: number, request: RequestInput) => {
    const load = { port, request, connections: 1, milliseconds: ROUND_MS };
    return (await env.load.call<Repeated>('repeat', load)).p50;
  };
  const bare = () => p50(barePort, { method: 'GET', path: `/select/${id}` });
  // The same way through the server, with the same look at the session, to one row by its primary key.
  const endpoint = await api.endpoint(QUEUE_SITE);
  const row = () =>
    p50(env.node.port, { method: 'GET', path: `/api/v1/sites/${QUEUE_SITE}/webhooks/${endpoint}`, token });
  const items = (sort: string): RequestInput => ({
    method: 'GET',
    path: `/api/v1/moderation/queues/pending/items?site=${QUEUE_SITE}&sort=${sort}&limit=${PAGE}`,
    token,
  });
  const claims = (limit: number, by: string): RequestInput => ({
    method: 'POST',
    path: '/api/v1/moderation/claims',
    token: by,
    body: { queue: 'pending', site: QUEUE_SITE, limit },
  });
  const moderators = await api.moderators(QUEUE_SITE, MODERATORS);
  /** Each takes so many; then all give them back, which is not timed: whoever asks again has nothing written. */
  const taking = (limit: number) => async () => {
    const times: number[] = [];
    const until = performance.now() + ROUND_MS;
    while (performance.now() < until) {
      const requests = moderators.map((moderator) => claims(limit, moderator.token));
      times.push(...(await env.load.call<number[]>('inTurn', { port: env.node.port, requests })));
      await giveBack(env, moderators);
    }
    return median(times);
  };
  const repeated = (request: RequestInput) => () => p50(env.node.port, request);
  const cases: readonly (readonly [what: string, ours: () => Promise<number>])[] = [
    ['counts', repeated({ method: 'GET', path: `/api/v1/moderation/queues?site=${QUEUE_SITE}`, token })],
    ...['priority', 'oldest', 'newest'].map((sort) => [`${PAGE} items by ${sort}`, repeated(items(sort))] as const),
    [`the ${TAKEN} claims that I hold`, repeated(claims(TAKEN, token))],
    ['claiming the next item', taking(1)],
    [`claiming the next ${TAKEN}`, taking(TAKEN)],
  ];
  for (const [what, ours] of cases) {
    await ours();
    await row();
    await bare();
    const measured = await alternate({ ours, row, bare });
    const figures = {
      ours: milliseconds(median(measured.ours)),
      against: `one row by key, same server ${milliseconds(median(measured.row))}`,
    };
    const title = `${what}: p50 at ${ITEMS.toLocaleString('en-GB')} items, ${HELD} of them held`;
    report.ratio(NAME, title, figures, ratioOf(measured.ours, measured.row), LIMIT);
    const ofNothing = { ...figures, against: `the row from a bare server ${milliseconds(median(measured.bare))}` };
    report.ratio(NAME, title, ofNothing, ratioOf(measured.ours, measured.bare));
  }
  await server.end();
}

async function giveBack(env: Environment, moderators: readonly { id: string }[]): Promise<void> {
  await env.cluster.postil.query(
    'UPDATE queue_items SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = ANY ($1::uuid[])',
    [moderators.map(({ id }) => id)],
  );
}

async function seedQueue(env: Environment): Promise<void> {
  const { postil } = env.cluster;
  await env.api.site(QUEUE_SITE, 'pre');
  const api = await Api.signIn(env.node.port);
  const threadId = await api.thread(QUEUE_SITE, 'queue');
  await env.untilFolded();
  const { rows } = await postil.query<{ id: string }>('SELECT id FROM sites WHERE key = $1', [QUEUE_SITE]);
  const siteId = rows[0]?.id ?? '';
  await seedPending(postil, { siteId, threadId, count: ITEMS });
  // By somebody else: who measures claims holds nothing yet.
  await postil.query(
    `UPDATE queue_items SET claimed_by = gen_random_uuid(), claimed_until = clock_timestamp() + interval '1 hour'
     WHERE id IN (SELECT id FROM queue_items WHERE site_id = $1 LIMIT ${HELD})`,
    [siteId],
  );
  await settleDatabase(postil);
}
