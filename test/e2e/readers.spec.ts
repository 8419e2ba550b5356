import { createHash } from 'node:crypto';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { NOT_BUILT } from '../../src/not-built.js';
import type { Comment, EventsAnswer, ListedComment, Mine } from '../../web/shared/api-types.js';
import { PAGE_ORIGIN, startApp, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { until } from '../support/until.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const id = expect.stringMatching(UUID_V7) as unknown as string;
const instant = expect.stringMatching(INSTANT) as unknown as string;

describe('the contract of readers', () => {
  let app: App;
  let ada: Person;
  let ben: Person;

  beforeAll(async () => {
    app = await startApp();
    [ada, ben] = await Promise.all([app.guest('Ada'), app.guest('Ben')]);
  });

  afterAll(() => app.stop());

  const comments = (thread: string) => `${threadPath(thread)}/comments`;
  const problem = async (status: number, code: string, path: string, call: Parameters<App['call']>[1] = {}) => {
    const answer = await app.call<ProblemBody>(path, call);
    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:postil:problem:${code}` } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}-[0-9a-z]+$/);
    expect(typeof answer.body.title).toBe('string');
    return answer;
  };
  const postTo = (thread: string, body: unknown, headers: Record<string, string> = {}, token = ada.token) => ({
    path: comments(thread),
    call: { method: 'POST', token, body, headers },
  });
  const published = async (thread: string, body: string, by = ada, parentId?: string): Promise<Comment> => {
    const comment = await app.post(by, thread, body, { parentId });
    if (comment.status === 'pending') await app.decide(app.owner, 'approve', [comment]);
    await app.settled();
    return comment;
  };
  /** As the network carries it: fetch would unpack it. */
  const raw = (path: string, headers: Record<string, string> = {}): Promise<{ reply: IncomingMessage; body: Buffer }> =>
    new Promise((resolve, reject) => {
      httpGet(`${app.address}${path}`, { headers, agent: false }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => resolve({ reply, body: Buffer.concat(chunks) }));
      }).on('error', reject);
    });

  describe('sites, sessions, threads', () => {
    it('describes the site with what a widget needs, and starts and ends a session', async () => {
      expect(await app.expect(200, '/sites/demo')).toMatchObject({
        key: 'demo',
        name: 'Postil demo',
        settings: { maxLength: 5000, maxDepth: 3, editWindowSeconds: 300 },
      });
      await problem(404, 'not-found', '/sites/none');
      const started = await app.expect<{ token: string }>(201, '/sites/demo/sessions', {
        method: 'POST',
        body: { displayName: '  Zoë  Q. ', email: 'zoe@example.org' },
      });
      expect(started).toEqual({ token: expect.any(String), reader: { id, displayName: 'Zoë Q.' } });
      await app.expect(204, '/sites/demo/sessions', { method: 'DELETE', token: started.token });
      const thread = await app.thread();
      await problem(401, 'invalid-token', comments(thread), {
        method: 'POST',
        token: started.token,
        body: { body: 'Too late' },
      });
    });

    it('makes a thread on first use from a permitted URL, and then changes nothing', async () => {
      const body = { key: 'first-use', url: `${PAGE_ORIGIN}/a`, title: 'First  use' };
      const made = await app.expect(201, '/sites/demo/threads', { method: 'POST', body });
      expect(made).toEqual({
        id,
        key: 'first-use',
        url: `${PAGE_ORIGIN}/a`,
        title: 'First use',
        state: 'open',
        moderationMode: 'pre',
        closesAt: null,
        commentCount: 0,
        version: 1,
        seq: 0,
        revision: null,
        passages: [],
      });
      const again = { ...body, title: 'Other', url: `${PAGE_ORIGIN}/b` };
      expect(await app.expect(200, '/sites/demo/threads', { method: 'POST', body: again })).toEqual(made);
      expect(await app.expect(200, threadPath('first-use'))).toEqual(made);
      await problem(404, 'not-found', threadPath('unknown'));
      const elsewhere = { ...body, key: 'x', url: 'https://elsewhere.example/a' };
      const refused = await problem(422, 'url-not-permitted', '/sites/demo/threads', {
        method: 'POST',
        body: elsewhere,
      });
      expect(refused.body.errors).toEqual([{ pointer: '/url', detail: expect.any(String) }]);
      const wrong = await problem(422, 'validation', '/sites/demo/threads', {
        method: 'POST',
        body: { key: '', url: 1 },
      });
      expect(wrong.body.errors?.map((error) => error.pointer).sort()).toEqual(['/key', '/title', '/url']);
    });

    it.each([
      ['slashes', 'news/2026/11/night-buses?page=2#top'],
      ['Unicode', 'Nachtbüße–夜行バス🌙'],
      ['percent signs', '100%25 of it%'],
      ['dots', '..'],
      ['255 characters', 'ü'.repeat(255)],
      ['255 characters beyond the first plane', '🌙'.repeat(255)],
      ['a suffix of the feed', 'archive.atom'],
    ])('takes keys with %s', async (_what, key) => {
      const body = { key, url: `${PAGE_ORIGIN}/`, title: 'T' };
      expect(await app.expect(201, '/sites/demo/threads', { method: 'POST', body })).toMatchObject({ key });
      // A URL would swallow '..', also where its dots are encoded.
      if (key !== '..') {
        expect(await app.readThread(key)).toMatchObject({ key });
        expect(await app.post(ada, key, 'Here.')).toMatchObject({ threadKey: key });
        expect(await app.list(key)).toEqual({ items: [], nextCursor: null, total: 0, seq: 0 });
      }
      expect(await app.expect(200, '/sites/demo/counts', { query: { key } })).toEqual({ [key]: 0 });
    });

    it('refuses keys that are too long or hold what the database cannot', async () => {
      const of = (key: string) => ({ method: 'POST', body: { key, url: `${PAGE_ORIGIN}/`, title: 'T' } });
      for (const key of ['k'.repeat(256), '🌙'.repeat(256), 'a\0b', 'a\ud800b']) {
        const answer = await problem(422, 'validation', '/sites/demo/threads', of(key));
        expect(answer.body.errors?.[0]?.pointer).toBe('/key');
      }
      await problem(404, 'not-found', threadPath('k'.repeat(256)));
      await problem(404, 'not-found', threadPath('a\0b'));
    });
  });

  describe('comments', () => {
    it('posts, lists and reads a comment, field by field', async () => {
      const thread = await app.thread();
      const posted = await app.post(ada, thread, 'Hello *there*,\n\n<b>see</b> https://example.org');
      const html = expect.stringContaining('<em>there</em>') as unknown as string;
      const common = {
        id,
        threadKey: thread,
        parentId: null,
        passageId: null,
        depth: 0,
        author: { id: ada.id, name: 'Ada', badges: [] },
        html,
        createdAt: instant,
        editedAt: null,
        revision: 1,
        pinned: false,
        votes: { up: 0, down: 0 },
        replyCount: 0,
      };
      const own = { body: 'Hello *there*,\n\n<b>see</b> https://example.org', editableUntil: instant };
      expect(posted).toEqual({ ...common, ...own, status: 'pending' });
      expect(posted.html).toContain('rel="nofollow ugc noopener"');
      expect(posted.html).not.toContain('<b>');
      expect(Date.parse(posted.editableUntil ?? '') - Date.parse(posted.createdAt)).toBe(300_000);

      expect(await app.list(thread)).toEqual({ items: [], nextCursor: null, total: 0, seq: 0 });
      await problem(404, 'not-found', `/comments/${posted.id}`);
      await problem(404, 'not-found', `/comments/${posted.id}`, { token: ben.token });
      await problem(404, 'not-found', `/comments/${posted.id}/replies`);
      const mine = await app.expect<{ comment: Comment }>(200, `/comments/${posted.id}`, { token: ada.token });
      expect(mine.comment).toEqual(posted);

      await app.decide(app.owner, 'approve', [posted]);
      await app.settled();
      const listed = { ...common, status: 'published', replies: { items: [], nextCursor: null } };
      expect(await app.list(thread)).toEqual({ items: [listed], nextCursor: null, total: 1, seq: 1 });
      const reply = await published(thread, 'A reply', ben, posted.id);
      const deep = await app.expect<{ comment: Comment; ancestors: Comment[]; thread: object }>(
        200,
        `/comments/${reply.id}`,
      );
      expect(deep.comment).toMatchObject({ id: reply.id, parentId: posted.id, depth: 1, status: 'published' });
      expect(deep.comment).not.toHaveProperty('body');
      expect(deep.ancestors).toMatchObject([{ id: posted.id, replyCount: 1 }]);
      expect(deep.thread).toMatchObject({ key: thread, commentCount: 2, seq: 2 });
      const staff = await app.expect<{ comment: Comment }>(200, `/comments/${reply.id}`, { token: app.owner.token });
      expect(staff.comment.body).toBe('A reply');
      const replies = await app.expect(200, `/comments/${posted.id}/replies`);
      expect(replies).toMatchObject({ items: [{ id: reply.id }], nextCursor: null, total: 2, seq: 2 });
    });

    it('says in a preview what would become of it, and stores nothing', async () => {
      const thread = await app.thread();
      const { path, call } = postTo(thread, { body: '**bold**' });
      const preview = await app.expect(200, `${path}?preview=true`, call);
      expect(preview).toMatchObject({ html: '<p><strong>bold</strong></p>\n', verdict: 'hold' });
      expect(
        await app.count('SELECT count(*) FROM comments c JOIN threads t ON t.id = c.thread_id WHERE t.key = $1', [
          thread,
        ]),
      ).toBe(0);
    });

    it.each<[string, unknown, string, string]>([
      ['nothing', {}, 'validation', '/body'],
      ['only spaces', { body: ' \n\u200b ' }, 'validation', '/body'],
      ['too much', { body: 'x'.repeat(5001) }, 'validation', '/body'],
      ['another type', { body: 5 }, 'validation', '/body'],
      ['a parent that is no id', { body: 'x', parentId: 'x' }, 'validation', '/parentId'],
      [
        'an unknown parent',
        { body: 'x', parentId: '01a203d8-cae5-72ad-9e63-47c5712af953' },
        'parent-not-found',
        '/parentId',
      ],
      ['a passage that is no id', { body: 'x', passageId: 'x' }, 'validation', '/passageId'],
      ['an anchor without selectors', { body: 'x', anchor: {} }, 'validation', '/anchor/selectors'],
      ['a wish for news that there is not', { body: 'x', notify: 'everything' }, 'validation', '/notify'],
      ['an unknown field', { body: 'x', 'a/b~c': 1 }, 'validation', '/a~1b~0c'],
    ])('refuses a comment with %s', async (_what, body, code, pointer) => {
      const thread = await app.thread();
      const { path, call } = postTo(thread, body);
      const answer = await problem(422, code, path, call);
      expect(answer.body.errors).toEqual([{ pointer, detail: expect.any(String) }]);
      expect(answer.body.instance).toBe(`/api/v1${path}`);
    });

    it('answers malformed JSON, parameters and cursors with 400', async () => {
      const thread = await app.thread();
      const malformed = await fetch(`${app.address}/api/v1${comments(thread)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` },
        body: '{"body": ',
      });
      expect(malformed.status).toBe(400);
      expect(malformed.headers.get('content-type')).toContain('application/problem+json');
      for (const query of ['limit=0', 'limit=101', 'limit=x', 'sort=random', 'other=1', 'passage=all']) {
        const answer = await problem(400, 'malformed-parameter', `${comments(thread)}?${query}`);
        expect(answer.body.errors?.[0]?.pointer).toBe(`?${query.split('=')[0]}`);
      }
      const of = (parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
      const some = '01a203d8-cae5-72ad-9e63-47c5712af953';
      for (const cursor of [
        'x',
        of(['comments.oldest', '2026-01-01T00:00:00.000Z', some]),
        of(['comments.newest', '2026-01-01T00:00:00.000Z', 'no id']),
        of(['comments.newest', '0000-01-01T00:00:00.000Z', some]),
        of(['comments.newest', '2026-02-30T00:00:00.000Z', some]),
        of(['comments.newest', null, some]),
        of(['comments.newest.any', '2026-01-01T00:00:00.000Z', some]),
      ]) {
        await problem(400, 'malformed-cursor', comments(thread), { query: { cursor } });
      }
      for (const after of ['-1', 'x', '1.5', '99999999999999999999', '1e300']) {
        await problem(400, 'malformed-parameter', `${threadPath(thread)}/events`, { query: { after } });
      }
      await problem(400, 'malformed-parameter', `${threadPath(thread)}/events`);
      const { path, call } = postTo(thread, { body: 'x' }, { 'idempotency-key': 'k'.repeat(256) });
      await problem(400, 'malformed-parameter', path, call);
      await problem(404, 'not-found', '/comments/not-an-id');
      await problem(404, 'not-found', '/nothing/here');
    });

    it('takes bodies as JSON alone, whatever a form can send, and says what a field is to be', async () => {
      const path = '/sites/demo/sessions';
      for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
        const form = { method: 'POST', rawBody: 'displayName=Ada', headers: { 'content-type': type } };
        const refused = await problem(415, 'unsupported-media-type', path, form);
        expect(refused.body.detail).toBe('Send the body as application/json.');
      }
      const missing = await problem(422, 'validation', path, { method: 'POST', body: {} });
      expect(missing.body.errors).toEqual([{ pointer: '/displayName', detail: 'displayName must be a string' }]);
    });

    it('needs a session of the site', async () => {
      const thread = await app.thread();
      const body = { body: 'x' };
      const none = await problem(401, 'unauthenticated', comments(thread), { method: 'POST', body });
      expect(none.headers.get('www-authenticate')).toBe('Bearer');
      await problem(401, 'invalid-token', comments(thread), { method: 'POST', body, token: 'made.up' });
      await app.site('other', { name: 'Other' });
      const stranger = await app.guest('Eve', 'other');
      await problem(401, 'invalid-token', comments(thread), { method: 'POST', body, token: stranger.token });
      await problem(401, 'invalid-token', `${threadPath(thread)}/me`, { token: stranger.token });
      await problem(401, 'unauthenticated', `${threadPath(thread)}/me`);
      const comment = await published(thread, 'Mine');
      for (const [method, path, input] of [
        ['PATCH', '', { body: 'Not mine' }],
        ['DELETE', '', undefined],
        ['PUT', '/vote', { value: 1 }],
      ] as const) {
        const call = { method, body: input };
        await problem(401, 'unauthenticated', `/comments/${comment.id}${path}`, call);
        await problem(404, 'not-found', `/comments/${comment.id}${path}`, { ...call, token: stranger.token });
      }
      await problem(404, 'not-found', `/comments/${comment.id}`, { method: 'PATCH', body, token: ben.token });
      await problem(404, 'not-found', `/comments/${comment.id}`, { method: 'DELETE', token: ben.token });
    });

    it('counts an Idempotency-Key for its reader and thread', async () => {
      const [thread, other] = [await app.thread(), await app.thread()];
      const key = 'a-key';
      const first = await app.post(ada, thread, 'Once', { key });
      await app.decide(app.owner, 'approve', [first]);
      expect(await app.post(ada, thread, 'Once', { key })).toMatchObject({ id: first.id, status: 'published' });
      const { path, call } = postTo(thread, { body: 'Another' }, { 'idempotency-key': key });
      await problem(422, 'idempotency-key-reused', path, call);
      expect((await app.post(ben, thread, 'Once', { key })).id).not.toBe(first.id);
      expect((await app.post(ada, other, 'Once', { key })).id).not.toBe(first.id);
      await app.pool.query(`UPDATE post_keys SET created_at = created_at - interval '25 hours'`);
      expect((await app.post(ada, thread, 'Another', { key })).id).not.toBe(first.id);
      await app.thread({ state: 'closed' }, thread);
      expect(await app.post(ada, thread, 'Another', { key })).toMatchObject({ status: 'pending' });
    });
  });

  describe('mine, votes, counts', () => {
    it('lays over the page what only I see', async () => {
      const thread = await app.thread();
      const comment = await published(thread, 'Seen by all');
      const held = await app.post(ada, thread, 'Held');
      expect(
        await app.expect(200, `/comments/${comment.id}/vote`, { method: 'PUT', token: ada.token, body: { value: -1 } }),
      ).toEqual({
        votes: { up: 0, down: 1 },
      });
      const answer = await app.call<Mine & { reader: object }>(`${threadPath(thread)}/me`, { token: ada.token });
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(answer.body).toMatchObject({
        reader: { id: ada.id, displayName: 'Ada' },
        standing: { state: 'good' },
        votes: { [comment.id]: -1 },
        subscriptions: [],
      });
      expect(answer.body.comments.map((one) => [one.id, one.status, one.body])).toEqual([
        [held.id, 'pending', 'Held'],
        [comment.id, 'published', 'Seen by all'],
      ]);
      const minute = `UPDATE comments SET created_at = created_at - interval '61 seconds' WHERE id = $1`;
      await app.pool.query(minute, [comment.id]);
      const later = await app.expect<Mine>(200, `${threadPath(thread)}/me`, { token: ada.token });
      expect(later.comments.map((one) => one.id)).toEqual([held.id]);
      const bens = await app.expect<Mine>(200, `${threadPath(thread)}/me`, { token: ben.token });
      expect(bens).toMatchObject({ votes: {}, comments: [] });
    });

    it('takes one vote a reader, changeable, and only on what is published', async () => {
      const thread = await app.thread();
      const comment = await published(thread, 'Vote on this');
      const vote = (value: unknown, by = ada) => ({ method: 'PUT', token: by.token, body: { value } });
      const path = `/comments/${comment.id}/vote`;
      expect(await app.expect(200, path, vote(1))).toEqual({ votes: { up: 1, down: 0 } });
      expect(await app.expect(200, path, vote(1))).toEqual({ votes: { up: 1, down: 0 } });
      expect(await app.expect(200, path, vote(-1, ben))).toEqual({ votes: { up: 1, down: 1 } });
      expect(await app.expect(200, path, vote(0))).toEqual({ votes: { up: 0, down: 1 } });
      await app.settled();
      expect((await app.list(thread)).items[0]).toMatchObject({ votes: { up: 0, down: 1 } });
      for (const value of [2, '1', null, undefined]) await problem(422, 'validation', path, vote(value));
      const held = await app.post(ada, thread, 'Held');
      await problem(409, 'not-votable', `/comments/${held.id}/vote`, vote(1));
    });

    it('keeps the votes of a comment that an edit held and another edit let through', async () => {
      const thread = await app.thread({ moderationMode: 'post' });
      const comment = await app.post(ada, thread, 'Good');
      await app.expect(200, `/comments/${comment.id}/vote`, { method: 'PUT', token: ben.token, body: { value: 1 } });
      await app.settled();
      for (const body of ['https://a.example https://b.example https://c.example https://d.example', 'Good again']) {
        await app.expect(200, `/comments/${comment.id}`, { method: 'PATCH', token: ada.token, body: { body } });
        await app.settled();
      }
      expect((await app.list(thread)).items[0]).toMatchObject({ id: comment.id, votes: { up: 1, down: 0 } });
    });

    it('counts many threads in one call', async () => {
      const [one, two] = [await app.thread(), await app.thread({}, 'a thread/with spaces')];
      await published(one, 'One');
      await app.post(ada, two, 'Held');
      const answer = await app.call('/sites/demo/counts', { query: { key: [one, two, 'nobody', one] } });
      expect(answer.body).toEqual({ [one]: 1, [two]: 0, nobody: 0 });
      expect(answer.headers.get('cache-control')).toBe('public, s-maxage=1');
      expect(await app.expect(200, '/sites/demo/counts')).toEqual({});
      await problem(404, 'not-found', '/sites/none/counts?key=a');
    });
  });

  describe('headers', () => {
    it('lets anyone read and caches for a second', async () => {
      const thread = await app.thread();
      for (const path of [threadPath(thread), comments(thread), '/sites/demo', `/sites/demo/counts?key=${thread}`]) {
        const { headers } = await app.call(path, { headers: { origin: 'https://anyone.example' } });
        expect(headers.get('access-control-allow-origin')).toBe('*');
        expect(headers.get('cache-control')).toBe('public, s-maxage=1');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('set-cookie')).toBeNull();
      }
    });

    it('lets pages of permitted origins write, and no others', async () => {
      const thread = await app.thread();
      const { path, call } = postTo(thread, { body: 'x' }, { origin: PAGE_ORIGIN });
      const permitted = await app.call(path, call);
      expect(permitted.status).toBe(201);
      expect(permitted.headers.get('access-control-allow-origin')).toBe(PAGE_ORIGIN);
      expect(permitted.headers.get('vary')).toContain('Origin');
      const other = postTo(thread, { body: 'x' }, { origin: 'https://elsewhere.example' });
      await problem(403, 'origin-not-permitted', other.path, other.call);
      const preflight = (origin: string) =>
        app.call(path, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization',
          },
        });
      expect((await preflight(PAGE_ORIGIN)).headers.get('access-control-allow-origin')).toBe(PAGE_ORIGIN);
      expect((await preflight('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
    });

    it('has compressed twins, each with an ETag of its own that answers 304', async () => {
      const thread = await app.thread({ moderationMode: 'post' });
      for (let n = 0; n < 4; n++) await app.post(ada, thread, `Comment ${n} `.repeat(30));
      await app.settled();
      const path = `/api/v1${comments(thread)}`;
      const plain = await raw(path);
      const seen = new Set<string>();
      for (const [accept, unpack, encoding] of [
        [undefined, (body: Buffer) => body, undefined],
        ['gzip', gunzipSync, 'gzip'],
        ['gzip, br', brotliDecompressSync, 'br'],
        ['br;q=0, gzip;q=0.5', gunzipSync, 'gzip'],
      ] as const) {
        const headers: Record<string, string> = accept === undefined ? {} : { 'accept-encoding': accept };
        // The second answer comes from the bytes that the first one made.
        for (const { reply, body } of [await raw(path, headers), await raw(path, headers)]) {
          expect(reply.headers['content-encoding']).toBe(encoding);
          expect(reply.headers.vary?.toLowerCase()).toContain('accept-encoding');
          expect(unpack(body).toString()).toBe(plain.body.toString());
          const etag = reply.headers.etag ?? '';
          expect(etag).toBe(`"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`);
          seen.add(etag);
          for (const match of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
            const again = await raw(path, { ...headers, 'if-none-match': match });
            expect([again.reply.statusCode, again.body.length, again.reply.headers.etag]).toEqual([304, 0, etag]);
          }
          expect((await raw(path, { ...headers, 'if-none-match': '"other"' })).reply.statusCode).toBe(200);
        }
      }
      expect(seen.size).toBe(3);
      const etag = plain.reply.headers.etag ?? '';
      await app.post(ada, thread, 'News');
      await app.settled();
      await until(
        async () => (await raw(path, { 'if-none-match': etag })).reply.statusCode === 200,
        'the page to be another',
      );
    });
  });

  describe('events', () => {
    it('answers what came after a seq, or resync', async () => {
      const thread = await app.thread({ moderationMode: 'post' });
      const path = `${threadPath(thread)}/events`;
      const ask = (after: number) => app.expect<EventsAnswer>(200, path, { query: { after } });
      expect(await ask(0)).toEqual({ items: [], seq: 0, resync: false });
      expect(await ask(1)).toEqual({ resync: true, seq: 0 });
      const first = await published(thread, 'First');
      const reply = await published(thread, 'Reply', ben, first.id);
      const all = await ask(0);
      expect(all).toMatchObject({
        seq: 2,
        resync: false,
        items: [
          { seq: 1, type: 'comment.published', at: instant, commentId: first.id, counts: { total: 2, replies: {} } },
          { seq: 2, type: 'comment.published', commentId: reply.id, counts: { total: 2, replies: { [first.id]: 1 } } },
        ],
      });
      expect(await ask(2)).toEqual({ items: [], seq: 2, resync: false });
      expect((await app.call(path, { query: { after: 2 } })).headers.get('cache-control')).toBe('no-store');
      expect(await ask(3)).toEqual({ resync: true, seq: 2 });
      await problem(404, 'not-found', `${threadPath('unknown')}/events?after=0`);
    });

    it('replays what is so now: what was taken down comes as removed, without a word of it', async () => {
      const thread = await app.thread({ moderationMode: 'post' });
      const comment = await published(thread, 'A regrettable sentence');
      await app.expect(200, `/comments/${comment.id}`, {
        method: 'PATCH',
        token: ada.token,
        body: { body: 'Still regrettable' },
      });
      await app.settled();
      await app.decide(app.owner, 'reject', [{ id: comment.id, revision: 2 }]);
      // Also before the relay has learnt of it.
      for (const settle of [async () => undefined, () => app.settled()]) {
        await settle();
        const { text } = await app.call(`${threadPath(thread)}/events`, { query: { after: 0 } });
        expect(text).not.toContain('regrettable');
        expect(text).not.toContain('comment.published');
      }
    });

    it('reaches back 1,000 events and 7 days', async () => {
      const thread = await app.thread();
      const { id: threadId } = await app.readThread(thread);
      await app.pool.query(
        `WITH h AS (UPDATE thread_heads SET seq = 1500, version = version + 1 WHERE thread_id = $1 RETURNING *)
         INSERT INTO thread_events (thread_id, seq, site_id, type, at)
         SELECT thread_id, n, site_id, 'thread.changed',
                clock_timestamp() - CASE WHEN n <= 600 THEN interval '8 days' ELSE interval '1 day' END
         FROM h, generate_series(1, 1500) n`,
        [threadId],
      );
      const ask = (after: number) =>
        app.expect<EventsAnswer>(200, `${threadPath(thread)}/events`, { query: { after } });
      expect(await ask(499)).toEqual({ resync: true, seq: 1500 });
      expect(await ask(599)).toEqual({ resync: true, seq: 1500 });
      const reached = await ask(600);
      expect(reached.resync ? [] : reached.items.map((event) => event.seq)).toEqual(
        Array.from({ length: 900 }, (_, n) => 601 + n),
      );
    });
  });

  describe('the page and the feed', () => {
    it('show what is published and nothing else, anywhere', async () => {
      const thread = await app.thread({ title: 'Tom & "Jerry" <script>' }, 'no-script');
      const secrets = ['heldsecret', 'rejectedsecret', 'spamsecret', 'deletedsecret', 'editedsecret'];
      const [held, rejected, spam, deleted, edited] = await Promise.all(
        secrets.map((secret) => app.post(ada, thread, `This is ${secret}.`)),
      );
      await app.decide(app.owner, 'approve', [rejected, spam, deleted, edited] as Comment[]);
      await app.settled();
      for (const comment of [rejected, deleted, edited]) {
        await published(thread, `Answer to ${comment?.id}`, ben, comment?.id);
      }
      await app.decide(app.owner, 'reject', [{ ...(rejected as Comment), status: 'published' }]);
      await app.decide(app.owner, 'spam', [{ ...(spam as Comment), status: 'published' }]);
      await app.expect(204, `/comments/${deleted?.id}`, { method: 'DELETE', token: ada.token });
      const edit = { method: 'PATCH', token: ada.token, body: { body: 'Now *harmless*? editedsecret2' } };
      await app.expect(200, `/comments/${edited?.id}`, edit);
      const look = async () => {
        const path = '/t/demo/no-script';
        const [page, feed] = await Promise.all([app.page(path), app.page(`${path}.atom`)]);
        const api = ['newest', 'oldest', 'top', 'active'].map((sort) =>
          app.call(comments(thread), { query: { sort } }),
        );
        const listed = await Promise.all([...api, app.call(`${threadPath(thread)}/events`, { query: { after: 0 } })]);
        for (const { text } of [page, feed, ...listed]) {
          for (const secret of secrets) expect(text).not.toContain(secret);
        }
        return { page, feed };
      };
      await look();
      await app.settled();
      const { page, feed } = await look();
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('content-security-policy')).toBeTruthy();
      expect(page.text).toContain('Tom &amp; &quot;Jerry&quot; &lt;script&gt;');
      expect(page.text).not.toContain('<script');
      expect(page.text).toContain(`Answer to ${deleted?.id}`);
      expect(feed.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
      expect(feed.text.match(/<entry>/g)).toHaveLength(3);
      expect(feed.headers.get('etag')).toBeTruthy();
      const { items, total } = await app.list(thread, { sort: 'oldest' });
      expect(total).toBe(3);
      const bones = items.map(({ replies, ...item }) => [item, replies?.items.length]);
      const placeholder = (of: Comment | undefined, status: string) => [
        { id: of?.id, status, parentId: null, depth: 0, replyCount: 1 },
        1,
      ];
      expect(bones).toEqual(
        [rejected, deleted, edited]
          .sort((a, b) => ((a as Comment).createdAt + a?.id < (b as Comment).createdAt + b?.id ? -1 : 1))
          .map((one) => placeholder(one, one === deleted ? 'deleted' : 'removed')),
      );
      expect((await app.expect<{ comment: ListedComment }>(200, `/comments/${rejected?.id}`)).comment.status).toBe(
        'removed',
      );
      await problem(404, 'not-found', `/comments/${held?.id}`);
      await problem(404, 'not-found', `/comments/${spam?.id}`);
    });

    it('answer 404 for what is not there', async () => {
      for (const path of ['/t/demo/none', '/t/demo/none.atom', '/t/none/welcome']) {
        expect((await app.page(path)).status).toBe(404);
      }
      expect((await app.page('/t/demo/welcome')).status).toBe(200);
    });
  });

  it.each(NOT_BUILT.map(([method, path]) => [method, path] as const))('answers 501 to %s %s', async (method, path) => {
    const concrete = path
      .replace(':site', 'demo')
      .replace(':key', 'welcome')
      .replace(/:[a-zA-Z]+/g, '1');
    const answer = await app.page(concrete, { method });
    expect(answer.status).toBe(501);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'not-built-yet', status: 501 });
  });

  it('serves health, readiness and metrics', async () => {
    expect((await app.page('/healthz')).status).toBe(200);
    const ready = await app.page('/readyz');
    expect([ready.status, ready.text]).toEqual([200, expect.stringContaining('"relay":"ok"')]);
    const metrics = await app.page('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(metrics.text).toContain('postil_page_cache_total{outcome="hit"}');
  });

  it('makes no page of its own of what others add to a link', async () => {
    const thread = await app.thread();
    const rendered = async () =>
      Number(/page_cache_total\{outcome="miss"\} (\d+)/.exec((await app.page('/metrics')).text)?.[1]);
    const paths = [
      `/api/v1${threadPath(thread)}`,
      `/api/v1${threadPath(thread)}/passages`,
      `/t/demo/${thread}`,
      `/t/demo/${thread}.atom`,
    ];
    for (const path of paths) {
      const first = await app.page(path);
      const before = await rendered();
      for (const more of ['?utm_source=mail', '?utm_source=mail&fbclid=2', '?x=1', '?cursorless'])
        expect([more, (await app.page(`${path}${more}`)).text]).toEqual([more, first.text]);
      expect([path, await rendered()]).toEqual([path, before]);
    }
    expect((await app.page(`/t/demo/${thread}?utm_source=mail&cursor=nonsense`)).status).toBe(400);
  });
});
