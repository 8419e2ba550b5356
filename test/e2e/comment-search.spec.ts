import type { Comment } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';

interface Page {
  items: (Comment & { site: string; thread: { key: string } })[];
  nextCursor: string | null;
}

describe('searching comments', () => {
  let app: App;
  let [ada, bert, moderator] = [] as unknown as [Person, Person, Person];
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    [ada, bert, moderator] = await Promise.all([app.guest('Ada Lovelace'), app.guest('Bert'), app.staff('moderator')]);
    thread = await app.thread();
  });
  afterAll(() => app.stop());

  const indexed = async () => {
    await app.settled();
    await until(
      async () => (await app.count('SELECT count(*) FROM comment_words_waiting')) === 0,
      'what was written to be found',
    );
  };
  const page = (query: Record<string, string | number>, by = moderator) =>
    app.expect<Page>(200, '/moderation/comments', { token: by.token, query: { site: 'demo', ...query } });
  const found = async (q: string, query: Record<string, string | number> = {}) =>
    (await page({ q, ...query })).items.map(({ id }) => id);

  it.each([
    [
      'The medlar is a strange fruit.',
      ['medlar', 'MEDLAR', 'medl', 'fruit strange', '"a strange fruit"'],
      ['edlar', '"strange a"', 'me'],
    ],
    ['Über die Straße, naïve Café!', ['uber', 'straße', 'cafe', 'NAÏVE'], ['strasse ist']],
    ['См. https://www.example.org/пруф', ['example.org', 'www.example.org', 'пруф'], ['ample.org']],
    ['東京タワーは高いです', ['東京', 'タワー', '高い'], ['京東', '大阪']],
    ['สวัสดีชาวโลก', ['ชาวโลก', 'สวัสดี'], ['โลกชาว']],
    ['한국어 댓글입니다', ['댓글', '한국어'], ['국어']],
    ['قهوة عربية', ['عربية'], ['عربي_']],
  ])('%s', async (body, finds, findsNot) => {
    const { id } = await app.post(ada, thread, body);
    await indexed();
    for (const q of finds) expect([q, await found(q)]).toEqual([q, [id]]);
    for (const q of findsNot) expect([q, (await found(q)).includes(id)]).toEqual([q, q === 'عربي_']);
  });

  it('pages newest first, by reader, thread, status and time, and all of them together', async () => {
    const other = await app.thread();
    const all: Comment[] = [];
    for (let n = 0; n < 7; n++)
      all.push(await app.post(n % 2 ? bert : ada, n < 5 ? other : thread, `Quince number ${n}`));
    await app.decide(moderator, 'reject', [all[2] as Comment]);
    await indexed();
    const ids = all.map(({ id }) => id);
    const newest = (...which: number[]) => which.map((n) => ids[n]);
    expect(await found('quince')).toEqual(newest(6, 5, 4, 3, 2, 1, 0));
    const walked: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const next: Page = await page({ q: 'quince', limit: 2, ...(cursor ? { cursor } : {}) });
      walked.push(...next.items.map(({ id }) => id));
      cursor = next.nextCursor;
    }
    expect(walked).toEqual(newest(6, 5, 4, 3, 2, 1, 0));
    expect(await found('quince', { reader: bert.id })).toEqual(newest(5, 3, 1));
    expect(await found('quince', { reader: 'ada l' })).toEqual(newest(6, 4, 2, 0));
    expect(await found('quince', { reader: 'lovelace' })).toEqual([]);
    expect(await found('quince', { thread: other })).toEqual(newest(4, 3, 2, 1, 0));
    expect(await found('quince', { status: 'rejected' })).toEqual(newest(2));
    const [from, to] = [all[1]?.createdAt ?? '', all[4]?.createdAt ?? ''];
    expect(await found('quince', { from, to })).toEqual(newest(3, 2, 1));
    const every = { from, to, thread: other, reader: 'BERT', status: 'published' };
    expect(await found('quince', every)).toEqual(newest(3, 1));
    const { items } = await page({ thread: other, limit: 1 });
    expect(items).toEqual([
      expect.objectContaining({ id: ids[4], site: 'demo', thread: expect.objectContaining({ key: other }) }),
    ]);
  });

  it('finds what an edit has made of it, and never what is gone', async () => {
    const { id } = await app.post(ada, thread, 'Loquat');
    await indexed();
    await app.expect(200, `/comments/${id}`, { method: 'PATCH', token: ada.token, body: { body: 'Persimmon' } });
    await indexed();
    expect([await found('loquat'), await found('persimmon')]).toEqual([[], [id]]);
    await app.withoutRelay(async () => {
      await app.expect(204, `/comments/${id}`, { method: 'DELETE', token: ada.token });
      expect(await found('persimmon')).toEqual([]);
    });
    await until(
      async () => (await app.count('SELECT count(*) FROM comment_words WHERE comment_id = $1', [id])) === 0,
      'its words to be forgotten',
    );
  });

  it('tells the language, and queues are filtered by it', async () => {
    const german = await app.post(ada, thread, 'Das ist doch wirklich ein ganz ausgezeichneter Artikel über Vögel.');
    const japanese = await app.post(bert, thread, 'この記事はとても面白かったです。');
    const short = await app.post(bert, thread, 'Ok!');
    await indexed();
    const inQueue = async (language: string) => {
      const query = { site: 'demo', language, thread };
      const { items } = await app.expect<{ items: { language: string; comment: Comment }[] }>(
        200,
        '/moderation/queues/unmoderated/items',
        { token: moderator.token, query },
      );
      expect(items.every((item) => item.language === language)).toBe(true);
      return items.map((item) => item.comment.id);
    };
    expect(await inQueue('de')).toContain(german.id);
    expect(await inQueue('ja')).toContain(japanese.id);
    expect(await inQueue('und')).toContain(short.id);
    expect(await inQueue('de')).not.toContain(short.id);
    const wrong = await app.call('/moderation/queues/pending/items', {
      ...{ token: moderator.token, query: { site: 'demo', language: 'xx' } },
    });
    expect(wrong.status).toBe(400);
  });

  it('is for staff, each on their sites', async () => {
    await app.site('elsewhere', {
      name: 'Elsewhere',
      origins: ['https://news.example'],
      settings: { moderationMode: 'post' },
    });
    const stranger = await app.staff('moderator', 'elsewhere');
    await app.post(ada, thread, 'Rambutan here');
    await indexed();
    const search = (by: Person | undefined, query: Record<string, string>) =>
      app.call<Page>('/moderation/comments', { ...(by ? { token: by.token } : {}), query });
    expect((await search(stranger, { q: 'rambutan' })).body.items).toEqual([]);
    expect((await search(stranger, { q: 'rambutan', site: 'demo' })).status).toBe(404);
    expect((await search(undefined, { q: 'rambutan' })).status).toBe(401);
    expect((await search(ada, { q: 'rambutan' })).status).toBe(401);
    expect((await search(app.owner, { q: 'rambutan' })).body.items).toHaveLength(1);
    for (const query of [
      { q: '!!!' },
      { thread: 'x' },
      { from: 'yesterday' },
      { status: 'deleted' },
      { cursor: 'x' },
    ] as Record<string, string>[]) {
      expect([query, (await search(moderator, query)).status]).toEqual([query, 400]);
    }
    const unknown = await search(moderator, { thread: 'no such thread', site: 'demo' });
    expect(unknown.status).toBe(404);
  });
});
