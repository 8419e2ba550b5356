import { randomUUID } from 'node:crypto';
import { missingSchemas, WebAnnotationSchemas } from '../support/web-annotation.js';
import { PAGE_ORIGIN, startApp, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';

const TEXT = [
  'The mayor opened the bridge on Monday. It cost nine million and took four years.',
  'Nobody asked the ferryman. He has crossed the river every day since 1987.',
  'The bridge is closed to lorries. The bridge is lit at night.',
].join('\n');

interface Annotation {
  id: string;
  motivation: string;
  creator: { id: string; name: string };
  created: string;
  via?: string;
  body: { value: string; format: string };
  target: string | { source: string; selector: Record<string, unknown>[]; state: object; 'postil:state': string };
  'postil:open'?: boolean;
}
interface Page {
  '@context': unknown;
  id: string;
  type: string;
  startIndex: number;
  next?: string;
  items: Annotation[];
}
interface Collection extends Omit<Page, 'items'> {
  total: number;
  first: Page;
}
interface Report {
  imported: { index: number; id: string; passageId: string; commentId: string | null; status: string | null }[];
  unchanged: { index: number; id: string; passageId: string; commentId: string | null }[];
  refused: { index: number; id: string | null; problem: { code: string } }[];
}

/** Inline feedback as W3C Web Annotations, out and in. */
describe('annotations', () => {
  let app: App;
  let ada: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    ada = await app.guest('Ada');
  });
  afterAll(() => app.stop());

  const article = (text: string = TEXT, change: object = {}) => app.thread({ text, ...change });
  const path = (thread: string) => `${threadPath(thread)}/passages.jsonld`;
  const given = async (thread: string) => app.expect<Collection>(200, path(thread));
  const quoted = (exact: string, prefix = '', suffix = '') => ({
    selectors: [{ type: 'TextQuoteSelector', exact, prefix, suffix }],
  });
  const mark = async (thread: string, exact: string, body: string, by = ada) => {
    const call = { method: 'POST', token: by.token, body: { body, anchor: quoted(exact) } };
    return app.expect<{ id: string; passageId: string }>(201, `${threadPath(thread)}/comments`, call);
  };
  const ask = async (thread: string, exact: string, prompt: string) => {
    const call = { method: 'POST', token: app.owner.token, body: { prompt, anchor: quoted(exact) } };
    return app.expect<{ id: string }>(201, `${threadPath(thread)}/passages`, call);
  };
  const take = async (thread: string, document: unknown, query: Record<string, string> = {}, by = app.owner) => {
    const call = { method: 'POST', token: by.token, body: document, query };
    const report = await app.expect<Report>(200, path(thread), call);
    await app.settled();
    return report;
  };
  const refuse = async (status: number, thread: string, document: unknown, by: Person = app.owner) => {
    const answer = await app.call<ProblemBody>(path(thread), { method: 'POST', token: by.token, body: document });
    expect(answer.status).toBe(status);
    return answer.body.code;
  };
  /** As another tool would write it. */
  const foreign = (thread: string, exact: string, change: object = {}) => ({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: `https://notes.example/${randomUUID()}`,
    type: 'Annotation',
    created: '2024-05-06T07:08:09.010Z',
    creator: { id: 'https://notes.example/users/grace', name: 'Grace' },
    body: { type: 'TextualBody', value: 'Noted.' },
    target: { source: `${PAGE_ORIGIN}/${thread}`, selector: { type: 'TextQuoteSelector', exact } },
    ...change,
  });
  const codes = (report: Report) => report.refused.map(({ problem }) => problem.code);

  it('are given of published comments and questions, replies targeting what they answer', async () => {
    const thread = await article();
    const question = await ask(thread, 'nine million', 'Was it worth it?');
    const root = await mark(thread, 'Nobody asked the ferryman.', 'Typical, *sadly*.');
    const reply = await app.post(ada, thread, 'He was away', { parentId: root.id });
    const answer = await app.expect<{ id: string }>(201, `${threadPath(thread)}/comments`, {
      method: 'POST',
      token: ada.token,
      body: { body: 'Yes', passageId: question.id },
    });
    await app.post(ada, thread, 'On no words at all');
    await app.settled();

    const answered = await app.call<Collection>(path(thread));
    expect(answered.headers.get('content-type')).toBe(
      'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    );
    expect(answered.headers.get('etag')).toBeTruthy();
    const { total, first } = answered.body;
    expect([total, first.items.length, first.next]).toEqual([4, 4, undefined]);
    const at = (id: string) => first.items.find((item) => item.id.endsWith(id));
    expect(first.items[0]).toBe(at(question.id));
    expect(at(question.id)).toMatchObject({
      motivation: 'questioning',
      body: { value: 'Was it worth it?' },
      'postil:open': true,
    });
    expect(at(root.id)).toMatchObject({
      motivation: 'commenting',
      creator: { id: `urn:uuid:${ada.id}`, name: 'Ada' },
      body: { value: '<p>Typical, <em>sadly</em>.</p>\n', format: 'text/html' },
      target: {
        source: `${PAGE_ORIGIN}/${thread}`,
        selector: [
          { type: 'TextQuoteSelector', exact: 'Nobody asked the ferryman.' },
          { type: 'TextPositionSelector', start: TEXT.indexOf('Nobody') },
        ],
        'postil:state': 'anchored',
      },
    });
    expect(at(reply.id)).toMatchObject({ motivation: 'replying', target: at(root.id)?.id });
    expect(at(answer.id)).toMatchObject({ motivation: 'replying', target: at(question.id)?.id });

    // Each of them stands at its own address.
    for (const { id } of first.items) {
      const one = await app.page(new URL(id).pathname);
      expect(JSON.parse(one.text)).toEqual({
        '@context': first['@context'] ?? expect.anything(),
        ...at(id.slice(-36)),
      });
      expect(one.headers.get('link')).toContain('ldp#Resource');
    }
  });

  it('of what is not published are given to nobody', async () => {
    const thread = await article(TEXT, { moderationMode: 'pre' });
    const held = await mark(thread, 'four years', 'Held');
    await app.settled();
    expect((await given(thread)).total).toBe(0);
    expect((await app.call(`/annotations/${held.id}`)).status).toBe(404);
    await app.decide(app.owner, 'approve', [{ id: held.id, revision: 1 }]);
    await app.settled();
    expect((await given(thread)).first.items).toHaveLength(1);
    await app.decide(app.owner, 'reject', [{ id: held.id, revision: 1 }]);
    await app.settled();
    expect(await given(thread)).toMatchObject({ total: 0, first: { items: [] } });
    expect((await app.call(`/annotations/${held.id}`)).status).toBe(404);
    expect((await app.call(`/annotations/${randomUUID()}`)).status).toBe(404);
  });

  it('of words that are gone say so, with the text in which they stood last', async () => {
    const thread = await article();
    await mark(thread, 'Nobody asked the ferryman.', 'Typical');
    await app.thread({ text: 'Nothing of this is what it was.' }, thread);
    await app.settled();
    const [{ target } = { target: '' }] = (await given(thread)).first.items;
    expect(target).toMatchObject({ 'postil:state': 'orphaned', 'postil:revision': 1, state: { type: 'TimeState' } });
  });

  const without = missingSchemas === undefined ? '' : ` (SKIPPED: no schemas in ${missingSchemas})`;
  (without === '' ? it : it.skip)(`are valid by the schemas of the W3C, page and each of them${without}`, async () => {
    const schemas = new WebAnnotationSchemas();
    const thread = await article();
    await ask(thread, 'nine million', 'Was it worth it?');
    const root = await mark(thread, 'Nobody asked the ferryman.', 'Typical');
    await app.post(ada, thread, 'He was away', { parentId: root.id });
    await take(thread, [foreign(thread, 'four years')]);
    await app.thread({ text: TEXT.replace(' and took four years', '') }, thread);
    await app.settled();
    const collection = await given(thread);
    expect(collection.first.items).toHaveLength(4);
    for (const item of collection.first.items) {
      expect(schemas.annotationProblems({ '@context': collection['@context'], ...item })).toEqual([]);
    }
    const ofCollection = ['annotationCollectionTypeValueFound', 'totalFound', 'firstFound', 'labelFound'];
    expect(schemas.collectionProblems(collection, ofCollection)).toEqual([]);
    const page = JSON.parse((await app.page(pathOf(collection.first.id))).text) as Page;
    const ofPage = ['annotationPageTypeValueFound', 'startIndexFound', 'itemsFound', 'partOfFound'];
    expect(schemas.collectionProblems(page, ofPage)).toEqual([]);
    expect(page.items).toEqual(collection.first.items);
  });

  it('come in pages that neither miss nor double one', async () => {
    const thread = await article();
    await ask(thread, 'nine million', 'Was it worth it?');
    const all = Array.from({ length: 600 }, (_, n) =>
      foreign(thread, 'four years', { body: { value: `Number ${n}` }, created: new Date(n * 1_000).toISOString() }),
    );
    const report = await take(thread, all);
    expect([report.imported.length, report.refused]).toEqual([600, []]);
    const collection = await given(thread);
    expect(collection.total).toBe(601);
    const pages = [collection.first];
    for (let { next } = collection.first; next; next = pages.at(-1)?.next) {
      pages.push(JSON.parse((await app.page(pathOf(next))).text) as Page);
    }
    expect(pages.map(({ startIndex }) => startIndex)).toEqual([0, 250, 500]);
    const texts = pages.flatMap(({ items }) => items).map(({ body }) => body.value);
    expect(texts).toEqual(['Was it worth it?', ...all.map((_, n) => `<p>Number ${n}</p>\n`)]);
    expect((await app.call(`${path(thread)}?cursor=x`)).status).toBe(400);
    // All of them hang on one passage: the words are the same.
    expect(new Set(report.imported.map(({ passageId }) => passageId)).size).toBe(1);
    expect((await app.readThread(thread)).commentCount).toBe(600);
  });

  it('are imported once: a document that comes again changes nothing', async () => {
    const thread = await article();
    const document = [foreign(thread, 'four years'), foreign(thread, 'nine million', { motivation: 'questioning' })];
    const [first, second] = await Promise.all([take(thread, document), take(thread, document)]);
    const [made, again] = first.imported.length > 0 ? [first, second] : [second, first];
    expect([made.imported.length, made.unchanged.length]).toEqual([2, 0]);
    expect([again.imported.length, again.unchanged.length]).toEqual([0, 2]);
    expect(again.unchanged.map(({ commentId }) => commentId)).toEqual(made.imported.map(({ commentId }) => commentId));
    expect(await take(thread, document)).toMatchObject({ imported: [], refused: [] });
    expect((await given(thread)).total).toBe(2);
    // Without an id the content is it, and twice in one document counts once.
    const { id: _id, ...nameless } = foreign(thread, 'since 1987');
    expect(await take(thread, [nameless, nameless])).toMatchObject({
      imported: [{ index: 0 }],
      unchanged: [{ index: 1 }],
    });
    expect(await take(thread, nameless)).toMatchObject({ imported: [], unchanged: [{ index: 0 }] });
  });

  it('that a thread gave change nothing in it, and make the same in another', async () => {
    const thread = await article();
    const question = await ask(thread, 'nine million', 'Was it worth it?');
    await app.expect(200, `${threadPath(thread)}/passages/${question.id}`, {
      method: 'PATCH',
      token: app.owner.token,
      body: { open: false },
    });
    const root = await mark(thread, 'Nobody asked the ferryman.', 'Typical, *sadly*. 1 < 2');
    const reply = await app.post(ada, thread, '> Typical\n\n- a\n- [b](https://c.example)', { parentId: root.id });
    await app.post(ada, thread, 'Deeper', { parentId: reply.id });
    await app.settled();
    const collection = await given(thread);
    expect(await take(thread, collection)).toMatchObject({ imported: [], refused: [], unchanged: [{}, {}, {}, {}] });
    expect((await given(thread)).first.items).toEqual(collection.first.items);

    const copy = await article();
    const elsewhere = await take(copy, collection);
    expect(codes(elsewhere)).toEqual(['other-article', 'other-article', 'parent-not-found', 'parent-not-found']);
    const report = await take(copy, collection, { source: `${PAGE_ORIGIN}/${thread}` });
    expect([report.imported.length, report.refused]).toEqual([4, []]);
    const shape = ({ first }: Collection) => {
      const place = new Map(first.items.map(({ id }, n) => [id, n]));
      return first.items.map(({ motivation, created, creator, body, target, ...rest }) => ({
        motivation,
        created: motivation === 'questioning' ? 'now' : created,
        name: creator.name,
        body,
        open: rest['postil:open'],
        target: typeof target === 'string' ? place.get(target) : target.selector,
      }));
    };
    const copied = await given(copy);
    expect(shape(copied)).toEqual(shape(collection));
    expect(copied.first.items.map(({ via }) => via)).toEqual(collection.first.items.map(({ id }) => id));
    // Ada has no part in what others bring under her name.
    expect(copied.first.items.map(({ creator }) => creator.id)).not.toContain(`urn:uuid:${ada.id}`);
  });

  it('of Hypothesis are understood as its API gives them, replies before what they answer', async () => {
    const thread = await article();
    const row = (id: string, change: object = {}) => ({
      id,
      created: '2023-01-02T03:04:05.678901+00:00',
      updated: '2023-01-02T03:04:05.678901+00:00',
      user: 'acct:linus@hypothes.is',
      user_info: { display_name: 'Linus P.' },
      uri: `http://www.${new URL(PAGE_ORIGIN).host}/${thread}/?utm_source=x#top`,
      text: 'A **bold** claim',
      tags: ['claim'],
      group: '__world__',
      permissions: { read: ['group:__world__'] },
      target: [
        {
          source: `${PAGE_ORIGIN}/${thread}`,
          selector: [
            { type: 'RangeSelector', startContainer: '/p[1]', startOffset: 3, endContainer: '/p[1]', endOffset: 9 },
            { type: 'TextPositionSelector', start: 1_000, end: 1_010 },
            { type: 'TextQuoteSelector', exact: 'The bridge', prefix: 'to lorries. ', suffix: ' is lit' },
          ],
        },
      ],
      links: { html: `https://hypothes.is/a/${id}` },
      hidden: false,
      ...change,
    });
    const page = { target: [{ source: `${PAGE_ORIGIN}/${thread}` }] };
    const rows = [
      row('below', { ...page, references: ['above', 'gone'] }),
      row('above'),
      row('private', { permissions: { read: ['acct:linus@hypothes.is'] } }),
      row('hidden', { hidden: true }),
      row('highlight', { text: '' }),
      row('note', page),
      row('orphan', { ...page, references: ['nobody'] }),
    ];
    const report = await take(thread, { total: rows.length, rows });
    expect(report.imported.map(({ index }) => index)).toEqual([0, 1]);
    expect(codes(report)).toEqual(['not-public', 'hidden', 'no-text', 'no-words', 'parent-not-found']);
    const { items } = (await given(thread)).first;
    const [above, below] = ['above', 'below'].map((id) =>
      items.find(({ via }) => via === `https://hypothes.is/a/${id}`),
    );
    expect(above).toMatchObject({
      created: '2023-01-02T03:04:05.678Z',
      creator: { name: 'Linus P.' },
      body: { value: '<p>A <strong>bold</strong> claim</p>\n' },
      target: { selector: [{ exact: 'The bridge' }, { start: TEXT.lastIndexOf('The bridge') }] },
    });
    expect(below).toMatchObject({ motivation: 'replying', target: above?.id, creator: { id: above?.creator.id } });
  });

  it('that cannot be placed, or say nothing, are refused one by one', async () => {
    const thread = await article();
    const words = (exact: string) => ({
      source: `${PAGE_ORIGIN}/${thread}`,
      selector: { type: 'TextQuoteSelector', exact },
    });
    const report = await take(thread, [
      foreign(thread, 'words that are not there'),
      foreign(thread, 'The bridge'),
      foreign('another', 'four years'),
      foreign(thread, 'four years', { body: 'https://a.example/video' }),
      foreign(thread, 'four years', { body: { value: 'x'.repeat(20_001) } }),
      foreign(thread, 'four years', { target: [words('four years'), words('nine million')] }),
      foreign(thread, '...'),
      foreign(thread, 'four years', { id: 'x'.repeat(2_001) }),
      foreign(thread, 'four years', { type: 'Note' }),
      'nothing',
      foreign(thread, 'four years', { body: { type: 'TextualBody', value: '<p>Good</p>', format: 'text/html' } }),
    ]);
    expect(codes(report)).toEqual([
      'anchor-not-found',
      'anchor-ambiguous',
      'other-article',
      'no-text',
      'text-refused',
      'several-targets',
      'no-words',
      'bad-id',
      'not-an-annotation',
      'not-an-annotation',
    ]);
    expect(report.imported).toMatchObject([{ index: 10, status: 'published' }]);
    expect((await given(thread)).total).toBe(1);
  });

  it('carry no markup but what a comment may have', async () => {
    const thread = await article();
    const value = '<p onclick="x()">a<script>b</script><img src=x onerror=y><a href="javascript:z">c</a></p>';
    await take(thread, foreign(thread, 'four years', { body: { type: 'TextualBody', value, format: 'text/html' } }));
    const [one] = (await given(thread)).first.items;
    expect(one?.body.value).toBe('<p>ac</p>\n');
  });

  it('go through the moderation of the site, or are published by staff who answer for them', async () => {
    const thread = await article(TEXT, { moderationMode: 'pre' });
    const one = foreign(thread, 'four years');
    const reply = foreign(thread, '', { motivation: 'replying', target: one.id });
    const held = await take(thread, [reply, one]);
    expect(held.imported).toMatchObject([{ status: 'pending' }, { status: 'pending' }]);
    const queued = await app.expect<{ items: { queue: string; open: number }[] }>(200, '/moderation/queues?site=demo', {
      token: app.owner.token,
    });
    expect(queued.items.find(({ queue }) => queue === 'pending')?.open).toBeGreaterThanOrEqual(2);
    expect((await given(thread)).total).toBe(0);
    const vouched = await take(thread, foreign(thread, 'since 1987'), { status: 'published' });
    expect(vouched.imported).toMatchObject([{ status: 'published' }]);
    expect((await given(thread)).total).toBe(1);
    const { rows } = await app.pool.query(
      `SELECT action, codes FROM log_entries WHERE subject_id = $1 AND actor_id = $2`,
      [vouched.imported[0]?.commentId, app.owner.id],
    );
    expect(rows).toMatchObject([{ action: 'comment.imported', codes: { status: 'published', decidedBy: 'human' } }]);
  });

  it('are looked for in the text that is named, and carried to the newest', async () => {
    const thread = await article();
    await app.thread({ text: TEXT.replace('nine million', 'twelve million') }, thread);
    const one = foreign(thread, 'It cost nine million and took four years.');
    expect(codes(await take(thread, one))).toEqual(['anchor-not-found']);
    expect(await take(thread, one, { revision: '1' })).toMatchObject({ imported: [{}], refused: [] });
    const [{ target } = { target: '' }] = (await given(thread)).first.items;
    expect(target).toMatchObject({
      'postil:state': 'fuzzy',
      'postil:original': 'It cost nine million and took four years.',
      selector: [{ exact: 'It cost twelve million and took four years.' }, {}],
    });
    expect(
      (await app.call(`${path(thread)}?revision=9`, { method: 'POST', token: app.owner.token, body: [one] })).status,
    ).toBe(422);
  });

  it('that come while a text is published are not left behind by it', async () => {
    const thread = await article();
    const words = ['on Monday', 'nine million', 'four years', 'the ferryman', 'since 1987', 'to lorries', 'at night'];
    for (let round = 2; round <= 6; round++) {
      const document = words.map((exact) => foreign(thread, exact));
      await Promise.all([take(thread, document), app.thread({ text: `Round ${round}.\n${TEXT}` }, thread)]);
    }
    const placed = await app.pool.query<{ at: number; state: string }>(
      `SELECT l.start_at AS at, l.state, substr(r.text, l.start_at + 1, length(l.exact)) = l.exact AS right
       FROM passages p JOIN threads t ON t.id = p.thread_id
       LEFT JOIN passage_places l ON l.passage_id = p.id AND l.revision = t.revision
       JOIN article_revisions r ON r.thread_id = t.id AND r.number = t.revision WHERE t.key = $1`,
      [thread],
    );
    expect(placed.rows).toEqual(words.map(() => ({ at: expect.any(Number), state: 'anchored', right: true })));
  });

  it('of one person are of one reader, also where several threads bring them at once', async () => {
    const creator = { id: `acct:${randomUUID()}@notes.example`, name: 'Joan' };
    const threads = await Promise.all(Array.from({ length: 4 }, () => article()));
    await Promise.all(threads.map((thread) => take(thread, foreign(thread, 'four years', { creator }))));
    const ids = await Promise.all(threads.map(async (thread) => (await given(thread)).first.items[0]?.creator.id));
    expect(new Set(ids).size).toBe(1);
    expect(await app.count(`SELECT count(*) FROM readers WHERE display_name = 'Joan'`)).toBe(1);
  });

  it('are imported by those who may change the site alone, and where there is a text', async () => {
    const thread = await article();
    const document = foreign(thread, 'four years');
    expect(await refuse(401, thread, document, ada)).toBe('unauthenticated');
    expect(await refuse(403, thread, document, await app.staff('moderator'))).toBe('forbidden');
    expect(await refuse(422, thread, { type: 'Something' })).toBe('validation');
    expect(await refuse(422, thread, { type: 'AnnotationCollection', first: 'https://a.example/1' })).toBe(
      'validation',
    );
    expect(
      await refuse(
        422,
        thread,
        Array.from({ length: 1_001 }, () => document),
      ),
    ).toBe('validation');
    expect(await refuse(409, await app.thread(), document)).toBe('no-article-text');
    const sent = await fetch(new URL(`/api/v1${path(thread)}`, app.address), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${app.owner.token}`,
        'content-type': 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
      },
      body: JSON.stringify(document),
    });
    expect(await sent.json()).toMatchObject({ imported: [{ index: 0 }] });
  });
});

const pathOf = (address: string): string => {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
};
