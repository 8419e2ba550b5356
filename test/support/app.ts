import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { Beginning, DEMO_SITE } from '../../src/demo.js';
import { startNode, type RunningNode } from '../../src/node.js';
import { readConfig } from '../../src/platform/config/config.js';
import type { RuntimeConfig } from '../../src/platform/tokens.js';
import type { Comment, CommentPage, DecisionAnswer, Thread } from '../../web/shared/api-types.js';
import { createDatabase, type TestDatabase } from './database.js';
import { request, type Answer, type Call } from './http.js';
import { until } from './until.js';

const OWNER = { email: 'owner@example.org', password: 'only tests know this one' };
/** The lock that makes a relay the active one, as src/platform/stream/relay.ts has it. */
const RELAY_LOCK = 7_265_002;
const PUBLIC_URL = 'http://comments.example';
/** Of the publisher whose pages may write. */
export const PAGE_ORIGIN = 'https://news.example';

export interface Person {
  token: string;
  id: string;
  name: string;
}

/** Where a comment hangs; a quote alone is enough of an anchor. */
export interface PostOptions {
  parentId?: string | undefined;
  passageId?: string;
  anchor?: Anchor;
  key?: string;
}

export interface Anchor {
  revision?: number;
  selectors: object[];
}

/** The anchor that a page sends for words that stand in the article once, or in that place. */
export function quoting(exact: string, prefix = '', suffix = ''): Anchor {
  return { selectors: [{ type: 'TextQuoteSelector', exact, prefix, suffix }] };
}

export interface AppOptions {
  /** Whether jobs run too; they cost half a second a start. */
  jobs?: boolean;
  /** Of the demo site, over its defaults. */
  settings?: Record<string, unknown>;
  config?: Partial<RuntimeConfig>;
}

/** A node of this process on a port of its own, with its database and what suites do to it. */
export class App {
  owner: Person;
  private threads = 0;

  constructor(
    readonly node: RunningNode,
    readonly database: TestDatabase,
    readonly pool: pg.Pool,
  ) {}

  get address(): string {
    return this.node.address;
  }

  /** A path under /api/v1. */
  call<T>(path: string, call?: Call): Promise<Answer<T>> {
    return request<T>(this.address, `/api/v1${path}`, call);
  }

  /** The same, and what it answers; fails where the status is another. */
  async expect<T>(status: number, path: string, call?: Call): Promise<T> {
    const answer = await this.call<T>(path, call);
    if (answer.status !== status) {
      throw new Error(`${call?.method ?? 'GET'} ${path}: ${answer.status} instead of ${status}: ${answer.text}`);
    }
    return answer.body;
  }

  page(path: string, call?: Call): Promise<Answer<undefined>> {
    return request(this.address, path, call);
  }

  async guest(displayName = 'Ada', site = DEMO_SITE): Promise<Person> {
    const { token, reader } = await this.expect<{ token: string; reader: { id: string } }>(
      201,
      `/sites/${encodeURIComponent(site)}/sessions`,
      { method: 'POST', body: { displayName } },
    );
    return { token, id: reader.id, name: displayName };
  }

  async signIn(email: string, password: string): Promise<Person> {
    const { token, staff } = await this.expect<{ token: string; staff: { id: string; displayName: string } }>(
      201,
      '/staff/sessions',
      { method: 'POST', body: { email, password } },
    );
    return { token, id: staff.id, name: staff.displayName };
  }

  async staff(role: 'owner' | 'admin' | 'moderator', site = DEMO_SITE): Promise<Person> {
    const email = `${role}-${randomUUID()}@example.org`;
    const body = { email, password: OWNER.password, displayName: `A ${role}`, site, role };
    await this.expect(201, '/staff', { method: 'POST', token: this.owner.token, body });
    return this.signIn(email, OWNER.password);
  }

  site(key: string, body: object): Promise<unknown> {
    return this.expect(200, `/sites/${encodeURIComponent(key)}`, { method: 'PUT', token: this.owner.token, body });
  }

  settings(settings: Record<string, unknown>, site = DEMO_SITE): Promise<unknown> {
    return this.site(site, { settings });
  }

  /** A new thread of the demo site, or a change of one; answers its key. */
  async thread(change: Record<string, unknown> = {}, key = `thread-${(this.threads += 1)}`): Promise<string> {
    const body = { url: `${PAGE_ORIGIN}/${encodeURIComponent(key)}`, title: `Article ${key}`, ...change };
    await this.expect(200, threadPath(key), { method: 'PUT', token: this.owner.token, body });
    return key;
  }

