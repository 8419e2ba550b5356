import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Comment } from '../../web/shared/api-types.js';
import { startApp, threadPath, type App, type Person } from '../support/app.js';

interface Rule {
  id: string;
  params: object;
  version: number;
  secret?: string;
}
interface Question {
  action: string;
  comment: { body: string; parentID: string | null };
  author: { id: string; role: string };
  story: { id: string; key: string; url: string };
  site: { id: string; key: string };
}
interface Detail {
  screening: { rule: string; action: string; would?: string; explanation: string }[];
}

/** A publisher's own service, on a port of its own. */
class Service {
  readonly asked: { headers: IncomingHttpHeaders; text: string; question: Question }[] = [];
  answer: (response: ServerResponse, question: Question) => void = (response) => void response.writeHead(204).end();
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      if (request.url !== '/screen') return void response.writeHead(500).end();
      const question = JSON.parse(text) as Question;
      this.asked.push({ headers: request.headers, text, question });
      this.answer(response, question);
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/screen`;
  }

  says(body: unknown, status = 200): void {
    this.answer = (response) =>
      void response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('external screening', () => {
  let app: App;
  let service: Service;
  let sites = 0;

  beforeAll(async () => {
    service = new Service();
    [app] = await Promise.all([startApp({ config: { outgoingNetworks: ['127.0.0.1/32'] } }), service.start()]);
  });

  afterAll(async () => {
    await app.stop();
    await service.stop();
  });

  beforeEach(() => {
    service.asked.splice(0);
    service.says('', 204);
  });

  const as = (by: Person, method = 'GET', body?: object) => ({ method, token: by.token, body });
  const newsroom = async (rule: object = {}, params: object = {}) => {
    const site = `screened-${(sites += 1)}`;
    await app.site(site, { name: site, settings: { moderationMode: 'post' } });
    await app.expect(
      200,
      threadPath('t', site),
      as(app.owner, 'PUT', { url: `https://news.example/${site}`, title: site }),
    );
    await app.expect(
      200,
      '/moderation/rules',
      as(app.owner, 'PUT', {
        site,
        version: 0,
        rules: [{ id: 'banned', kind: 'words', action: 'reject', params: { words: ['scum'] } }],
      }),
    );
    const made = await app.expect<Rule>(
      201,
      '/moderation/rules',
      as(app.owner, 'POST', {
        site,
        id: 'ours',
        kind: 'external',
        params: { url: service.url, ...params },
        ...rule,
      }),
    );
    const author = await app.guest('Author', site);
    const path = `${threadPath('t', site)}/comments`;
    const post = (body = 'A comment', more: object = {}) =>
      app.expect<Comment>(201, path, { ...as(author, 'POST', { body }), ...more });
    const screening = async ({ id }: Comment) =>
      (await app.expect<Detail>(200, `/moderation/comments/${id}`, as(app.owner))).screening;
    return { site, made, author, path, post, screening };
  };

  it('asks with a signature that Standard Webhooks verifies, and tells what the service needs', async () => {
    const { made, author, post, site } = await newsroom();
    expect(made.secret).toMatch(/^whsec_/);
    const comment = await post('What do you say?');
    expect(comment.status).toBe('published');
    const [asked] = service.asked;
    expect(() =>
      new Webhook(made.secret ?? '').verify(asked?.text ?? '', asked?.headers as Record<string, string>),
    ).not.toThrow();
    expect(asked?.question).toMatchObject({
      action: 'NEW',
      comment: { body: 'What do you say?', parentID: null },
      author: { id: author.id, role: 'COMMENTER' },
      story: { key: 't', url: `https://news.example/${site}` },
      site: { key: site },
    });
    await app.expect(200, `/comments/${comment.id}`, as(author, 'PATCH', { body: 'And now?' }));
    expect(service.asked.map(({ question }) => [question.action, question.comment.body])).toEqual([
      ['NEW', 'What do you say?'],
      ['EDIT', 'And now?'],
    ]);
  });

  it('never shows a secret again, and signs with a new one at once', async () => {
    const { site, made, post } = await newsroom();
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const changed = await app.expect<Rule>(
      200,
      '/moderation/rules/ours',
      as(app.owner, 'PUT', { site, version: 1, secret }),
    );
    expect(changed).toMatchObject({ version: 1 });
    for (const path of [
      `/moderation/rules?site=${site}`,
      `/moderation/rules/ours/versions?site=${site}`,
      `/moderation/log?site=${site}`,
    ]) {
      const { text } = await app.call(path, as(app.owner));
      expect(text).not.toContain('whsec_');
    }
    const { rows } = await app.pool.query<{ sealed: Buffer }>('SELECT sealed FROM rule_secrets');
    for (const { sealed } of rows) {
      for (const one of [secret, made.secret ?? '']) expect(sealed.includes(one)).toBe(false);
    }
    await post();
    const [asked] = service.asked;
    expect(() => new Webhook(secret).verify(asked?.text ?? '', asked?.headers as Record<string, string>)).not.toThrow();
  });

  it.each<[string, unknown, string, object[]]>([
    ['no objection', { status: 'APPROVED' }, 'published', []],
    ['nothing', {}, 'published', []],
    ['a hold', { status: 'PREMOD' }, 'pending', [{ action: 'hold' }]],
    ['a hold by a system', { status: 'SYSTEM_WITHHELD', more: 1 }, 'pending', [{ action: 'hold' }]],
    ['a rejection', { status: 'REJECTED' }, 'rejected', [{ action: 'reject' }]],
    [
      'a flag and a tag',
      { status: null, actions: [{ actionType: 'FLAG', reason: 'COMMENT_DETECTED_TOXIC' }], tags: ['FEATURED'] },
      'published',
      [{ action: 'note' }, { action: 'note' }],
    ],
  ])('takes %s', async (_what, answer, status, findings) => {
    const { post, screening } = await newsroom();
    service.says(answer);
    const comment = await post();
    expect(comment.status).toBe(status);
    expect(await screening(comment)).toMatchObject(
      findings.map((finding) => ({ rule: 'ours', kind: 'external', ...finding })),
    );
  });

  it.each<[string, (service: Service) => void, RegExp]>([
    ['500', (one) => one.says('', 500), /answered 500/],
    ['no JSON', (one) => one.says('<html>'), /not JSON/],
    ['a status that there is not', (one) => one.says({ status: 'FINE' }), /not understood \(at “\/status”\)/],
    ['a list', (one) => one.says([]), /not understood/],
    ['more than anybody says', (one) => one.says(`{"status":"REJECTED","x":"${'x'.repeat(70_000)}"}`), /not JSON/],
    [
      'a redirect to this very machine',
      (one) => (one.answer = (response) => void response.writeHead(302, { location: one.url }).end()),
      /answered 302/,
    ],
    ['nothing in time', (one) => (one.answer = () => undefined), /in time/],
    ['a broken connection', (one) => (one.answer = (response) => void response.destroy()), /could not be reached/],
  ])('falls back where the service gives %s', async (_what, fail, why) => {
    const held = await newsroom({}, { timeoutMs: 200 });
    fail(service);
    const comment = await held.post();
    expect(comment.status).toBe('pending');
    expect(await held.screening(comment)).toMatchObject([
      { rule: 'ours', action: 'hold', explanation: expect.stringMatching(why) as string },
    ]);
    expect(service.asked).toHaveLength(1);
  });

  it('publishes with a note, or without, where the rule says so', async () => {
    service.says('', 500);
    const noted = await newsroom({}, { onFailure: 'publish' });
    const silent = await newsroom({}, { onFailure: 'ignore' });
    const [one, other] = [await noted.post(), await silent.post()];
    expect([one.status, other.status]).toEqual(['published', 'published']);
    expect(await noted.screening(one)).toMatchObject([{ rule: 'ours', action: 'note' }]);
    expect(await silent.screening(other)).toEqual([]);
  });

  it('holds at most, or records alone, where the rule says so', async () => {
    service.says({ status: 'REJECTED' });
    const limited = await newsroom({ action: 'hold' });
    const shadow = await newsroom({ mode: 'shadow' });
    const off = await newsroom({ mode: 'off' });
    expect((await limited.post()).status).toBe('pending');
    const comment = await shadow.post();
    expect(comment.status).toBe('published');
    expect(await shadow.screening(comment)).toMatchObject([{ action: 'note', would: 'reject' }]);
    service.asked.splice(0);
    expect((await off.post()).status).toBe('published');
    expect(service.asked).toEqual([]);
  });

  it('does not ask what is rejected anyway, what is tried, what was posted before, nor for who may not post', async () => {
    const { site, author, path, post } = await newsroom();
    expect((await post('You scum')).status).toBe('rejected');
    await app.expect(200, `${path}?preview=true`, as(author, 'POST', { body: 'How would this look?' }));
    expect(service.asked).toEqual([]);
    const headers = { 'idempotency-key': 'once' };
    const first = await post('Once', { headers });
    expect((await post('Once', { headers })).id).toBe(first.id);
    expect(service.asked).toHaveLength(1);
    await app.expect(
      201,
      `/moderation/readers/${author.id}/sanctions`,
      as(app.owner, 'POST', { kind: 'ban', reason: 'abuse' }),
    );
    expect((await app.call(path, as(author, 'POST', { body: 'Still here' }))).status).toBe(403);
    const other = await app.guest('Other', site);
    await app.expect(200, threadPath('t', site), as(app.owner, 'PUT', { state: 'frozen' }));
    expect((await app.call(path, as(other, 'POST', { body: 'Too late' }))).status).toBe(409);
    expect(service.asked).toHaveLength(1);
  });

  it('leaves a dead service alone, and posting waits no more', async () => {
    const { post, screening } = await newsroom({}, { timeoutMs: 300 });
    service.answer = () => undefined;
    for (let n = 0; n < 5; n++) await post(`Waits ${n}`);
    expect(service.asked).toHaveLength(5);
    const comments = await Promise.all([post('Waits no more'), post('Nor does this')]);
    expect(service.asked).toHaveLength(5);
    for (const comment of comments) {
      expect(comment.status).toBe('pending');
      expect((await screening(comment))[0]?.explanation).toMatch(/left alone/);
    }
    const metrics = await app.page('/metrics');
    expect(metrics.text).toMatch(/postil_external_screening_total\{outcome="skipped"\} 2/);
  });
});

describe('an external service at a private address', () => {
  let app: App;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(() => app.stop());

  it('is not asked, though its rule was stored while that was permitted', async () => {
    const service = new Service();
    await service.start();
    const call = (method: string, body: object) => ({ method, token: app.owner.token, body });
    await app.settings({ moderationMode: 'post' });
    await app.expect(
      201,
      '/moderation/rules',
      call('POST', { site: 'demo', id: 'ours', kind: 'external', params: { url: 'https://screening.example/' } }),
    );
    await app.pool.query(
      `UPDATE rule_versions SET params = params || jsonb_build_object('url', $1::text) WHERE rule_id = 'ours'`,
      [service.url],
    );
    await app.expect(200, '/moderation/rules/flood', call('PUT', { site: 'demo', version: 1, mode: 'shadow' }));
    const comment = await app.post(await app.guest(), await app.thread(), 'A comment');
    expect(comment.status).toBe('pending');
    const { screening } = await app.expect<Detail>(200, `/moderation/comments/${comment.id}`, {
      token: app.owner.token,
    });
    expect(screening).toMatchObject([
      { rule: 'ours', explanation: expect.stringContaining('private address') as string },
    ]);
    expect(service.asked).toEqual([]);
    await service.stop();
  });
});
