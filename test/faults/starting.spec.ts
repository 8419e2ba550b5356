import { Socket as TcpSocket } from 'node:net';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { io } from 'socket.io-client';
import type { Comment, Thread } from '../../web/shared/api-types.js';
import { processesOfCluster } from '../../src/platform/database/embedded/orphans.js';
import { identify } from '../../src/platform/database/embedded/process-identity.js';
import { PostilProcess } from '../support/postil-process.js';
import { until } from '../support/until.js';
import { EmbeddedCluster, has } from './embedded-cluster.js';
import { LockedComments } from './locked-comments.js';

const COMMENTS = '/sites/demo/threads/welcome/comments';

let cluster: EmbeddedCluster;
const started: PostilProcess[] = [];

async function start(...wrap: [Parameters<typeof PostilProcess.start>[1]?]): Promise<PostilProcess> {
  const node = await PostilProcess.start({ DATA_DIR: cluster.dataDir }, ...wrap);
  started.push(node);
  return node;
}

beforeEach(async () => {
  cluster = await EmbeddedCluster.create('.data');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((node) => node.end('SIGKILL')));
  await cluster.remove();
});

async function expectNothingLeft(node: PostilProcess): Promise<void> {
  expect(identify(node.child.pid ?? 0)).toBeUndefined();
  expect(await processesOfCluster(cluster.dataDirectory, undefined)).toEqual([]);
  // It waits for whoever is connected when it is told to stop, and then cuts them off: nobody stayed.
  expect(cluster.serverLog).not.toContain('received fast shutdown request');
  expect(cluster.serverLog.match(/received smart shutdown request/g)).toHaveLength(1);
  expect(cluster.serverLog).toContain('database system is shut down');
}

const post = (node: PostilProcess, token: string, body: string, key: string) =>
  node.call<Comment>(COMMENTS, { method: 'POST', token, body: { body }, headers: { 'idempotency-key': key } });

