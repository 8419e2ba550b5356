import { createECDH, randomBytes } from 'node:crypto';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { HookServer } from '../support/hook-server.js';
import { PostilProcess } from '../support/postil-process.js';
import { until } from '../support/until.js';
import type { Comment, CommentPage, DecisionAnswer, QueueItem } from '../../web/shared/api-types.js';
import { ContractClient } from './api-client.js';
import { committed, type ApiDocument } from './documents.js';

const ORIGIN = 'https://news.example';
const PASSWORD = 'only tests know this one';
const SITE = { site: 'demo' };
const THREAD = { site: 'demo', key: 'an article / with a key' };
const COMMENTS = '/api/v1/sites/{site}/threads/{key}/comments';

interface Session {
  token: string;
}

/** The built server: the compiler plugin that describes the types works in the build alone. */
describe('the API of the built server', () => {
  let database: TestDatabase;
  let server: PostilProcess;
  let hooks: HookServer;
  let api: ContractClient;
  let owner: string;
  let reader: string;

  beforeAll(async () => {
    [database, hooks] = await Promise.all([createDatabase(), HookServer.start()]);
    server = await PostilProcess.start({
      DATABASE_URL: database.url,
      SECRET_KEY: 'a secret key that only tests know of',
      ADMIN_PASSWORD: PASSWORD,
      OUTGOING_NETWORKS: '127.0.0.1',
    });
    await server.running();
    api = new ContractClient(server.address);
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    await Promise.all([database.drop(), hooks.stop()]);
  });

  async function post(body: string, parentId: string | null = null): Promise<Comment> {
    const call = { params: THREAD, token: reader, body: { body, parentId }, status: 201 };
    return api.call<Comment>('POST', COMMENTS, call);
  }

  it('serves the documents that stand in the repository', async () => {
    for (const name of ['openapi', 'asyncapi'] as const) {
      const { body } = await server.page(`/api/${name}.json`);
      expect(body).toEqual(committed(name));
    }
  });

  it('describes signing in, staff and sites', async () => {
    const body = { email: 'owner@example.org', password: PASSWORD };
    ({ token: owner } = await api.call<Session>('POST', '/api/v1/staff/sessions', { body, status: 201 }));
    await api.call('GET', '/api/v1/staff/sessions/current', { token: owner });
    await api.call('GET', '/api/v1/sites', { token: owner });
    const change = { origins: [ORIGIN], settings: { moderationMode: 'pre', undoSeconds: 60 } };
    await api.call('PUT', '/api/v1/sites/{site}', { params: SITE, token: owner, body: change });
    await api.call('GET', '/api/v1/sites/{site}', { params: SITE });

    const moderator = {
      email: 'mo@example.org',
      password: PASSWORD,
      displayName: 'Mo',
      site: 'demo',
      role: 'moderator',
    };
    const added = { token: owner, body: moderator, status: 201 };
    const { staff } = await api.call<{ staff: { id: string } }>('POST', '/api/v1/staff', added);
    await api.call('PATCH', '/api/v1/staff/{id}', {
      params: { id: staff.id },
      token: owner,
      body: { displayName: 'M.' },
    });
    await api.call('GET', '/api/v1/staff', { token: owner, query: { site: 'demo', limit: 1 } });
    const session = { body: { email: moderator.email, password: PASSWORD }, status: 201 };
    const { token } = await api.call<Session>('POST', '/api/v1/staff/sessions', session);
    await api.call('DELETE', '/api/v1/staff/sessions/current', { token, status: 204 });
  });

  it('describes threads', async () => {
    const thread = { key: THREAD.key, url: `${ORIGIN}/a`, title: 'An article' };
    const create = { params: SITE, body: thread, headers: { origin: ORIGIN } };
    await api.call('POST', '/api/v1/sites/{site}/threads', { ...create, status: 201 });
    await api.call('POST', '/api/v1/sites/{site}/threads', { ...create, status: 200 });
    const change = { closesAt: '2999-01-01T00:00:00.000Z' };
    await api.call('PUT', '/api/v1/sites/{site}/threads/{key}', { params: THREAD, token: owner, body: change });
    await api.call('GET', '/api/v1/sites/{site}/threads/{key}', { params: THREAD });
    await api.call('GET', '/api/v1/sites/{site}/threads', { params: SITE, token: owner, query: { q: 'article' } });
    await api.call('GET', '/api/v1/sites/{site}/counts', { params: SITE, query: { key: [THREAD.key, 'unknown'] } });
  });

  it('describes inline feedback', async () => {
    const text = 'The ferry leaves the old pier at seven. Tickets are sold on board.';
    const thread = '/api/v1/sites/{site}/threads/{key}';
    await api.call('PUT', thread, { params: THREAD, token: owner, body: { text } });
    const anchor = (exact: string) => ({
      selectors: [
        { type: 'TextQuoteSelector', exact, prefix: '' },
        { type: 'TextPositionSelector', start: text.indexOf(exact), end: text.indexOf(exact) + exact.length },
      ],
    });
    const question = { prompt: 'Which pier?', anchor: anchor('old pier') };
    const asked = { params: THREAD, token: owner, body: question, status: 201 };
    const { id } = await api.call<{ id: string }>('POST', `${thread}/passages`, asked);
    const change = { prompt: 'Which one?', open: true, anchor: anchor('the old pier') };
    const one = { params: { ...THREAD, id }, token: owner, body: change };
    await api.call('PATCH', `${thread}/passages/{id}`, one);
    await api.call('GET', `${thread}/passages/{id}`, { params: { ...THREAD, id }, token: owner });
    const session = { params: SITE, body: { displayName: 'Cleo' }, status: 201 };
    const { token } = await api.call<Session>('POST', '/api/v1/sites/{site}/sessions', session);
    const marked = { body: 'By whom?', anchor: { revision: 1, ...anchor('sold on board') } };
    const comment = { params: THREAD, token, body: marked, status: 201 };
    const inline = await api.call<Comment>('POST', COMMENTS, comment);
    const detail = { params: { id: inline.id }, token: owner };
    await api.call('GET', '/api/v1/moderation/comments/{id}', detail);
    await api.call('DELETE', '/api/v1/comments/{id}', { params: { id: inline.id }, token, status: 204 });
    await api.call('PUT', thread, { params: THREAD, token: owner, body: { html: `<p>${text}</p><p>More.</p>` } });
    await api.call('GET', thread, { params: THREAD });
    await api.call('GET', `${thread}/passages`, { params: THREAD });
    await api.call('GET', `${thread}/revisions`, { params: THREAD, query: { limit: 1 } });
    await api.call('GET', `${thread}/revisions/{number}`, { params: { ...THREAD, number: '2' }, token: owner });
    const document = await api.call('GET', `${thread}/passages.jsonld`, { params: THREAD });
    await api.call('GET', '/api/v1/annotations/{id}', { params: { id } });
    await api.call('POST', `${thread}/passages.jsonld`, { params: THREAD, token: owner, body: document });
  });

  it('describes posting, moderating, and what a reader gets to see', async () => {
    const session = { params: SITE, body: { displayName: 'Ada' }, status: 201 };
    ({ token: reader } = await api.call<Session>('POST', '/api/v1/sites/{site}/sessions', session));
    const preview = { params: THREAD, token: reader, query: { preview: 'true' } };
    await api.call('POST', COMMENTS, { ...preview, body: { body: 'One https://a.example two' } });
    const root = await post('A *first* comment');
    const taken = await post('To be taken back');
    await api.call('PATCH', '/api/v1/comments/{id}', {
      params: { id: root.id },
      token: reader,
      body: { body: 'Edited' },
    });

    const staff = { token: owner };
    const inQueue = { ...staff, params: { queue: 'pending' }, query: { site: 'demo' } };
    const items = '/api/v1/moderation/queues/{queue}/items';
    const waiting = () => api.call<{ items: QueueItem[] }>('GET', items, inQueue);
    await until(async () => (await waiting()).items.length === 2, 'both comments in the queue');
    await api.call('GET', '/api/v1/moderation/queues', { ...staff, query: { site: 'demo' } });
    const claim = { ...staff, body: { queue: 'pending', site: 'demo', limit: 2 } };
    const held = await api.call<{ items: QueueItem[] }>('POST', '/api/v1/moderation/claims', claim);
    const [first = '', second = ''] = held.items.map((item) => item.id);
    const one = '/api/v1/moderation/claims/{itemId}';
    await api.call('PUT', one, { ...staff, params: { itemId: first } });
    await api.call('DELETE', one, { ...staff, params: { itemId: first }, status: 204 });
    await api.call('POST', `${one}/skip`, { ...staff, params: { itemId: second }, status: 204 });

    const decide = (action: string, commentId: string, revision: number) =>
      api.call<DecisionAnswer>('POST', '/api/v1/moderation/decisions', {
        ...staff,
        body: { items: [{ commentId, revision }], action, reason: 'other', explanation: 'Because', note: 'A note' },
      });
    expect((await decide('reject', taken.id, 9)).results[0]?.outcome).toBe('conflict');
    const { batchId } = await decide('approve', taken.id, 1);
    await api.call('POST', '/api/v1/moderation/decisions/{batchId}/undo', { ...staff, params: { batchId } });
    await decide('approve', root.id, 2);
    const reply = await post('A reply', root.id);
    await decide('approve', reply.id, 1);
    await api.call('PUT', '/api/v1/moderation/comments/{id}/pin', {
      ...staff,
      params: { id: root.id },
      body: { pinned: true },
    });
    await api.call('GET', '/api/v1/moderation/comments/{id}', { ...staff, params: { id: reply.id } });
    await api.call('GET', '/api/v1/moderation/reasons', staff);
    await api.call('GET', '/api/v1/moderation/log', { ...staff, query: { limit: 100 } });

    await api.call('PUT', '/api/v1/comments/{id}/vote', {
      params: { id: reply.id },
      token: reader,
      body: { value: 1 },
    });
    const page = () => api.call<CommentPage>('GET', COMMENTS, { params: THREAD, query: { sort: 'top' } });
    await until(async () => (await page()).total === 2, 'both to be published');
    await api.call('GET', '/api/v1/comments/{id}', { params: { id: reply.id } });
    await api.call('GET', '/api/v1/comments/{id}', { params: { id: taken.id }, token: owner });
    await api.call('GET', '/api/v1/comments/{id}/replies', { params: { id: root.id } });
    await api.call('GET', '/api/v1/sites/{site}/threads/{key}/me', { params: THREAD, token: reader });

    await api.call('DELETE', '/api/v1/comments/{id}', { params: { id: root.id }, token: reader, status: 204 });
    await until(async () => (await page()).items[0]?.status === 'deleted', 'the placeholder of what was taken back');
    const events = '/api/v1/sites/{site}/threads/{key}/events';
    await api.call('GET', events, { params: THREAD, query: { after: 0 } });
    await api.call('GET', events, { params: THREAD, query: { after: 1_000_000 } });
    await api.call('DELETE', '/api/v1/sites/{site}/sessions', { params: SITE, token: reader, status: 204 });
    await api.call('GET', '/api/v1/sites/{site}/threads/{key}/people', { params: THREAD, query: { limit: 5 } });
  });

  it('describes sanctions', async () => {
    const session = { params: SITE, body: { displayName: 'Dan', email: 'dan@example.org' }, status: 201 };
    const dan = await api.call<Session & { reader: { id: string } }>('POST', '/api/v1/sites/{site}/sessions', session);
    await api.call('POST', '/api/v1/sites/{site}/sessions', session);
    const of = { params: { id: dan.reader.id }, token: owner };
    const place = (body: object) =>
      api.call<{ sanction: { id: string; jobId: string | null } }>(
        'POST',
        '/api/v1/moderation/readers/{id}/sanctions',
        { ...of, body: { reason: 'abuse', ...body }, status: 201 },
      );
    const { sanction: warning } = await place({ kind: 'warn', explanation: 'Because', note: 'A note' });
    const until = '2035-01-01T00:00:00.000Z';
    const { sanction } = await place({ kind: 'premoderate', until, rejectPublished: true, alsoReaders: [] });
    await api.call('GET', '/api/v1/moderation/jobs/{id}', { params: { id: sanction.jobId ?? '' }, token: owner });
    await api.call('GET', '/api/v1/sites/{site}/threads/{key}/me', { params: THREAD, token: dan.token });
    await api.call('POST', COMMENTS, { params: THREAD, token: dan.token, body: { body: 'Hello' }, status: 403 });
    const read = { params: { id: warning.id }, token: dan.token, status: 204 };
    await api.call('POST', '/api/v1/me/warnings/{id}/acknowledge', read);
    const lift = { params: { id: sanction.id }, token: owner, body: { reason: 'mistake', note: 'A note' } };
    await api.call('DELETE', '/api/v1/moderation/sanctions/{id}', lift);
    await api.call('GET', '/api/v1/moderation/readers/{id}', of);
  });

  it('describes the rules of a site', async () => {
    const site = { site: 'demo' };
    const rule = { ...site, id: 'ours', kind: 'external', params: { url: 'https://screening.example/' } };
    const path = '/api/v1/moderation/rules';
    const made = await api.call<{ secret?: string }>('POST', path, { token: owner, body: rule, status: 201 });
    expect(made.secret).toMatch(/^whsec_/);
    await api.call('POST', path, { token: owner, body: rule, status: 409 });
    const private_ = { ...rule, id: 'private', params: { url: 'http://10.0.0.1:1/' } };
    await api.call('POST', path, { token: owner, body: private_, status: 422 });
    const change = { ...site, version: 1, mode: 'off', action: null };
    const one = { params: { id: 'ours' }, token: owner };
    await api.call('PUT', `${path}/{id}`, { ...one, body: change });
    await api.call('GET', `${path}/{id}/versions`, { ...one, query: site });
    await api.call('DELETE', `${path}/{id}`, { ...one, query: { ...site, version: 2 }, status: 204 });
    const flood = await api.call<{ version: number }>('POST', path, {
      token: owner,
      body: { ...site, kind: 'flood', mode: 'off', id: 'rage' },
      status: 201,
    });
    await api.call('DELETE', path, {
      token: owner,
      query: { ...site, id: 'rage', version: flood.version },
      status: 204,
    });
    const { version, items } = await api.call<{ version: number; items: object[] }>('GET', path, {
      token: owner,
      query: site,
    });
    await api.call('PUT', path, { token: owner, body: { ...site, version, rules: items } });
  });

  it('describes dry-runs of rules, and stats', async () => {
    const path = '/api/v1/moderation/rules/dry-runs';
    const order = { site: 'demo', rule: { kind: 'length', params: { least: 1_000 } }, last: { days: 30 } };
    const ordered = { token: owner, body: order, status: 202 };
    const { id } = await api.call<{ id: string }>('POST', path, ordered);
    const one = { token: owner, params: { id } };
    await until(async () => {
      const { state, examples } = await api.call<{ state: string; examples: object[] }>('GET', `${path}/{id}`, one);
      return state === 'done' && examples.length > 0;
    }, 'the dry-run, with examples');
    await api.call('DELETE', `${path}/{id}`, { ...one, status: 409 });
    await api.call('GET', path, { token: owner, query: { site: 'demo', limit: 1 } });
    await until(async () => {
      const next = await api.call<{ id: string }>('POST', path, ordered);
      const cancel = api.call('DELETE', `${path}/{id}`, { token: owner, params: { id: next.id }, status: 204 });
      return cancel.then(
        () => true,
        () => false,
      );
    }, 'one to be cancelled before it is done');
    const external = { ...order, rule: { kind: 'external', params: { url: 'https://screening.example/' } } };
    await api.call('POST', path, { token: owner, body: external, status: 422 });
    const query = { site: 'demo' };
    await api.call('GET', '/api/v1/moderation/stats', { token: owner, query });
    await api.call('GET', '/api/v1/moderation/stats', { token: owner, query: { ...query, from: 'x' }, status: 400 });
  });

  it('describes reports and notices of illegal content', async () => {
    const name = async (displayName: string) => {
      const session = { params: SITE, body: { displayName }, status: 201 };
      return (await api.call<Session>('POST', '/api/v1/sites/{site}/sessions', session)).token;
    };
    const [author, token] = [await name('Author'), await name('Reporter')];
    const comment = { params: THREAD, token: author, body: { body: 'Not everybody likes this' }, status: 201 };
    const { id } = await api.call<Comment>('POST', COMMENTS, comment);
    const decided = { token: owner, body: { items: [{ commentId: id, revision: 1 }], action: 'approve' } };
    await api.call('POST', '/api/v1/moderation/decisions', decided);
    await api.call('PATCH', '/api/v1/comments/{id}', { params: { id }, token: author, body: { body: 'Nor this' } });
    const again = { ...decided, body: { items: [{ commentId: id, revision: 2 }], action: 'approve' } };
    await api.call('POST', '/api/v1/moderation/decisions', {
      ...again,
      body: { ...again.body, reportVerdict: 'ignored' },
    });
    const report = { params: { id }, token, body: { reason: 'abuse', text: 'It is about my neighbour' } };
    await api.call('POST', '/api/v1/comments/{id}/reports', { ...report, status: 201 });
    await api.call('GET', '/api/v1/me/reports', { token, query: { limit: 1 } });
    const contact = { name: 'Nora', email: 'nora@example.org' };
    const notice = { commentId: id, law: '§ 185 StGB', explanation: 'An insult', goodFaith: true, contact };
    const send = { params: SITE, body: notice, status: 201 };
    const { receipt } = await api.call<{ receipt: string }>('POST', '/api/v1/sites/{site}/notices', send);
    await api.call('GET', '/api/v1/notices/{receipt}', { params: { receipt } });
    const items = { token: owner, params: { queue: 'illegal' }, query: { site: 'demo' } };
    const waiting = () => api.call<{ items: object[] }>('GET', '/api/v1/moderation/queues/{queue}/items', items);
    await until(async () => (await waiting()).items.length === 1, 'the notice in its queue');
    await api.call('GET', '/api/v1/moderation/comments/{id}', { token: owner, params: { id } });
    await api.call('POST', '/api/v1/comments/{id}/reports', { ...report, token: author, status: 409 });
  });

  it('describes statements of reasons, and the transparency report', async () => {
    const decisionReasons = [
      {
        ...{ code: 'house', label: 'House rule', explanation: 'No limericks.' },
        ground: { kind: 'incompatible', reference: 'House rules, 7', url: `${ORIGIN}/rules` },
        ...{ category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC', keywords: ['KEYWORD_OTHER'] },
      },
      {
        ...{ code: 'law', label: 'Law', explanation: 'Forbidden.' },
        ground: { kind: 'illegal', reference: '§ 185' },
        category: 'STATEMENT_CATEGORY_VIOLENCE',
      },
    ];
    const settings = { decisionReasons, territorialScope: ['DE'], undoSeconds: 0 };
    await api.call('PUT', '/api/v1/sites/{site}', { params: SITE, token: owner, body: { settings } });
    await api.call('GET', '/api/v1/moderation/reasons', { token: owner, query: SITE });
    const session = { params: SITE, body: { displayName: 'Edward' }, status: 201 };
    const { token, reader: who } = await api.call<Session & { reader: { id: string } }>(
      'POST',
      '/api/v1/sites/{site}/sessions',
      session,
    );
    const comment = { params: THREAD, token, body: { body: 'There was an old man' }, status: 201 };
    const { id } = await api.call<Comment>('POST', COMMENTS, comment);
    const reject = {
      items: [{ commentId: id, revision: 1 }],
      action: 'reject',
      reason: 'house',
      explanation: 'Please.',
    };
    await api.call('POST', '/api/v1/moderation/decisions', { token: owner, body: reject });
    const until = '2035-01-01T00:00:00.000Z';
    const suspend = {
      params: { id: who.id },
      token: owner,
      body: { kind: 'suspend', reason: 'law', until },
      status: 201,
    };
    await api.call('POST', '/api/v1/moderation/readers/{id}/sanctions', suspend);
    const mine = await api.call<{ items: object[] }>('GET', '/api/v1/me/decisions', { token, query: { limit: 2 } });
    expect(mine.items).toHaveLength(2);
    const path = '/api/v1/moderation/transparency';
    const report = await api.call<{ statements: object[] }>('GET', path, { token: owner, query: SITE });
    expect(report.statements.length).toBeGreaterThanOrEqual(2);
    await api.call('GET', `${path}/statements`, { token: owner, query: { ...SITE, limit: 1 } });
    await api.call('GET', `${path}/statements.ndjson`, { token: owner, query: SITE });
  });

  it('describes appeals, of a decision and of a sanction', async () => {
    const session = { params: SITE, body: { displayName: 'Fay' }, status: 201 };
    const { token, reader: who } = await api.call<Session & { reader: { id: string } }>(
      'POST',
      '/api/v1/sites/{site}/sessions',
      session,
    );
    const second = { body: { email: 'mo@example.org', password: PASSWORD }, status: 201 };
    const { token: moderator } = await api.call<Session>('POST', '/api/v1/staff/sessions', second);
    const comment = { params: THREAD, token, body: { body: 'Of three old men' }, status: 201 };
    const { id } = await api.call<Comment>('POST', COMMENTS, comment);
    const reject = { items: [{ commentId: id, revision: 1 }], action: 'reject', reason: 'law', explanation: 'Please.' };
    await api.call('POST', '/api/v1/moderation/decisions', { token: owner, body: reject });
    const warn = { params: { id: who.id }, token: owner, body: { kind: 'warn', reason: 'law' }, status: 201 };
    await api.call('POST', '/api/v1/moderation/readers/{id}/sanctions', warn);
    const mine = await api.call<{ items: { id: string }[] }>('GET', '/api/v1/me/decisions', { token });
    expect(mine.items).toHaveLength(2);
    for (const { id: decision } of mine.items) {
      const appeal = { params: { id: decision }, token, body: { text: 'It was a limerick.' } };
      await api.call('POST', '/api/v1/me/decisions/{id}/appeal', { ...appeal, status: 201 });
      await api.call('POST', '/api/v1/me/decisions/{id}/appeal', { ...appeal, status: 409 });
    }
    const queue = { token: moderator, params: { queue: 'appeals' }, query: { site: 'demo' } };
    const waiting = () => api.call<{ items: object[] }>('GET', '/api/v1/moderation/queues/{queue}/items', queue);
    await until(async () => (await waiting()).items.length === 2, 'both in the queue of appeals');
    const asked = { token: moderator, query: { site: 'demo', state: 'open' } };
    const list = await api.call<{ items: { id: string }[] }>('GET', '/api/v1/moderation/appeals', asked);
    for (const [n, { id: appeal }] of list.items.entries()) {
      const one = { params: { id: appeal }, token: moderator };
      await api.call('GET', '/api/v1/moderation/appeals/{id}', one);
      const body = { outcome: n === 0 ? 'upheld' : 'overturned', explanation: 'Read again.', note: 'Both of us.' };
      await api.call('POST', '/api/v1/moderation/appeals/{id}/outcome', { ...one, token: owner, body, status: 403 });
      await api.call('POST', '/api/v1/moderation/appeals/{id}/outcome', { ...one, body });
      await api.call('GET', '/api/v1/moderation/appeals/{id}', one);
    }
    await api.call('GET', '/api/v1/me/appeals', { token, query: { limit: 1 } });
  });

  it('describes asking for mails, and mailing lists', async () => {
    const guest = { params: SITE, body: { displayName: 'Cleo' }, status: 201 };
    const { token } = await api.call<Session>('POST', '/api/v1/sites/{site}/sessions', guest);
    const asked = { params: THREAD, token, body: { kind: 'thread' }, status: 202 };
    await api.call('POST', '/api/v1/sites/{site}/threads/{key}/subscriptions', asked);
    const mine = () =>
      api.call<{ subscriptions: { id: string }[] }>('GET', '/api/v1/sites/{site}/threads/{key}/me', {
        params: THREAD,
        token,
      });
    await until(async () => (await mine()).subscriptions.length === 1, 'what was asked for');
    const id = (await mine()).subscriptions[0]?.id ?? '';
    await api.call('DELETE', '/api/v1/subscriptions/{id}', { params: { id }, token, status: 204 });
    await api.call('DELETE', '/api/v1/subscriptions/{id}', { params: { id }, status: 401 });

    const list = { params: { ...SITE, list: 'weekly' }, token: owner };
    const body = { name: 'Weekly', text: 'One mail a week.', description: 'News', default: true, closed: false };
    await api.call('PUT', '/api/v1/sites/{site}/mailing-lists/{list}', { ...list, body });
    await api.call('GET', '/api/v1/sites/{site}/mailing-lists/{list}', list);
    await api.call('GET', '/api/v1/sites/{site}/mailing-lists', { params: SITE });
    const box = { params: SITE, body: { email: 'cleo@example.org', consent: true, list: 'weekly' }, status: 202 };
    await api.call('POST', '/api/v1/sites/{site}/mailing-list', box);
    await api.call('POST', '/api/v1/sites/{site}/mailing-lists/{list}/exports', list);
    await api.call('POST', '/api/v1/sites/{site}/mailing-lists/{list}/exports', { ...list, token, status: 401 });
  });

  it('describes the inbox', async () => {
    const guest = async (displayName: string) => {
      const session = { params: SITE, body: { displayName }, status: 201 };
      return (await api.call<Session>('POST', '/api/v1/sites/{site}/sessions', session)).token;
    };
    const [token, answerer] = [await guest('Gus'), await guest('Hal')];
    const publish = async (by: string, text: string, parentId: string | null) => {
      const comment = { params: THREAD, token: by, body: { body: text, parentId }, status: 201 };
      const { id } = await api.call<Comment>('POST', COMMENTS, comment);
      const approve = { items: [{ commentId: id, revision: 1 }], action: 'approve' };
      await api.call('POST', '/api/v1/moderation/decisions', { token: owner, body: approve });
      return id;
    };
    const root = await publish(token, 'A question', null);
    await publish(answerer, 'An answer', root);
    const inbox = '/api/v1/me/notifications';
    const told = () => api.call<{ items: { id: string; at: string }[] }>('GET', inbox, { token, query: { limit: 10 } });
    await until(async () => (await told()).items.length > 0, 'a notification of the answer');
    const [{ id = '', at = '' } = {}] = (await told()).items;
    await api.call('POST', `${inbox}/read`, { token, body: { ids: [id] } });
    await api.call('POST', `${inbox}/read`, { token, body: { before: at } });
    await api.call('POST', `${inbox}/read`, { token, body: {}, status: 422 });
    const push = '/api/v1/me/push';
    const browser = createECDH('prime256v1').generateKeys('base64url');
    const keys = { p256dh: browser, auth: randomBytes(16).toString('base64url') };
    const added = { token, body: { endpoint: hooks.url('/push'), keys }, status: 201 };
    const subscription = await api.call<{ id: string }>('POST', push, added);
    await api.call('GET', push, { token });
    await api.call('DELETE', `${push}/{id}`, { params: { id: subscription.id }, token, status: 204 });
  });

  it('describes mails that did not go out, and what their providers report', async () => {
    const client = new pg.Client(database.url);
    await client.connect();
    const failed = async () => {
      const { rows } = await client.query<{ id: string }>(
        `UPDATE mails SET state = 'failed', outcome = '550 5.1.1'
         WHERE id = (SELECT id FROM mails WHERE state = 'sent' ORDER BY id LIMIT 1) RETURNING id`,
      );
      return rows[0]?.id;
    };
    let id: string | undefined;
    await until(async () => (id = await failed()) !== undefined, 'a mail to have been sent');
    await client.end();
    const list = { params: SITE, token: owner, query: { state: 'failed', limit: 1 } };
    await api.call('GET', '/api/v1/sites/{site}/mails', list);
    const resend = { params: { id: id ?? '' }, token: owner };
    await api.call('POST', '/api/v1/mails/{id}/resend', { ...resend, status: 204 });
    const events = '/api/v1/sites/{site}/mail-events';
    const { secret } = await api.call<{ secret: string }>('GET', `${events}/secret`, { params: SITE, token: owner });
    const body = JSON.stringify({ type: 'bounce', messageId: `<${id}@news.example>` });
    const at = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': 'one',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign('one', at, body),
    };
    await api.call('POST', events, { params: SITE, rawBody: body, headers, status: 204 });
    await api.call('POST', events, { params: SITE, rawBody: `${body} `, headers, status: 401 });
  });

  it('describes webhooks', async () => {
    const path = '/api/v1/sites/{site}/webhooks';
    const added = { params: SITE, token: owner, status: 201 };
    const body = { url: hooks.url('/hook'), types: ['comment.published'], description: 'Ours', ordered: true };
    const { endpoint } = await api.call<{ endpoint: { id: string } }>('POST', path, { ...added, body });
    await api.call('POST', path, { ...added, body: { ...body, types: ['comment.read'] }, status: 422 });
    await api.call('GET', path, { params: SITE, token: owner });
    const one = { params: { ...SITE, id: endpoint.id }, token: owner };
    await api.call('GET', `${path}/{id}`, one);
    await api.call('POST', `${path}/{id}/secret`, { ...one, body: { overlapSeconds: 60 }, status: 201 });
    const test = await api.call<{ id: string }>('POST', `${path}/{id}/test`, { ...one, status: 202 });
    const again = { ...one, params: { ...one.params, delivery: test.id } };
    const deliveries = () =>
      api.call<{ items: { state: string }[] }>('GET', `${path}/{id}/deliveries`, { ...one, query: { limit: 1 } });
    await until(async () => (await deliveries()).items[0]?.state === 'delivered', 'the test to be delivered');
    await api.call('POST', `${path}/{id}/deliveries/{delivery}/send`, { ...again, status: 202 });
    await until(() => hooks.at('/hook').length === 2, 'the test to be delivered again');
    await api.call('PATCH', `${path}/{id}`, { ...one, body: { enabled: false } });
    await api.call('DELETE', `${path}/{id}`, { ...one, status: 204 });
  });

  it('describes what moderators find and do beside the queues', async () => {
    const search = '/api/v1/moderation/comments';
    const found = () =>
      api.call<{ items: object[] }>('GET', search, { token: owner, query: { site: 'demo', q: 'old men', limit: 5 } });
    await until(async () => (await found()).items.length > 0, 'a comment with these words');
    await api.call('GET', search, { token: owner, query: { status: 'unknown' }, status: 400 });
    const thread = await api.call<{ id: string }>('GET', '/api/v1/sites/{site}/threads/{key}', { params: THREAD });
    const state = { params: { id: thread.id }, token: owner };
    await api.call('PUT', '/api/v1/moderation/threads/{id}/state', { ...state, body: { state: 'closed' } });
    await api.call('PUT', '/api/v1/moderation/threads/{id}/state', { ...state, body: { state: 'open' } });
  });

  it('describes what goes wrong', async () => {
    const guest = { params: SITE, body: { displayName: 'Ben' }, status: 201 };
    const { token } = await api.call<Session>('POST', '/api/v1/sites/{site}/sessions', guest);
    await api.call('GET', COMMENTS, { params: THREAD, query: { limit: 1_000 }, status: 400 });
    await api.call('POST', COMMENTS, { params: THREAD, body: { body: 'Hello' }, status: 401 });
    await api.call('GET', COMMENTS, { params: { site: 'demo', key: 'unknown' }, status: 404 });
    await api.call('POST', COMMENTS, { params: THREAD, token, body: { body: '' }, status: 422 });
    await api.call('POST', COMMENTS, { params: THREAD, token, body: { body: 'a', anchor: {} }, status: 422 });
    const frozen = { params: THREAD, token: owner, body: { state: 'frozen' } };
    await api.call('PUT', '/api/v1/sites/{site}/threads/{key}', frozen);
    await api.call('POST', COMMENTS, { params: THREAD, token, body: { body: 'Hello' }, status: 409 });
    const elsewhere = { params: THREAD, token, body: { body: 'Hello' }, headers: { origin: 'https://other.example' } };
    await api.call('POST', COMMENTS, { ...elsewhere, status: 403 });
  });

  it('answers 501 where the document says that something is not built', async () => {
    for (const { method, path, responses } of operations(api.document)) {
      if ('501' in responses) await api.call(method, path, { params: { ...THREAD, id: 'x' }, status: 501 });
    }
  });

  it('was asked for every operation that is built', () => {
    const built = operations(api.document).filter(({ responses }) => !('501' in responses));
    const missing = built.map(({ method, path }) => `${method} ${path}`).filter((name) => !api.succeeded.has(name));
    expect(missing).toEqual([]);
  });
});

function operations({ paths }: ApiDocument) {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
  );
}
