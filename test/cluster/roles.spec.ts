import pg from 'pg';
import type { Comment, CommentPage } from '../../web/shared/api-types.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { PostilProcess } from '../support/postil-process.js';
import { until } from '../support/until.js';

/** As in migrate.ts. */
const MIGRATION_LOCK = 7_265_001;
const THREAD = '/sites/demo/threads/welcome';

describe('web and worker as two processes on one database', () => {
  let database: TestDatabase;
  const nodes: PostilProcess[] = [];

  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.end('SIGKILL')));
    await database.drop();
  });

  async function start(ROLE: string): Promise<PostilProcess> {
    return (await launch(ROLE)).running();
  }

  async function launch(ROLE: string): Promise<PostilProcess> {
    const node = await PostilProcess.start({
      ROLE,
      DATABASE_URL: database.url,
      SECRET_KEY: 'a secret key that both processes share',
      ADMIN_PASSWORD: 'only tests know this one',
    });
    nodes.push(node);
    return node;
  }

  it('folds in either what the web node takes, and goes on in the other when one is killed', async () => {
    const worker = await start('worker');
    expect((await worker.page('/readyz')).status).toBe(200);
    expect((await worker.page('/healthz')).status).toBe(200);
    expect((await worker.page('/metrics')).status).toBe(200);
    for (const path of ['/', '/console', '/t/demo/welcome', `/api/v1${THREAD}`, '/embed.js']) {
      expect((await worker.page(path)).status).toBe(404);
    }

    // It came first, so its relay is the active one.
    const web = await start('web');
    const { token: owner } = await web.owner('only tests know this one');
    await web.ask(THREAD, { method: 'PUT', token: owner, body: { moderationMode: 'post' } });
    const reader = await web.guest('Ada');
    const post = (body: string) =>
      web.ask<Comment>(`${THREAD}/comments`, { method: 'POST', token: reader, body: { body } });
    const listed = async () => (await web.ask<CommentPage>(`${THREAD}/comments`)).total;
    await post('Folded by the worker');
    await until(async () => (await listed()) === 1, 'the first to be listed');

    await worker.end('SIGKILL');
    await post('Folded by the web node');
    await until(async () => (await listed()) === 2, 'the second to be listed');

    const another = await start('worker');
    expect(await web.end('SIGTERM')).toBe(0);
    expect((await another.page('/readyz')).status).toBe(200);
    expect(await another.end('SIGTERM')).toBe(0);
  });

  it('is stopped while it waits for another that migrates', async () => {
    const other = new pg.Client(database.url);
    await other.connect();
    await other.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const node = await launch('web');
    const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${MIGRATION_LOCK} AND NOT granted`;
    await until(async () => (await other.query(waiting)).rowCount === 1, 'a node that waits');
    expect(await node.end('SIGTERM')).toBe(0);
    expect(node.output).toBe('Stopped.\n');
    await other.end();
  });
});
