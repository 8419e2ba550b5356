import { v7 as uuidv7 } from 'uuid';
import { Api } from '../environment/api.js';
import type { Environment } from '../environment/environment.js';
import { seedPending, settleDatabase } from '../environment/seed.js';
import type { Repeated } from '../load/request-load.js';
import { alternate, ratioOf } from '../support/paired.js';
import type { Report } from '../support/report.js';
import { median } from '../support/statistics.js';
import { milliseconds } from '../support/units.js';

const NAME = 'queue counts';
const QUEUE_SITE = 'bench-queue';
const ITEMS = 100_000;
const HELD = 500;
const ROUND_MS = 400;

export async function queueCounts(env: Environment, report: Report): Promise<void> {
  const { postil, bare } = env.cluster;
  await env.api.site(QUEUE_SITE, 'pre');
  // The owner's role in the new site.
  const api = await Api.signIn(env.node.port);
  const threadId = await api.thread(QUEUE_SITE, 'queue');
  await env.untilFolded();
  const { rows } = await postil.query<{ id: string }>('SELECT id FROM sites WHERE key = $1', [QUEUE_SITE]);
  const siteId = rows[0]?.id ?? '';
  await seedPending(postil, { siteId, threadId, count: ITEMS });
  await postil.query(
    `UPDATE queue_items SET claimed_by = (SELECT id FROM staff LIMIT 1), claimed_until = clock_timestamp() + interval '1 hour'
     WHERE id IN (SELECT id FROM queue_items WHERE site_id = $1 LIMIT ${HELD})`,
    [siteId],
  );
  await settleDatabase(postil);
  const id = uuidv7();
  await bare.query('INSERT INTO bare_rows (id, body) VALUES ($1, $2)', [id, 'one row']);
  const server = env.start('bare/database-server.ts', { DATABASE_URL: env.cluster.bareUrl });
  const barePort = await server.call<number>('listen');

  const p50 = async (port: number, path: string, token?: string) => {
    const load = { port, request: { method: 'GET', path, token }, connections: 1, milliseconds: ROUND_MS };
    return (await env.load.call<Repeated>('repeat', load)).p50;
  };
  const sides = {
    ours: () => p50(env.node.port, `/api/v1/moderation/queues?site=${QUEUE_SITE}`, api.staffToken),
    row: () => p50(barePort, `/select/${id}`),
  };
  await sides.ours();
  await sides.row();
  const { ours, row } = await alternate(sides);
  const figures = { ours: milliseconds(median(ours)), against: `one row by key ${milliseconds(median(row))}` };
  report.ratio(
    NAME,
    `p50 at ${ITEMS.toLocaleString('en-GB')} items, ${HELD} of them held`,
    figures,
    ratioOf(ours, row),
    {
      atMost: 4,
    },
  );
  await server.end();
}
