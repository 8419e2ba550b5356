import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { processesOfCluster } from '../../src/platform/database/embedded/orphans.js';
import { identify } from '../../src/platform/database/embedded/process-identity.js';
import { until } from '../support/until.js';
import { EmbeddedCluster, has, occupyBackend, query } from './embedded-cluster.js';

let cluster: EmbeddedCluster;
afterEach(() => cluster.remove());

const remember = (url: unknown, text: string) =>
  query(url, `CREATE TABLE IF NOT EXISTS kept (text text); INSERT INTO kept VALUES ('${text}')`);
const kept = async (url: unknown) =>
  (await query<{ text: string }>(url, 'SELECT text FROM kept ORDER BY 1')).map((row) => row.text);

describe('embedded PostgreSQL', () => {
  beforeEach(async () => {
    cluster = await EmbeddedCluster.create('.data');
  });

  it('is durable UTF-8 without a locale in the environment, and keeps data and port for the next start', async () => {
    const first = cluster.node((harness) => harness, {});
    const url = await first.said('url');
    const [settings] = await query(
      url,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
              current_setting('synchronous_commit') AS commit, current_setting('listen_addresses') AS listens,
              lower('ÄÉŻ') AS lower, current_user AS role, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super`,
    );
    expect(settings).toEqual({
      encoding: 'UTF8',
      fsync: 'on',
      commit: 'on',
      listens: '127.0.0.1',
      lower: 'äéż',
      role: 'postil',
      super: false,
    });
    await remember(url, 'a word');
    const { postmaster } = cluster;
    expect(await first.end('SIGTERM')).toBe(0);
    expect(identify(postmaster)).toBeUndefined();

    const second = cluster.node();
    expect(await second.said('url')).toBe(url);
    expect(await kept(url)).toEqual(['a word']);
    expect(statSync(path.join(cluster.home, 'password')).mode & 0o777).toBe(0o600);
  });

  const terminal = process.platform === 'linux' && has('script');
  (terminal ? it : it.skip)(
    'is stopped last after Ctrl-C in a terminal, which does not reach it (needs script)',
    async () => {
      const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
      const node = cluster.node((harness) => ['script', '-qefc', `exec ${harness.map(quote).join(' ')}`, '/dev/null']);
      await node.said('url');
      const { postmaster } = cluster;
      node.child.stdin?.write('\x03');
      // The query of the drain fails unless the server is up and has not cut its connections.
      await node.said('stopped');
      expect(await node.said('drained')).toBe(true);
      const steps = node.messages.flatMap(Object.keys).filter((key) => key !== 'url');
      expect(steps).toEqual(['signal', 'drained', 'available', 'stopped']);
      expect(identify(postmaster)).toBeUndefined();
      expect(cluster.serverLog.match(/received smart shutdown request/g)).toHaveLength(1);
      expect(cluster.serverLog).toContain('database system is shut down');
    },
  );

  it('is adopted after kill -9 of the node, and supervised then', async () => {
    const first = cluster.node();
    const url = await first.said('url');
    await remember(url, 'a word');
    const { postmaster } = cluster;
    await first.end('SIGKILL');
    expect(identify(postmaster)).toBeDefined();

    const second = cluster.node();
    expect(await second.said('url')).toBe(url);
    expect(cluster.postmaster).toBe(postmaster);
    expect(await kept(url)).toEqual(['a word']);

    await cluster.kill(postmaster);
    await until(
      () => second.messages.some((message) => message['available'] === true),
      'a restart',
      () => second.transcript,
    );
    expect(await kept(url)).toEqual(['a word']);
    const restarted = cluster.postmaster;
    expect(await second.end('SIGTERM')).toBe(0);
    expect(identify(restarted)).toBeUndefined();
  });

  it('starts again by itself after kill -9 under busy backends, and says so meanwhile', async () => {
    const node = cluster.node();
    const url = await node.said('url');
    await remember(url, 'a word');
    const busy = await Promise.all([occupyBackend(url), occupyBackend(url)]);
    const { postmaster } = cluster;
    await cluster.kill(postmaster);

    const changes = () => node.messages.filter((message) => 'available' in message);
    await until(
      () => changes().length === 2,
      'a restart',
      () => node.transcript,
    );
    expect(changes()).toEqual([{ available: false }, { available: true }]);
    expect(busy.map(identify)).toEqual([undefined, undefined]);
    expect(cluster.postmaster).not.toBe(postmaster);
    expect(await kept(url)).toEqual(['a word']);
  });

  it('recovers from kill -9 of both with a pid file whose process is another one now, and leaves that one alone', async () => {
    const first = cluster.node();
    const url = await first.said('url');
    await remember(url, 'a word');
    const orphan = await occupyBackend(url);
    const { postmaster } = cluster;
    await first.end('SIGKILL');
    await cluster.kill(postmaster);
    expect(identify(orphan)).toBeDefined();
    const bystander = await cluster.bystander();
    const pidFile = readFileSync(cluster.pidFile, 'utf8');
    writeFileSync(cluster.pidFile, pidFile.replace(String(postmaster), String(bystander)));

    const second = cluster.node();
    expect(await kept(await second.said('url'))).toEqual(['a word']);
    expect(identify(orphan)).toBeUndefined();
    expect(identify(bystander)).toBeDefined();
  });

  it('leaves nothing running when it is stopped while it is started again', async () => {
    const node = cluster.node();
    await node.said('url');
    await cluster.kill(cluster.postmaster);
    await node.said('available');
    expect(await node.end('SIGTERM')).toBe(0);
    const left = await processesOfCluster(cluster.dataDirectory, undefined);
    expect(left).toEqual([]);
  });

  it('is refused to a second node, and given to the one after', async () => {
    const first = cluster.node();
    const url = await first.said('url');
    const second = cluster.node();
    expect(await second.said('refused')).toBe(`Another Postil uses this DATA_DIR, pid ${first.child.pid}`);
    expect(await second.end()).toBe(1);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await first.end('SIGTERM');
    expect(await cluster.node().said('url')).toBe(url);
  });

  it('refuses a database of another PostgreSQL, and leaves it as it is', async () => {
    const first = cluster.node();
    await first.said('url');
    await first.end('SIGTERM');
    const version = path.join(cluster.dataDirectory, 'PG_VERSION');
    writeFileSync(version, '12\n');
    const refused = await cluster.node().said('refused');
    expect(refused).toMatch(/^The database in .* was made by PostgreSQL 12, and this Postil has \d+: .*$/);
    expect(readFileSync(version, 'utf8')).toBe('12\n');
  });
});

describe('embedded PostgreSQL in an awkward place', () => {
  it('takes spaces and letters beyond ASCII', async () => {
    cluster = await EmbeddedCluster.create("mé data'; «dir»");
    expect(await query(await cluster.node().said('url'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(cluster.home).toBe(path.join(cluster.dataDir, 'postgres'));
  });

  it('says in one line that DATA_DIR cannot be written', async () => {
    cluster = await EmbeddedCluster.create('file/.data');
    writeFileSync(path.join(cluster.folder, 'file'), '');
    const node = cluster.node();
    expect(await node.said('refused')).toMatch(/^DATA_DIR .*\/file\/\.data cannot be written: ENOTDIR.*$/);
    expect(await node.end()).toBe(1);
  });
});
