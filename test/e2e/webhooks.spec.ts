import { Webhook } from 'standardwebhooks';
import { EVENT_TYPES } from '../../src/webhooks/event-types.js';
import { committed, Schemas, type ApiDocument } from '../contract/documents.js';
import { HookServer } from '../support/hook-server.js';
import type { ProblemBody } from '../support/http.js';
import { quoting, startApp, startTwoNodes, threadPath, type App, type Person } from '../support/app.js';
import { recordStatements, rowsByIndex, type UsedStatement } from '../support/query-plans.js';
import { until } from '../support/until.js';

interface Endpoint {
  id: string;
  enabled: boolean;
  disabled: string | null;
  failingSince: string | null;
}
interface Delivery {
  id: string;
  type: string;
  state: string;
  attempts: { status: number | null; detail: string }[];
}

interface WebhookDocument extends ApiDocument {
  webhooks: Record<
    string,
    {
      post: {
        requestBody: { content: { 'application/json': { schema: { properties: Record<string, object> } } } };
      };
    }
  >;
}

const config = { outgoingNetworks: ['127.0.0.1'] };

describe('webhooks', () => {
  let app: App;
  let hooks: HookServer;
  let ada: Person;
  let admin: Person;
  let paths = 0;

  beforeAll(async () => {
    hooks = await HookServer.start();
    app = await startApp({ jobs: true, settings: { moderationMode: 'post', undoSeconds: 60 }, config });
    await app.site('elsewhere', { name: 'Elsewhere' });
    [ada, admin] = await Promise.all([app.guest('Ada'), app.staff('admin')]);
  });

  afterAll(async () => {
    await app.stop();
    await hooks.stop();
  });

  afterEach(() =>
    app.pool.query(`UPDATE webhook_endpoints SET disabled = 'staff', disabled_at = now() WHERE disabled IS NULL`),
  );

  const call = <T>(method: string, path = '', body?: object, by = admin) =>
    app.call<T>(`/sites/demo/webhooks${path}`, { method, token: by.token, ...(body ? { body } : {}) });
  const added = async (types: readonly string[], more: object = {}) => {
    const path = `/hook-${(paths += 1)}`;
    const { status, body } = await call<{ endpoint: Endpoint; secret: string }>('POST', '', {
      url: hooks.url(path),
      types,
      ...more,
    });
    expect(status).toBe(201);
    return { ...body.endpoint, secret: body.secret, path };
  };
  const deliveries = async (id: string, query = '') =>
    (await call<{ items: Delivery[]; nextCursor: string | null }>('GET', `/${id}/deliveries${query}`)).body;
  const ended = async (id: string, count: number) => {
    await app.settled();
    await until(
      async () => (await deliveries(id)).items.filter(({ state }) => state !== 'waiting').length >= count,
      `${count} deliveries to end`,
      () => JSON.stringify(hooks.received.slice(-3).map(({ path, message }) => [path, message.type])),
    );
    return (await deliveries(id)).items;
  };
  const tried = (id: string, count: number) =>
    until(
      async () => (await deliveries(id)).items.reduce((sum, { attempts }) => sum + attempts.length, 0) >= count,
      `${count} attempts`,
    );
  /** What waits for its next attempt has it now. */
  const hurry = (id: string) =>
    app.pool.query('UPDATE webhook_deliveries SET next_at = clock_timestamp() WHERE endpoint_id = $1', [id]);
  const told = (path: string) => hooks.at(path).map(({ message }) => message.type);

  it('tell what the public learns, signed so that a library of the standard believes it', async () => {
    const endpoint = await added(['comment.published', 'comment.edited', 'comment.removed', 'thread.changed']);
    const thread = await app.thread();
    const comment = await app.post(ada, thread, 'Told to others.');
    await app.settled();
    await until(() => hooks.at(endpoint.path).length >= 1, 'the comment to be told');
    await app.expect(200, `/comments/${comment.id}`, {
      method: 'PATCH',
      token: ada.token,
      body: { body: 'Told again.' },
    });
    await ended(endpoint.id, 2);
    await app.decide(app.owner, 'reject', [{ id: comment.id, revision: 2 }]);
    const log = await ended(endpoint.id, 3);
    expect(told(endpoint.path)).toEqual(['comment.published', 'comment.edited', 'comment.removed']);
    const [published, edited, removed] = hooks.at(endpoint.path);
    expect(published?.message.data).toMatchObject({
      site: 'demo',
      threadKey: thread,
      commentId: comment.id,
      comment: { author: { name: 'Ada' } },
    });
    expect(published?.message.data.comment).not.toHaveProperty('body');
    expect(edited?.message.data.comment?.html).toContain('Told again.');
    expect(removed?.message.data).toEqual({ site: 'demo', threadKey: thread, commentId: comment.id });
    for (const { headers, body } of hooks.at(endpoint.path)) {
      expect(new Webhook(endpoint.secret).verify(body, headers)).toBeTruthy();
      expect(() => new Webhook(endpoint.secret).verify(body.replace('demo', 'elsewhere'), headers)).toThrow();
    }
    expect(log.map(({ id }) => id).toReversed()).toEqual(
      hooks.at(endpoint.path).map(({ headers }) => headers['webhook-id']),
    );
    expect(log.map(({ state, attempts }) => [state, attempts.length])).toEqual(Array(3).fill(['delivered', 1]));
  });

  it('say what is so when they are sent, and never a text that is not public', async () => {
    const endpoint = await added(['comment.published', 'comment.removed', 'comment.held']);
    const quiet = await added(['comment.published']);
    const thread = await app.thread();
    const blocked = await app.withoutRelay(async () => {
      const comment = await app.post(ada, thread, 'Words that nobody shall read.');
      await app.decide(app.owner, 'reject', [comment]);
      return comment;
    });
    await ended(endpoint.id, 2);
    await ended(quiet.id, 1);
    expect(told(endpoint.path)).toEqual(['comment.removed', 'comment.removed']);
    expect((await deliveries(quiet.id)).items).toMatchObject([
      { type: 'comment.published', state: 'dropped', attempts: [] },
    ]);
    await app.thread({ moderationMode: 'pre' }, 'held-thread');
    const held = await app.post(ada, 'held-thread', 'Words that nobody shall read either.');
    await ended(endpoint.id, 3);
    expect(hooks.at(endpoint.path).at(-1)?.message).toMatchObject({
      type: 'comment.held',
      data: { site: 'demo', threadKey: 'held-thread', commentId: held.id, status: 'pending' },
    });
    expect(JSON.stringify([...hooks.at(endpoint.path), blocked.id])).not.toContain('nobody shall read');
  });

  it('try again when they fail, and say why', async () => {
    const endpoint = await added(['comment.published']);
    hooks.answers.set(endpoint.path, [
      { status: 500, body: 'No room at the moment' },
      'hang up',
      {
        status: 302,
        headers: { location: hooks.url('/elsewhere') },
      },
    ]);
    await app.post(ada, await app.thread(), 'Three times lucky.');
    await app.settled();
    for (const attempts of [1, 2, 3]) {
      await tried(endpoint.id, attempts);
      expect((await deliveries(endpoint.id)).items).toMatchObject([{ state: 'waiting' }]);
      expect((await call<Endpoint>('GET', `/${endpoint.id}`)).body.failingSince).toMatch(/Z$/);
      await hurry(endpoint.id);
    }
    const [delivery] = await ended(endpoint.id, 1);
    expect(delivery).toMatchObject({ state: 'delivered' });
    expect(delivery?.attempts.map(({ status, detail }) => [status, detail])).toEqual([
      [500, 'No room at the moment'],
      [null, expect.stringMatching(/^The connection failed: \w+\.$/)],
      [302, ''],
      [204, ''],
    ]);
    expect(new Set(hooks.at(endpoint.path).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(hooks.at('/elsewhere')).toEqual([]);
    expect((await call<Endpoint>('GET', `/${endpoint.id}`)).body.failingSince).toBeNull();
  });

  it('wait as long as they are asked to', async () => {
    const endpoint = await added(['comment.published']);
    hooks.answers.set(endpoint.path, [{ status: 429, headers: { 'retry-after': '7200' } }]);
    await app.post(ada, await app.thread(), 'Later, please.');
    await app.settled();
    await tried(endpoint.id, 1);
    const waits = `SELECT extract(epoch FROM next_at - clock_timestamp()) AS count FROM webhook_deliveries WHERE endpoint_id = $1`;
    expect(await app.count(waits, [endpoint.id])).toBeGreaterThan(7_100);
  });

  it('keep the order of a thread where that is wanted, and hold up no other', async () => {
    const inOrder = await added(['comment.published'], { ordered: true });
    const other = await added(['comment.published']);
    hooks.always.set(inOrder.path, { status: 500 });
    const [first, second] = [await app.thread(), await app.thread()];
    for (let n = 0; n < 3; n++) await app.post(ada, first, `First ${n}`);
    await app.post(ada, second, 'Second');
    await ended(other.id, 4);
    await tried(inOrder.id, 2);
    const threads = () =>
      hooks.at(inOrder.path).map(({ message }) => [message.data['threadKey'], message.data.comment?.html]);
    expect(new Set(threads().map(String))).toEqual(
      new Set([String([first, '<p>First 0</p>\n']), String([second, '<p>Second</p>\n'])]),
    );
    hooks.always.delete(inOrder.path);
    hooks.received.splice(0);
    await hurry(inOrder.id);
    await ended(inOrder.id, 4);
    expect(threads().flatMap(([thread, html]) => (thread === first ? [html] : []))).toEqual(
      [0, 1, 2].map((n) => `<p>First ${n}</p>\n`),
    );
  });

  it.each(['force_generic_plan', 'force_custom_plan'] as const)(
    'find what is next without a look at what waits behind it: %s',
    async (mode) => {
      const endpoint = await added(['comment.published'], { ordered: true });
      await app.pool.query(
        `INSERT INTO webhook_deliveries (id, site_id, endpoint_id, fact_id, type, thread_id, subject_id, at, next_at)
         SELECT gen_random_uuid(), e.site_id, e.id, n, 'comment.published', e.id, e.id, now(),
                now() + CASE WHEN n = 1 THEN interval '1 hour' ELSE interval '0' END
         FROM webhook_endpoints e, generate_series(1, 2000) n WHERE e.id = $1`,
        [endpoint.id],
      );
      await app.pool.query('ANALYZE webhook_deliveries');
      const statements = recordStatements();
      const claims = () => statements.used.filter(({ name }) => name === 'webhookDeliveries.claim');
      await until(() => Promise.resolve(claims().length > 0), 'the worker to look');
      statements.stop();
      const rows = await rowsByIndex(app.pool, claims()[0] as UsedStatement, mode, 'webhook_deliveries');
      expect(Object.values(rows).reduce((sum, n) => sum + n, 0)).toBeLessThan(50);
      expect(hooks.at(endpoint.path)).toEqual([]);
    },
  );

  it('are given up after the last attempt, which lets the thread go on', async () => {
    const endpoint = await added(['comment.published'], { ordered: true });
    hooks.answers.set(endpoint.path, [{ status: 500 }]);
    const thread = await app.thread();
    for (const text of ['Given up', 'Goes on']) await app.post(ada, thread, text);
    await app.settled();
    await tried(endpoint.id, 1);
    // The last of its schedule, three days and a half later, fails too.
    hooks.answers.set(endpoint.path, [{ status: 500 }]);
    await app.pool.query(
      `UPDATE webhook_deliveries SET attempts = 9, next_at = clock_timestamp() WHERE endpoint_id = $1 AND attempts = 1`,
      [endpoint.id],
    );
    const log = await ended(endpoint.id, 2);
    expect(log.map(({ state }) => state)).toEqual(['delivered', 'failed']);
    expect(hooks.at(endpoint.path).map(({ message }) => message.data.comment?.html)).toEqual(
      ['Given up', 'Given up', 'Goes on'].map((text) => `<p>${text}</p>\n`),
    );
  });

  it('sign with both secrets while they change', async () => {
    const endpoint = await added(['comment.published']);
    const { body } = await call<{ secret: string }>('POST', `/${endpoint.id}/secret`, { overlapSeconds: 3_600 });
    expect((await call('POST', `/${endpoint.id}/test`)).status).toBe(202);
    await ended(endpoint.id, 1);
    const [test] = hooks.at(endpoint.path);
    expect(test?.message).toEqual({ type: 'webhook.test', timestamp: expect.any(String), data: { site: 'demo' } });
    for (const secret of [endpoint.secret, body.secret])
      expect(new Webhook(secret).verify(test?.body ?? '', test?.headers ?? {})).toBeTruthy();
    const last = await call<{ secret: string }>('POST', `/${endpoint.id}/secret`, { overlapSeconds: 0 });
    await call('POST', `/${endpoint.id}/test`);
    await ended(endpoint.id, 2);
    const [, again] = hooks.at(endpoint.path);
    expect(() => new Webhook(body.secret).verify(again?.body ?? '', again?.headers ?? {})).toThrow();
    expect(new Webhook(last.body.secret).verify(again?.body ?? '', again?.headers ?? {})).toBeTruthy();
  });

  it('are disabled after days of failure, or when gone, which the log says', async () => {
    const [failing, gone] = [await added(['comment.published']), await added(['comment.published'])];
    hooks.always.set(failing.path, { status: 503 }).set(gone.path, { status: 410 });
    const thread = await app.thread();
    await app.post(ada, thread, 'Is anybody there?');
    await app.settled();
    await tried(failing.id, 1);
    await app.pool.query(
      `UPDATE webhook_endpoints SET failing_since = clock_timestamp() - interval '6 days' WHERE id = $1`,
      [failing.id],
    );
    await hurry(failing.id);
    const one = async (id: string) => (await call<Endpoint>('GET', `/${id}`)).body;
    await until(async () => !(await one(failing.id)).enabled && !(await one(gone.id)).enabled, 'both to be disabled');
    expect([(await one(failing.id)).disabled, (await one(gone.id)).disabled]).toEqual(['failing', 'gone']);
    const { body: log } = await app.call<{ items: { action: string; subject: { id: string }; codes: object }[] }>(
      '/moderation/log?site=demo',
      { token: admin.token },
    );
    expect(
      log.items.filter(({ action }) => action === 'webhook.disabled').map(({ subject, codes }) => [subject.id, codes]),
    ).toEqual(
      expect.arrayContaining([
        [failing.id, { why: 'failing' }],
        [gone.id, { why: 'gone' }],
      ]),
    );
    await app.settled();
    await app.post(ada, thread, 'Nobody is told of this.');
    await app.settled();
    expect((await deliveries(failing.id)).items).toHaveLength(1);
    hooks.always.delete(failing.path);
    expect((await call<Endpoint>('PATCH', `/${failing.id}`, { enabled: true })).body).toMatchObject({ enabled: true });
    await hurry(failing.id);
    expect(await ended(failing.id, 1)).toMatchObject([{ state: 'delivered' }]);
    expect(await one(failing.id)).toMatchObject({ enabled: true, failingSince: null });
  });

  it('begin anew with another address, as it is asked', async () => {
    const endpoint = await added(['comment.published']);
    await app.pool.query(
      `UPDATE webhook_endpoints SET failing_since = clock_timestamp() - interval '4 days' WHERE id = $1`,
      [endpoint.id],
    );
    const change = (body: object) => call<Endpoint & { url: string }>('PATCH', `/${endpoint.id}`, body);
    expect((await change({ url: hooks.url(endpoint.path) })).body.failingSince).toMatch(/Z$/);
    expect((await change({ url: 'HTTPS://News.Example\\hooks\n/ä' })).body).toMatchObject({
      url: 'https://news.example/hooks/%C3%A4',
      failingSince: null,
    });
  });

  it('can be sent again, under the same id', async () => {
    const endpoint = await added(['comment.published']);
    await app.post(ada, await app.thread(), 'Say that again.');
    const [delivery] = await ended(endpoint.id, 1);
    const path = `/${endpoint.id}/deliveries/${delivery?.id}/send`;
    expect(await call('POST', path)).toMatchObject({ status: 202, body: { state: 'waiting' } });
    await until(() => hooks.at(endpoint.path).length === 2, 'it to come again');
    const [first, second] = hooks.at(endpoint.path);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.message).toEqual(first?.message);
  });

  it('are told once, whatever the relay folds twice', async () => {
    const endpoint = await added(['comment.published']);
    await app.post(ada, await app.thread(), 'Only once.');
    await ended(endpoint.id, 1);
    await app.pool.query(
      `INSERT INTO outbox (id, site_id, stream_id, subject_id, topic, from_status, to_status)
       OVERRIDING SYSTEM VALUE
       SELECT fact_id, site_id, thread_id, subject_id, 'comment.posted', 'none', 'published' FROM webhook_deliveries WHERE endpoint_id = $1`,
      [endpoint.id],
    );
    await app.settled();
    expect((await deliveries(endpoint.id)).items).toHaveLength(1);
  });

  it.each([
    ['ftp://example.org/', 'is no http or https URL'],
    ['https://user:secret@example.org/', 'holds a user name or password'],
    ['http://10.0.0.1/', 'is a private address'],
    ['http://169.254.169.254/latest/meta-data', 'is a private address'],
    ['http://[::1]:5432/', 'is a private address'],
    ['http://example.org/', 'is not https'],
    ['http://93.184.215.14/', 'is not https'],
  ])('are not sent to %s', async (url, fault) => {
    const { status, body } = await call<ProblemBody>('POST', '', { url, types: ['comment.published'] });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/url', detail: `It ${fault}; give an https URL of a public server.` }]);
  });

  it('say what is wrong with a request', async () => {
    const { status, body } = await call<ProblemBody>('POST', '', { url: hooks.url(), types: ['comment.loved'] });
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/types']);
    expect((await call('POST', '', { url: hooks.url(), types: [] })).status).toBe(422);
  });

  it('are the business of owners and admins of the site', async () => {
    const endpoint = await added(['comment.published']);
    const [moderator, stranger] = await Promise.all([app.staff('moderator'), app.staff('admin', 'elsewhere')]);
    const calls: [string, string, object?][] = [
      ['GET', ''],
      ['POST', '', { url: hooks.url(), types: ['comment.published'] }],
      ['GET', `/${endpoint.id}`],
      ['PATCH', `/${endpoint.id}`, { url: 'nonsense' }],
      ['POST', `/${endpoint.id}/secret`, {}],
      ['POST', `/${endpoint.id}/test`],
      ['GET', `/${endpoint.id}/deliveries`],
      ['DELETE', `/${endpoint.id}`],
    ];
    for (const [method, path, body] of calls) {
      const answers = [];
      for (const by of [moderator, stranger, ada]) answers.push((await call(method, path, body, by)).status);
      expect([method, path, ...answers]).toEqual([method, path, 403, 404, 401]);
    }
    expect((await call('DELETE', `/${endpoint.id}`)).status).toBe(204);
    expect((await call('GET', `/${endpoint.id}`)).status).toBe(404);
    expect(JSON.stringify((await call('GET')).body)).not.toContain('whsec_');
  });

  it('are what the API document says of them', async () => {
    const endpoint = await added(EVENT_TYPES.filter((type) => !type.startsWith('list.')));
    await app.settings({ undoSeconds: 0 });
    const thread = await app.thread({ text: 'The old pier is old.' });
    const anchor = quoting('old pier');
    const comment = await app.post(ada, thread, 'Told by the letter.', { anchor });
    const acted = (path: string, body: object, token?: string) =>
      app.call<{ id: string }>(path, { method: 'POST', body, ...(token === undefined ? {} : { token }) });
    await ended(endpoint.id, 2);
    await app.expect(200, `/comments/${comment.id}`, { method: 'PATCH', token: ada.token, body: { body: 'Changed.' } });
    const grace = await app.guest('Grace');
    await acted(`/comments/${comment.id}/reports`, { reason: 'abuse' }, grace.token);
    const contact = { name: 'Grace', email: 'grace@news.example' };
    const notice = { law: '§ 1', explanation: 'It is against the law.', goodFaith: true, contact };
    await acted('/sites/demo/notices', { commentId: comment.id, ...notice });
    await ended(endpoint.id, 5);
    await app.decide(app.owner, 'reject', [{ id: comment.id, revision: 2 }], { reason: 'abuse' });
    await until(() => Promise.resolve(told(endpoint.path).includes('comment.removed')), 'the removal to be told');
    const { items } = await app.expect<{ items: { id: string }[] }>(200, '/me/decisions', { token: ada.token });
    const appeal = await acted(`/me/decisions/${items[0]?.id}/appeal`, { text: 'Please look again.' }, ada.token);
    const outcome = { outcome: 'overturned', explanation: 'You were right.' };
    await acted(`/moderation/appeals/${appeal.body.id}/outcome`, outcome, admin.token);
    await acted(`${threadPath(thread)}/passages`, { prompt: 'Is it?', anchor: quoting('is old') }, admin.token);
    await app.thread({ moderationMode: 'pre' }, thread);
    await app.post(ada, thread, 'To be held.');
    await ended(endpoint.id, 11);
    const document = committed<WebhookDocument>('openapi');
    const schemas = new Schemas(document);
    const messages = hooks.at(endpoint.path).map(({ message }) => message);
    expect(new Set(messages.map(({ type }) => type))).toEqual(
      new Set(EVENT_TYPES.filter((type) => !type.startsWith('list.'))),
    );
    for (const message of messages) {
      const schema = document.webhooks[message.type]?.post.requestBody.content['application/json'].schema;
      const { data } = schema?.properties ?? {};
      const exact = {
        ...schema,
        properties: { ...schema?.properties, data: { ...data, additionalProperties: false } },
      };
      expect([message.type, schemas.problems(exact, message)]).toEqual([message.type, undefined]);
    }
    await app.settings({ undoSeconds: 60 });
  });

  it('tell of what the thread is by its key', async () => {
    const endpoint = await added(['thread.changed']);
    const thread = await app.thread();
    await app.expect(200, threadPath(thread), {
      method: 'PUT',
      token: app.owner.token,
      body: { url: 'https://news.example/x', title: 'New', state: 'closed' },
    });
    await ended(endpoint.id, 1);
    expect(hooks.at(endpoint.path).map(({ message }) => message.data)).toEqual([{ site: 'demo', threadKey: thread }]);
  });
});

describe('two nodes', () => {
  it('send each once, and in order where that is wanted', async () => {
    const hooks = await HookServer.start();
    const [one, two] = await startTwoNodes({ jobs: true, settings: { moderationMode: 'post' }, config });
    try {
      const ada = await one.guest('Ada');
      const thread = await one.thread();
      for (const path of ['/both', '/ordered']) {
        const body = { url: hooks.url(path), types: ['comment.published'], ordered: path === '/ordered' };
        await one.expect(201, '/sites/demo/webhooks', { method: 'POST', token: one.owner.token, body });
      }
      for (let n = 0; n < 30; n++) await (n % 2 ? one : two).post(ada, thread, `Comment ${n}`);
      await one.settled();
      await until(
        async () => (await one.count(`SELECT count(*) FROM webhook_deliveries WHERE state = 'delivered'`)) === 60,
        'all to be delivered',
      );
      for (const path of ['/both', '/ordered']) {
        const ids = hooks.at(path).map(({ headers }) => headers['webhook-id']);
        expect([path, ids.length, new Set(ids).size]).toEqual([path, 30, 30]);
      }
      expect(hooks.at('/ordered').map(({ message }) => message.data.comment?.html)).toEqual(
        Array.from({ length: 30 }, (_, n) => `<p>Comment ${n}</p>\n`),
      );
    } finally {
      await two.stop();
      await one.stop();
      await hooks.stop();
    }
  });
});

describe('a node that stops', () => {
  it('does not count against the endpoint that it was asking', async () => {
    const hooks = await HookServer.start();
    const app = await startApp({ jobs: true, settings: { moderationMode: 'post' }, config });
    try {
      hooks.always.set('/slow', 'silence');
      const body = { url: hooks.url('/slow'), types: ['comment.published'] };
      await app.expect(201, '/sites/demo/webhooks', { method: 'POST', token: app.owner.token, body });
      await app.post(await app.guest(), await app.thread(), 'Told while it stops.');
      await until(() => hooks.received.length === 1, 'the endpoint to be asked');
      await app.node.lifecycle.shutDown();
      const { rows } = await app.pool.query('SELECT state, attempts, leased_until FROM webhook_deliveries');
      expect(rows).toEqual([{ state: 'waiting', attempts: 0, leased_until: null }]);
      expect(await app.count('SELECT count(*) FROM webhook_endpoints WHERE failing_since IS NULL')).toBe(1);
    } finally {
      await app.stop();
      await hooks.stop();
    }
  });
});
