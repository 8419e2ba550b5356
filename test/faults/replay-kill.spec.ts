import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EventsAnswer, LiveEvent } from '../../web/shared/api-types.js';
import { readPidFile } from '../../src/platform/database/embedded/pid-file.js';
import { generateComments } from '../replay/dataset.js';
import { OwnServer } from '../replay/own-server.js';
import { Replay } from '../replay/replay.js';
import { render } from '../replay/report.js';
import { until } from '../support/until.js';
import { EmbeddedCluster, query } from './embedded-cluster.js';

const COMMENTS = 300;
const PAGES = 12;
const THREAD = 'under-fire';

let cluster: EmbeddedCluster;
let server: OwnServer;
let replay: Replay;
let running: ReturnType<Replay['run']>;

beforeEach(async () => {
  cluster = await EmbeddedCluster.create('.data');
  server = await OwnServer.create(cluster.dataDir);
  const signIn = await server.start();
  replay = new Replay({
    ...signIn,
    url: server.url,
    site: 'demo',
    thread: THREAD,
    mode: 'pre',
    pages: PAGES,
    concurrency: 4,
    seed: 11,
    comments: generateComments(COMMENTS, 11),
  });
  running = replay.run();
  running.catch(() => undefined); // told where it is awaited
});

afterEach(async () => {
  replay.api.close();
  await server.end('SIGKILL');
  await running.catch(() => undefined);
  await cluster.remove();
});

const posted = () => replay.readers.done.of('post') + replay.readers.done.of('reply');

/** Readers post, the moderator decides, and every page has had some of it live. */
async function untilMidway(): Promise<void> {
  await until(
    () => posted() > COMMENTS / 4 && replay.pages.every((page) => page.arrivals.size > 0),
    'the middle of the replay',
    () => replay.standing.text,
  );
  expect(posted()).toBeLessThan(COMMENTS);
}

/** By the database itself: nothing that was acknowledged is missing, nothing is there that was not. */
async function storedIds(): Promise<string[]> {
  const password = readFileSync(path.join(cluster.home, 'password'), 'utf8').trim();
  const port = readPidFile(cluster.pidFile)?.port;
  const rows = await query<{ id: string }>(
    `postgres://postil:${password}@127.0.0.1:${port}/postil`,
    `SELECT c.id FROM comments c JOIN threads t ON t.id = c.thread_id WHERE t.key = '${THREAD}' ORDER BY c.id`,
  );
  return rows.map((row) => row.id);
}

async function eventsFromTheStart(): Promise<LiveEvent[]> {
  const answer = await replay.api.call<EventsAnswer>('GET', `/sites/demo/threads/${THREAD}/events?after=0`);
  if (answer.resync) throw new Error('the thread has more events than can be replayed');
  return answer.items;
}

async function expectEverythingOnce(): Promise<void> {
  const report = await running;
  if (report.failures.length > 0) throw new Error(`${render(report)}\n${server.output}`);
  expect(posted() + replay.readers.refused.of('post parent-not-found')).toBe(COMMENTS);
  expect(replay.api.retries).toBeGreaterThan(0);
  expect(await storedIds()).toEqual([...replay.ledger.entries.keys()].sort());

  const events = await eventsFromTheStart();
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  expect(replay.pages.map((page) => page.seq)).toEqual(replay.pages.map(() => events.length));
  const plain = replay.ledger.with('published').filter((entry) => entry.statuses.size === 1);
  const published = Map.groupBy(
    events.filter((event) => event.type === 'comment.published'),
    (event) => event.commentId,
  );
  expect(plain.length).toBeGreaterThan(COMMENTS / 5);
  expect(plain.filter((entry) => published.get(entry.id)?.length !== 1)).toEqual([]);
}

describe('in the middle of a replay', () => {
  it('kill -9 of the server loses nothing that was acknowledged, and doubles nothing', async () => {
    await untilMidway();
    await server.end('SIGKILL');
    await server.start();
    await expectEverythingOnce();
    expect(replay.pages.every((page) => page.joins > 1)).toBe(true);
  });

  it('kill -9 of PostgreSQL loses nothing that was acknowledged, and doubles nothing', async () => {
    await untilMidway();
    const { postmaster } = cluster;
    await cluster.kill(postmaster);
    await expectEverythingOnce();
    expect(cluster.postmaster).not.toBe(postmaster);
  });
});