describe('a start on an embedded database', () => {
  it('makes the demo and its owner, keeps both, and stops printing the password once it is changed', async () => {
    const first = await (await start()).running();
    expect((await first.page('/')).text).toContain('<div\n        id="postil-thread"');
    expect((await first.page('/t/demo/welcome')).status).toBe(200);
    const thread = await first.ask<Thread>('/sites/demo/threads/welcome');
    expect(thread).toMatchObject({ state: 'open', moderationMode: 'pre' });
    for (const place of ['/', '/t/demo/welcome', '/console', '/api/docs']) {
      expect(first.output).toContain(`${first.address}${place}\n`);
    }
    const { password } = first;
    const owner = await first.owner(password);
    await post(first, await first.guest('Ada'), 'Kept', 'one');
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await (await start()).running();
    expect(second.password).toBe(password);
    const again = await second.owner(password);
    expect(again.id).toBe(owner.id);
    const queues = await second.ask<{ items: { queue: string; open: number }[] }>(
      '/moderation/queues?site=demo',
      again,
    );
    expect(queues.items.find(({ queue }) => queue === 'pending')?.open).toBe(1);
    const changed = 'a password of my own';
    await second.ask(`/staff/${owner.id}`, { method: 'PATCH', token: again.token, body: { password: changed } });
    await second.end('SIGTERM');

    const third = await (await start()).running();
    expect(third.password).toBeUndefined();
    expect(third.output).not.toContain(password);
    expect(third.output).toContain('owner@example.org, with the password that was set');
    expect((await third.owner(changed)).id).toBe(owner.id);
    expect(
      (await third.call('/staff/sessions', { method: 'POST', body: { email: 'owner@example.org', password } })).status,
    ).toBe(401);
  });

  it('is stopped by SIGTERM in order: not ready, no new connections, answers what runs, lets go of sockets, then the database', async () => {
    const node = await (await start()).running();
    const page = io(`${node.address}/live`, { transports: ['websocket'], reconnection: false });
    await new Promise<void>((resolve) => page.on('connect', resolve));
    const left: string[] = [];
    page.on('disconnect', (reason) => left.push(reason));
    const token = await node.guest('Ada');
    const { port } = new URL(node.address);
    // A request that is under way: its answer comes whatever happens to the door.
    const readiness = new RawRequest(Number(port), 'GET /readyz HTTP/1.1\r\nHost: postil\r\nConnection: close\r\n');
    await readiness.connected;

    const locked = await LockedComments.of(cluster);
    const posted = post(node, token, 'In flight', 'in-flight');
    await locked.waitedFor();
    node.child.kill('SIGTERM');
    await until(async () => !(await accepts(Number(port))), 'the end of accepting');
    const answer = await readiness.finish();
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer).toContain('"node":"starting or stopping"');
    expect(answer).toContain('"database":"ok"');
    expect(left).toEqual([]);

    await locked.release();
    expect((await posted).status).toBe(201);
    expect(await node.end()).toBe(0);
    // Not 'io server disconnect', after which a client stays away.
    expect(left).toEqual(['transport close']);
    expect(node.output).toMatch(/Stopping …\n(postgres: .*\n)*Stopped\.\n$/);
    await expectNothingLeft(node);
  });

  it('is ended where it stands by a second signal, and recovers', async () => {
    const node = await (await start()).running();
    const locked = await LockedComments.of(cluster);
    const posted = post(node, await node.guest('Ada'), 'Lost', 'lost').catch(() => undefined);
    await locked.waitedFor();
    node.child.kill('SIGTERM');
    await until(
      () => {
        node.child.kill('SIGINT');
        return node.ended;
      },
      'its end',
      () => node.output,
      5_000,
    );
    await locked.release();
    await posted;
    expect(await node.end()).toBe(1);
    const next = await (await start()).running();
    expect((await next.page('/readyz')).status).toBe(200);
    expect(await next.end('SIGTERM')).toBe(0);
  });

  const terminal = process.platform === 'linux' && has('script');
  const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
  const startInTerminal = () =>
    start((command) => ['script', '-qefc', `exec ${command.map(quote).join(' ')}`, '/dev/null']);

  (terminal ? it : it.skip)('is stopped in order by Ctrl-C in a terminal (needs script)', async () => {
    const node = await startInTerminal();
    await node.running();
    const token = await node.guest('Ada');
    const locked = await LockedComments.of(cluster);
    const posted = post(node, token, 'In flight', 'in-flight');
    await locked.waitedFor();
    node.child.stdin?.write('\x03');
    await node.says(/Stopping/);
    await locked.release();
    expect((await posted).status).toBe(201);
    expect(await node.end()).toBe(0);
    await expectNothingLeft(node);
  });

  // A terminal sends Ctrl-C to all that it runs, initdb too.
  (terminal ? it : it.skip)('is stopped in order by Ctrl-C while it makes its database (needs script)', async () => {
    const node = await startInTerminal();
    const initdb = () =>
      existsSync(cluster.home) && readdirSync(cluster.home).some((name) => name.startsWith('initdb'));
    await until(initdb, 'initdb');
    node.child.stdin?.write('\x03');
    expect(await node.end()).toBe(0);
    expect(node.output).toMatch(/Stopped\.\s*$/);
    expect(node.output).not.toContain('initdb could not');
    expect(await processesOfCluster(cluster.dataDirectory, undefined)).toEqual([]);
  });

  it('is stopped in order when its terminal is closed', async () => {
    const node = await (await start()).running();
    expect(await node.end('SIGHUP')).toBe(0);
    await expectNothingLeft(node);
  });

  it('leaves nothing running when SIGTERM comes while it makes its database, and starts well after', async () => {
    const node = await start();
    await until(() => existsSync(cluster.home), 'its folder');
    expect(await node.end('SIGTERM')).toBe(0);
    expect(node.output).not.toContain('Postil is running');
    expect(await processesOfCluster(cluster.dataDirectory, undefined)).toEqual([]);
    const next = await (await start()).running();
    expect((await next.page('/readyz')).status).toBe(200);
  });

  it('after kill -9 of the node adopts the database that runs; after kill -9 of that says 503 and recovers', async () => {
    const first = await (await start()).running();
    const { postmaster } = cluster;
    const token = await first.guest('Ada');
    expect((await post(first, token, 'Acknowledged', 'one')).status).toBe(201);
    await first.end('SIGKILL');

    const node = await (await start()).running();
    expect(node.password).toBe(first.password);
    expect(cluster.postmaster).toBe(postmaster);
    const kept = await post(node, token, 'Acknowledged', 'one');
    expect(kept).toMatchObject({ status: 201, body: { body: 'Acknowledged' } });

    const locked = await LockedComments.of(cluster);
    const inFlight = post(node, token, 'Under way', 'two');
    await locked.waitedFor();
    await cluster.kill(postmaster);
    const refused = await inFlight;
    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable', status: 503 } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);

    const answers = new Set<number>();
    await until(
      async () => answers.add((await post(node, token, 'Under way', 'two')).status).has(201),
      'a post to be taken again',
      () => `${[...answers].join()} ${node.output}`,
    );
    expect([...answers].filter((status) => status !== 503)).toEqual([201]);
    await until(
      async () => (await node.page('/readyz')).status === 200,
      'readiness',
      () => node.output,
    );
    const mine = await node.ask<{ comments: Comment[] }>('/sites/demo/threads/welcome/me', { token });
    expect(mine.comments.map(({ body }) => body).sort()).toEqual(['Acknowledged', 'Under way']);
    expect(node.ended).toBe(false);
    await node.end('SIGTERM');
    expect(readFileSync(`${cluster.home}/postgres.log`, 'utf8')).toContain('database system is shut down');
  });
});

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = new TcpSocket();
    socket.once('error', () => resolve(false));
    socket.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
  });

/** A request whose head is sent but for its end. */
class RawRequest {
  private readonly socket = new TcpSocket();
  readonly connected: Promise<unknown>;

  constructor(port: number, head: string) {
    this.connected = once(this.socket, 'connect').then(
      () => new Promise((resolve) => this.socket.write(head, resolve)),
    );
    this.socket.connect(port, '127.0.0.1');
  }

  async finish(): Promise<string> {
    let answer = '';
    this.socket.on('data', (text: Buffer) => (answer += text.toString()));
    this.socket.write('\r\n');
    await once(this.socket, 'close');
    return answer;
  }
}