  post(author: Person, thread: string, body: string, { key, ...where }: PostOptions = {}): Promise<Comment> {
    return this.expect<Comment>(201, `${threadPath(thread)}/comments`, {
      method: 'POST',
      token: author.token,
      body: { body, ...where },
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  }

  async decide(
    by: Person,
    action: string,
    comments: readonly { id: string; revision: number; status?: string }[],
    more: Record<string, unknown> = {},
  ): Promise<DecisionAnswer> {
    const items = comments.map(({ id, revision, status }) => ({ commentId: id, revision, status }));
    const body = { items, action, ...more };
    return this.expect<DecisionAnswer>(200, '/moderation/decisions', { method: 'POST', token: by.token, body });
  }

  readThread(key: string): Promise<Thread> {
    return this.expect<Thread>(200, threadPath(key));
  }

  list(key: string, query: Call['query'] = {}): Promise<CommentPage> {
    return this.expect<CommentPage>(200, `${threadPath(key)}/comments`, { query });
  }

  /** A socket of one of the namespaces, connected or refused. */
  socket(namespace: '/live' | '/moderation', options: Record<string, unknown> = {}): Socket {
    return io(`${this.address}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
      ...options,
    });
  }

  /** Waits until the relay has folded all that was written, and counted all votes. */
  async settled(): Promise<void> {
    await until(
      async () => {
        const { rows } = await this.pool.query<{ waiting: boolean }>(
          'SELECT EXISTS (SELECT FROM outbox) OR EXISTS (SELECT FROM vote_changes) AS waiting',
        );
        return rows[0]?.waiting === false;
      },
      'the relay to fold what was written',
      () => 'outbox or vote_changes still hold rows',
    );
  }

  /** Runs `work` while no relay is active: what it writes waits in the outbox, of all nodes. */
  async withoutRelay<T>(work: () => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'postil-relay' AND datname = current_database()`,
      );
      await client.query('SELECT pg_advisory_lock($1)', [RELAY_LOCK]);
      return await work();
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [RELAY_LOCK]);
      client.release();
    }
  }

  async count(sql: string, values: unknown[] = []): Promise<number> {
    const { rows } = await this.pool.query<{ count: string }>(sql, values);
    return Number(rows[0]?.count);
  }

  async stop(): Promise<void> {
    await this.node.lifecycle.shutDown();
  }
}

export function threadPath(key: string, site = DEMO_SITE): string {
  return `/sites/${encodeURIComponent(site)}/threads/${encodeURIComponent(key)}`;
}

/** One node on a fresh database, with its owner and the demo site; `stop` ends all of it. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const [app] = await startNodes(1, options);
  if (!app) throw new Error('no node was started');
  return app;
}

/** Two nodes that share one database. Stop both; the first one drops the database, so it goes last. */
export async function startTwoNodes(options: AppOptions = {}): Promise<[App, App]> {
  const [first, second] = await startNodes(2, options);
  if (!first || !second) throw new Error('two nodes were not started');
  return [first, second];
}

async function startNodes(count: number, { jobs = false, settings, config }: AppOptions): Promise<App[]> {
  const database = await createDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 4, application_name: 'suite' });
  pool.on('error', () => undefined);
  const apps: App[] = [];
  for (let n = 0; n < count; n++) {
    const node = await startNode({ ...testConfig(database.url, jobs), ...config }, async (app) => {
      await app.get(Beginning).run();
    });
    apps.push(n === 0 ? new FirstApp(node, database, pool) : new App(node, database, pool));
  }
  const [first] = apps;
  if (!first) return apps;
  const owner = await first.signIn(OWNER.email, OWNER.password);
  for (const app of apps) app.owner = owner;
  await first.site(DEMO_SITE, { origins: [PAGE_ORIGIN], ...(settings ? { settings } : {}) });
  return apps;
}

class FirstApp extends App {
  override async stop(): Promise<void> {
    await super.stop();
    await this.pool.end();
    await this.database.drop();
  }
}

function testConfig(databaseUrl: string, jobs: boolean): RuntimeConfig {
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    PUBLIC_URL,
    ROLE: jobs ? 'all' : 'web',
    DATABASE_URL: databaseUrl,
    ADMIN_EMAIL: OWNER.email,
    ADMIN_PASSWORD: OWNER.password,
    RATE_LIMITS: 'off',
  });
  return { ...config, databaseUrl, secretKey: 'a secret key that only tests know of' };
}
