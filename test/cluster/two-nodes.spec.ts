import type { Comment, Site, Thread } from '../../web/shared/api-types.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { FollowingClient } from '../support/following-client.js';
import { PostilProcess } from '../support/postil-process.js';
import { until } from '../support/until.js';
import { walk } from '../support/walk.js';

const THREAD = 'welcome';
const PAGES_A_NODE = 20;
const WRITERS = 6;
const POSTS_A_WRITER = 40;
const KILL_AFTER = 60;
const PASSWORD = 'only tests know this one';

describe('two nodes on one database, one of which is killed', () => {
  let database: TestDatabase;
  const nodes: PostilProcess[] = [];
  const pages: FollowingClient[] = [];

  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(async () => {
    pages.forEach((page) => page.stop());
    await Promise.all(nodes.map((node) => node.end('SIGKILL')));
    await database.drop();
  });

  async function start(): Promise<PostilProcess> {
    const node = await PostilProcess.start({
      ROLE: 'web',
      DATABASE_URL: database.url,
      SECRET_KEY: 'a secret key that both processes share',
      ADMIN_PASSWORD: PASSWORD,
      RATE_LIMITS: 'off',
    });
    nodes.push(node);
    return node.running();
  }

  it('keeps what was acknowledged, and every page ends with what a fresh read gives, at the node that is left', async () => {
    // The first one's relay is the active one, and it is the first that dies.
    const [dying, staying] = [await start(), await start()];
    const { token } = await staying.owner(PASSWORD);
    const path = `/sites/demo/threads/${THREAD}`;
    await staying.ask<Thread>(path, { method: 'PUT', token, body: { moderationMode: 'post' } });
    const { settings } = await staying.ask<Site>('/sites/demo');
    for (let n = 0; n < 2 * PAGES_A_NODE; n++) {
      const page = new FollowingClient(n < PAGES_A_NODE ? dying : staying, THREAD, settings.maxDepth);
      pages.push(page);
      await page.read();
      page.connect();
    }

    const acknowledged = new Map<string, Comment>();
    const write = async (writer: number): Promise<void> => {
      const reader = await staying.guest(`Writer ${writer}`);
      for (let n = 0; n < POSTS_A_WRITER; n++) {
        const [body, key] = [`Comment ${writer}-${n}`, `key-${writer}-${n}`];
        const parentId = n % 3 === 2 ? [...acknowledged.values()].at(-5)?.id : undefined;
        const call = { method: 'POST', token: reader, body: { body, parentId }, headers: { 'idempotency-key': key } };
        const [first, other] = n % 2 === 0 ? [dying, staying] : [staying, dying];
        const post = (node: PostilProcess) => node.ask<Comment>(`${path}/comments`, call);
        acknowledged.set(
          body,
          await post(first)
            .catch(() => post(other))
            .catch(() => post(staying)),
        );
      }
    };
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    await until(() => acknowledged.size >= KILL_AFTER, 'enough comments');
    await dying.end('SIGKILL');
    expect(acknowledged.size).toBeLessThan(WRITERS * POSTS_A_WRITER);
    for (const page of pages.slice(0, PAGES_A_NODE)) {
      page.disconnect();
      page.connect(staying);
    }
    await writing;

    expect(acknowledged.size).toBe(WRITERS * POSTS_A_WRITER);
    await until(async () => (await staying.list(THREAD)).total === acknowledged.size, 'everything to be folded');
    const { seq } = await staying.list(THREAD);
    await until(
      () => pages.every((page) => page.seq === seq),
      'every page to be up to date',
      () => JSON.stringify(pages.map((page) => [page.seq, page.faults])),
    );
    const fresh = await walk(staying, THREAD, { limit: 50 });
    expect(fresh.total).toBe(acknowledged.size);
    expect(new Set(fresh.shown.map((shown) => shown.id))).toEqual(
      new Set([...acknowledged.values()].map(({ id }) => id)),
    );
    const expected = new Map(fresh.shown.map((shown) => [shown.id, shown]));
    for (const page of pages) {
      expect(page.faults).toEqual([]);
      expect(page.resyncs).toBe(0);
      expect(page.total).toBe(fresh.total);
      expect(page.shown()).toEqual(expected);
    }
  });
});
