import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SITE, type Environment } from '../environment/environment.js';
import { PostilNode } from '../environment/postil-node.js';
import type { Report } from '../support/report.js';
import { median } from '../support/statistics.js';
import { mebibytes, milliseconds } from '../support/units.js';

const NAME = 'footprint';
const SOCKETS = 5_000;
const STARTS = 3;
const SETTLE_MS = 3_000;

/** Memory and start of a node of its own, on the database that is there. */
export async function footprint(env: Environment, report: Report): Promise<void> {
  await env.api.thread(SITE, 'footprint');
  const node = await PostilNode.start({ DATABASE_URL: env.cluster.postilUrl });
  await delay(SETTLE_MS);
  const idle = node.residentBytes;
  await env.load.call('joinSockets', { port: node.port, count: SOCKETS, name: { site: SITE, thread: 'footprint' } });
  await delay(SETTLE_MS);
  const joined = node.residentBytes;
  await env.load.call('closeSockets');
  await node.stop();
  report.note(NAME, 'memory of the idle process (RSS)', mebibytes(idle));
  const each = `${((joined - idle) / SOCKETS / 1_024).toFixed(1)} KiB a socket`;
  report.note(NAME, `with ${SOCKETS.toLocaleString('en-GB')} sockets joined`, `${mebibytes(joined)}, ${each}`);

  const starts = await repeatStart({ DATABASE_URL: env.cluster.postilUrl });
  report.note(NAME, 'from the process to /readyz, on this database', milliseconds(median(starts)));
  await withOwnPostgres(report);
}

async function withOwnPostgres(report: Report): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'postil-bench-start-'));
  try {
    await chmod(folder, 0o711);
    const [first = NaN, ...again] = await repeatStart({ DATA_DIR: folder }, STARTS + 1);
    report.note(NAME, 'the same with the embedded PostgreSQL, which it starts too', milliseconds(median(again)));
    report.note(NAME, 'the very first start, which makes the database', milliseconds(first));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function repeatStart(environment: Record<string, string>, count = STARTS): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const node = await PostilNode.start(environment);
    times.push(node.startMilliseconds);
    await node.stop();
  }
  return times;
}
