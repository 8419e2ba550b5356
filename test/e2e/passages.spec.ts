import { createHash } from 'node:crypto';
import type { Comment, CommentPage, Thread } from '../../web/shared/api-types.js';
import { threadStore } from '../../src/threads/thread.store.js';
import { startApp, threadPath, type App, type Person } from '../support/app.js';
import type { Call, ProblemBody } from '../support/http.js';

interface Passage {
  id: string;
  kind: 'question' | 'selection';
  prompt?: string;
  open?: boolean;
  state: string;
  anchor: { revision: number; selectors: [Record<string, string>, { type: string; start: number; end: number }] };
  quote: { exact: string; state: string; original?: string };
  commentCount: number;
}
interface Revision {
  number: number;
  hash: string;
}
interface Saved {
  thread: Thread & { passages: Passage[] };
  revision: Revision | null;
  passages: Record<'anchored' | 'moved' | 'fuzzy' | 'orphaned', number>;
}
interface RevisionPage {
  items: (Revision & { createdAt: string })[];
  nextCursor: string | null;
}
type Inline = Comment & { passageId: string | null; quote?: Passage['quote'] };

const PIER = 'The ferry to Holm leaves the old pier at seven in the morning.';
const MATE = 'Tickets are sold on board by the mate, who takes no cards.';
const WINTER = 'In winter the crossing takes an hour and ten minutes.';
const TEXT = [PIER, MATE, WINTER].join('\n');
const hashOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** The quote of an anchor. */
const quote = (exact: string, prefix?: string, suffix?: string) => ({
  selectors: [{ type: 'TextQuoteSelector', exact, prefix, suffix }] as object[],
});

/** What staff and readers do to the texts of articles and to passages of them. */
describe('passages', () => {
  let app: App;
  let ada: Person;
  let ben: Person;
  let moderator: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    [ada, ben, moderator] = await Promise.all([app.guest('Ada'), app.guest('Ben'), app.staff('moderator')]);
  });
  afterAll(() => app.stop());

  const by = (person: Person, method: string, body?: unknown): Call => ({ method, token: person.token, body });
  const publish = (key: string, text: string) =>
    app.expect<Saved>(200, threadPath(key), by(app.owner, 'PUT', { text }));
  const article = async (text = TEXT) => {
    const key = await app.thread();
    await publish(key, text);
    return key;
  };
  const post = (key: string, by: Person, more: object, headers?: Record<string, string>) =>
    app.expect<Inline>(201, `${threadPath(key)}/comments`, {
      method: 'POST',
      token: by.token,
      body: { body: 'Indeed.', ...more },
      ...(headers ? { headers } : {}),
    });
  const mark = (key: string, exact: string, person = ada) => post(key, person, { anchor: quote(exact) });
  const ask = (key: string, exact: string, prompt = 'What do you think?') =>
    app.expect<Passage>(201, `${threadPath(key)}/passages`, by(app.owner, 'POST', { prompt, anchor: quote(exact) }));
  const change = (key: string, id: string, body: object, person = app.owner) =>
    app.expect<Passage>(200, `${threadPath(key)}/passages/${id}`, by(person, 'PATCH', body));
  const shown = async (key: string) => {
    await app.settled();
    return (await app.expect<{ items: Passage[] }>(200, `${threadPath(key)}/passages`)).items;
  };
  const refusal = async (path: string, call: Call) => {
    const { status, body } = await app.call<ProblemBody>(path, call);
    return [status, body.code, ...(body.errors ?? []).map((error) => error.pointer)];
  };
  const refusedPost = (key: string, body: object, person = ada) =>
    refusal(`${threadPath(key)}/comments`, by(person, 'POST', { body: 'Indeed.', ...body }));
  const stored = (key: string) =>
    app.count('SELECT count(*) FROM passages WHERE thread_id = (SELECT id FROM threads WHERE key = $1)', [key]);

  describe('the texts of an article', () => {
    it('are kept as revisions, and the same text again is none', async () => {
      const key = await app.thread();
      const none = await app.expect<Saved>(200, threadPath(key), by(app.owner, 'PUT', { title: 'Before any text' }));
      expect(none).toMatchObject({ revision: null, thread: { revision: null, passages: [] } });
      expect(await app.expect(200, `${threadPath(key)}/revisions`)).toEqual({ items: [], nextCursor: null });
      const first = await publish(key, TEXT);
      expect(first.revision).toEqual({ number: 1, hash: hashOf(TEXT) });
      // The same text in other clothes.
      const html = `<p>${PIER}</p><script>let x</script>\n<ul><li>${MATE}</li><li>${WINTER}</li></ul>`;
      const again = await app.expect<Saved>(200, threadPath(key), by(app.owner, 'PUT', { html }));
      expect(again.revision).toEqual(first.revision);
      const second = await publish(key, `${TEXT}\nCorrected.`);
      expect(second.revision).toEqual({ number: 2, hash: hashOf(`${TEXT}\nCorrected.`) });
      // An older text is a new revision when it comes back.
      expect((await publish(key, TEXT)).revision).toEqual({ number: 3, hash: hashOf(TEXT) });
      await app.settled();
      expect((await app.readThread(key)).revision).toEqual({ number: 3, hash: hashOf(TEXT) });
      const { rows } = await app.pool.query<{ source: string; staff: boolean }>(
        `SELECT source, staff_id IS NOT NULL AS staff FROM article_revisions r JOIN threads t ON t.id = r.thread_id
         WHERE t.key = $1 ORDER BY number`,
        [key],
      );
      expect(rows).toEqual(Array(3).fill({ source: 'text', staff: true }));
    });

    it('are listed newest first, in pages, and found by their hash', async () => {
      const key = await app.thread();
      for (const n of [1, 2, 3, 4, 5]) await publish(key, n === 4 ? 'Text 1' : `Text ${n}`);
      await app.settled();
      const path = `${threadPath(key)}/revisions`;
      const walked: number[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page: RevisionPage = await app.expect(200, path, { query: { limit: 2, cursor } });
        walked.push(...page.items.map((item) => item.number));
        cursor = page.nextCursor;
      }
      expect(walked).toEqual([5, 4, 3, 2, 1]);
      const found = await app.expect<RevisionPage>(200, path, { query: { hash: hashOf('Text 1') } });
      expect(found.items).toEqual(
        [4, 1].map((number) => ({ number, hash: hashOf('Text 1'), createdAt: expect.stringMatching(/^20.*Z$/) })),
      );
      expect((await app.expect<RevisionPage>(200, path, { query: { hash: hashOf('none') } })).items).toEqual([]);
      expect(await refusal(path, { query: { hash: 'xyz' } })).toEqual([400, 'malformed-parameter', '?hash']);
      expect(await refusal(path, { query: { cursor: 'xyz' } })).toEqual([400, 'malformed-cursor', '?cursor']);
    });

    it('are shown to staff of the site alone', async () => {
      const key = await article();
      const path = `${threadPath(key)}/revisions/1`;
      const read = await app.expect(200, path, { token: moderator.token });
      expect(read).toEqual({ number: 1, hash: hashOf(TEXT), text: TEXT, createdAt: expect.any(String) });
      expect(await refusal(path, {})).toEqual([401, 'unauthenticated']);
      expect(await refusal(path, { token: ada.token })).toEqual([401, 'unauthenticated']);
      for (const number of ['2', '0', '-1', 'x', '99999999999']) {
        const answer = await refusal(`${threadPath(key)}/revisions/${number}`, { token: moderator.token });
        expect([number, ...answer]).toEqual([number, 404, 'not-found']);
      }
      await app.site('elsewhere', { name: 'Elsewhere' });
      const stranger = await app.staff('admin', 'elsewhere');
      expect(await refusal(path, { token: stranger.token })).toEqual([404, 'not-found']);
    });

    it.each([
      ['text and html', { text: 'a', html: 'b' }, '/html'],
      ['no text at all', { text: ' \n ' }, '/text'],
      ['html without text', { html: '<p> <img alt="x"> </p><script>x</script>' }, '/html'],
      ['a text that is too long', { text: 'ab '.repeat(100_001) }, '/text'],
      ['null', { text: null }, '/text'],
      ['another type', { html: ['<p>'] }, '/html'],
    ])('are refused: %s', async (_what, body, pointer) => {
      const key = await app.thread();
      expect(await refusal(threadPath(key), by(app.owner, 'PUT', body))).toEqual([422, 'validation', pointer]);
      expect(await app.readThread(key)).toMatchObject({ revision: null });
    });

    it('take the longest text that is permitted, astral characters counted as two', async () => {
      const key = await app.thread();
      expect((await publish(key, '🌙'.repeat(150_000))).revision?.number).toBe(1);
      const more = by(app.owner, 'PUT', { text: `${'🌙'.repeat(150_000)}a` });
      expect(await refusal(threadPath(key), more)).toEqual([422, 'validation', '/text']);
    });

    it('are published with the rest of a change, or not at all', async () => {
      const key = await article();
      const body = { text: `${TEXT}\nMore.`, title: '\u0007 ' };
      expect(await refusal(threadPath(key), by(app.owner, 'PUT', body))).toEqual([422, 'validation', '/title']);
      expect((await app.readThread(key)).revision?.number).toBe(1);
      const made = { url: 'https://news.example/new', title: 'New', text: TEXT };
      const saved = await app.expect<Saved>(200, threadPath('made-at-once'), by(app.owner, 'PUT', made));
      expect(saved).toMatchObject({ revision: { number: 1 }, thread: { key: 'made-at-once', title: 'New' } });
      expect(await refusal(threadPath(key), by(moderator, 'PUT', { text: 'x' }))).toEqual([403, 'forbidden']);
    });

    it('leave a line in the log, with codes alone', async () => {
      const key = await article();
      await mark(key, 'old pier');
      const { thread } = await publish(key, TEXT.replace('old pier', 'new pier'));
      const { items } = await app.expect<{ items: { action: string; subject: { id: string }; codes: object }[] }>(
        200,
        '/moderation/log?limit=100',
        { token: app.owner.token },
      );
      const lines = items.filter(({ subject, action }) => subject.id === thread.id && action === 'thread.revised');
      expect(lines.map(({ codes }) => codes)).toEqual([
        { revision: 2, hash: hashOf(TEXT.replace('old pier', 'new pier')), source: 'text', changed: 1 },
        { revision: 1, hash: hashOf(TEXT), source: 'text', changed: 0 },
      ]);
    });
  });

  describe('follow the article', () => {
    it('and the answer says how all of them fared', async () => {
      const key = await article();
      await ask(key, 'an hour and ten minutes');
      await mark(key, 'The ferry to Holm leaves the old pier');
      await mark(key, 'who takes no cards');
      const moved = await publish(key, [WINTER.replace('ten', 'twenty'), PIER].join('\n'));
      expect(moved.passages).toEqual({
        anchored: expect.any(Number),
        moved: expect.any(Number),
        fuzzy: 1,
        orphaned: 1,
      });
      expect(moved.passages.anchored + moved.passages.moved).toBe(1);
      // The same text again tells the present states.
      expect((await publish(key, [WINTER.replace('ten', 'twenty'), PIER].join('\n'))).passages).toEqual(moved.passages);
      const quotes = (await shown(key)).map((passage) => passage.quote);
      expect(quotes).toEqual([
        { exact: 'an hour and twenty minutes', state: 'fuzzy', original: 'an hour and ten minutes' },
        { exact: 'The ferry to Holm leaves the old pier', state: expect.stringMatching(/anchored|moved/) },
        { exact: 'who takes no cards', state: 'orphaned' },
      ]);
      const orphan = (await shown(key))[2];
      expect(orphan?.anchor.revision).toBe(1);
      expect((await app.readThread(key)).passages).toEqual(await shown(key));
    });

    it('come back with the words that were marked, though they were changed before they went', async () => {
      const key = await article();
      const [words, others] = [
        'a taxi home twice a month',
        'a taxi all the way home to the estate across the canal, twice or three times in a month',
      ];
      const said = (what: string) =>
        `Leonie Abara told the meeting that she pays for ${what}, when the shift overruns.`;
      const whole = [PIER, said(words), MATE].join('\n');
      await publish(key, whole);
      const { passageId } = await mark(key, words);
      await app.settled();
      const states = [];
      for (const text of [whole.replace(words, others), [PIER, MATE].join('\n'), whole]) {
        await publish(key, text);
        const passage = (await shown(key)).find(({ id }) => id === passageId);
        states.push([passage?.state, passage?.quote.exact]);
      }
      expect(states).toEqual([
        ['fuzzy', others],
        ['orphaned', others],
        ['anchored', words],
      ]);
    });

    it('are orphaned, come back, and keep where they stood in each revision', async () => {
      const key = await article();
      const { passageId } = await mark(key, 'who takes no cards');
      const texts = [[PIER, WINTER], [WINTER], [PIER, MATE], [PIER, MATE.replace('cards', 'coins')], [MATE]];
      const history: string[] = [];
      for (const text of texts) {
        await publish(key, text.join('\n'));
        history.push((await shown(key))[0]?.state ?? '');
      }
      expect(history).toEqual(['orphaned', 'orphaned', 'anchored', 'fuzzy', 'anchored']);
      const { rows } = await app.pool.query<object>(
        `SELECT revision, state, exact, start_at AS start FROM passage_places WHERE passage_id = $1 ORDER BY revision`,
        [passageId],
      );
      const whole = { exact: 'who takes no cards', start: TEXT.indexOf('who') };
      expect(rows).toEqual([
        { revision: 1, state: 'anchored', ...whole },
        { revision: 2, state: 'orphaned', exact: null, start: null },
        { revision: 3, state: 'orphaned', exact: null, start: null },
        { revision: 4, state: 'anchored', ...whole },
        { revision: 5, state: 'fuzzy', ...whole, exact: 'who takes no coins' },
        { revision: 6, state: 'anchored', ...whole, start: MATE.indexOf('who') },
      ]);
    });

    it('where staff say so, judged by the words that were marked', async () => {
      const key = await article();
      const question = await ask(key, 'sold on board by the mate');
      const bare = [PIER, 'Buy them from the mate at the kiosk.', WINTER].join('\n');
      expect((await publish(key, bare)).passages.orphaned).toBe(1);
      const placed = await change(key, question.id, { anchor: quote('from the mate at the kiosk') }, moderator);
      expect(placed).toMatchObject({
        state: 'fuzzy',
        quote: { exact: 'from the mate at the kiosk', original: 'sold on board by the mate' },
        anchor: { revision: 2 },
      });
      const { rows } = await app.pool.query(
        'SELECT state, exact FROM passage_places WHERE passage_id = $1 AND revision = 2',
        [question.id],
      );
      expect(rows).toEqual([{ state: 'fuzzy', exact: 'from the mate at the kiosk' }]);
      // It stands there from now on, and what it was stays known.
      expect((await publish(key, `${bare}\nMore.`)).passages).toMatchObject({ fuzzy: 1, orphaned: 0 });
      const twice = `${TEXT}\nOnce more: sold on board by the mate.`;
      await publish(key, twice);
      const back = await change(key, question.id, { anchor: quote('sold on board by the mate', 'Once more: ') });
      expect(back).toMatchObject({
        state: 'anchored',
        anchor: { selectors: [{}, { start: twice.lastIndexOf('sold') }] },
      });
      expect(back.quote.original).toBeUndefined();
    });
  });

  describe('marked by readers', () => {
    it('stand where the quote says, completed by the server', async () => {
      const key = await article();
      const comment = await mark(key, 'old pier');
      expect(comment).toMatchObject({ passageId: expect.any(String), quote: { exact: 'old pier', state: 'anchored' } });
      const [passage] = await shown(key);
      const start = TEXT.indexOf('old pier');
      expect(passage).toEqual({
        id: comment.passageId,
        kind: 'selection',
        state: 'anchored',
        anchor: {
          revision: 1,
          selectors: [
            {
              type: 'TextQuoteSelector',
              exact: 'old pier',
              prefix: TEXT.slice(0, start),
              suffix: TEXT.slice(start + 8, start + 8 + 32),
            },
            { type: 'TextPositionSelector', start, end: start + 8 },
          ],
        },
        quote: { exact: 'old pier', state: 'anchored' },
        commentCount: 1,
      });
      const page = await app.expect<CommentPage>(200, `${threadPath(key)}/comments`);
      expect(page.items[0]).toMatchObject({ passageId: comment.passageId, quote: comment.quote });
    });

    it('are shared by who marks the same words, also through an older text and with a hasty selection', async () => {
      const key = await article();
      const first = await mark(key, 'old pier');
      expect((await mark(key, 'old pier', ben)).passageId).toBe(first.passageId);
      expect((await mark(key, 'old pier ', ben)).passageId).toBe(first.passageId);
      await publish(key, `News.\n${TEXT}`);
      const older = { anchor: { revision: 1, ...quote('old pier') } };
      expect((await post(key, ben, older)).passageId).toBe(first.passageId);
      expect((await mark(key, 'old pier', ben)).passageId).toBe(first.passageId);
      // Marked in the newest text first, then found through an older one.
      const winter = await mark(key, 'In winter');
      expect((await post(key, ben, { anchor: { revision: 1, ...quote('In winter') } })).passageId).toBe(
        winter.passageId,
      );
      // What overlaps is another passage, and a question is nobody's selection.
      expect((await mark(key, 'the old pier')).passageId).not.toBe(first.passageId);
      const question = await ask(key, 'takes no cards');
      expect((await mark(key, 'takes no cards')).passageId).not.toBe(question.id);
      expect(await stored(key)).toBe(5);
      const counts = new Map((await shown(key)).map((passage) => [passage.quote.exact, passage.commentCount]));
      expect(counts.get('old pier')).toBe(5);
    });

    it('at the same moment by many, are one passage', async () => {
      const key = await article();
      const readers = await Promise.all(Array.from({ length: 20 }, (_, n) => app.guest(`Reader ${n}`)));
      const comments = await Promise.all(readers.map((reader) => mark(key, 'an hour and ten minutes', reader)));
      expect(new Set(comments.map((comment) => comment.passageId)).size).toBe(1);
      expect(await stored(key)).toBe(1);
      expect((await shown(key))[0]?.commentCount).toBe(20);
    });

    it('on a page that shows an older text, are carried to the newest', async () => {
      const key = await article();
      await publish(key, `News.\n${TEXT.replace('ten minutes', 'twenty minutes')}`);
      const same = await post(key, ada, { anchor: { revision: 1, ...quote('old pier') } });
      expect(same.quote).toEqual({ exact: 'old pier', state: 'anchored' });
      const edited = await post(key, ada, { anchor: { revision: 1, ...quote('takes an hour and ten minutes') } });
      expect(edited.quote).toEqual({
        exact: 'takes an hour and twenty minutes',
        state: 'fuzzy',
        original: 'takes an hour and ten minutes',
      });
      await publish(key, PIER);
      // The reader's comment is worth keeping though the words are gone.
      const gone = await post(key, ada, { anchor: { revision: 1, ...quote('who takes no cards') } });
      expect(gone.quote).toEqual({ exact: 'who takes no cards', state: 'orphaned' });
      const passages = new Map((await shown(key)).map((passage) => [passage.id, passage]));
      expect(passages.get(gone.passageId ?? '')?.anchor.revision).toBe(1);
      const { rows } = await app.pool.query<object>(
        'SELECT revision, state, exact FROM passage_places WHERE passage_id = $1 ORDER BY revision',
        [edited.passageId],
      );
      expect(rows).toEqual([
        { revision: 1, state: 'anchored', exact: 'takes an hour and ten minutes' },
        { revision: 2, state: 'fuzzy', exact: 'takes an hour and twenty minutes' },
        { revision: 3, state: 'orphaned', exact: null },
      ]);
      expect((await publish(key, TEXT)).passages).toEqual({ anchored: 3, moved: 0, fuzzy: 0, orphaned: 0 });
    });

    it('need words that stand in the text, in one place', async () => {
      const key = await article(`${TEXT}\nThe ferry to Holm.`);
      expect(await refusedPost(key, { anchor: quote('new pier') })).toEqual([422, 'anchor-not-found', '/anchor']);
      expect(await refusedPost(key, { anchor: quote('ferry to Holm') })).toEqual([422, 'anchor-ambiguous', '/anchor']);
      const decided = await post(key, ada, { anchor: quote('ferry to Holm', 'The ', ' leaves the') });
      expect(decided.quote?.exact).toBe('ferry to Holm');
      const last = (await app.expect<{ items: Passage[] }>(200, `${threadPath(key)}/passages`)).items;
      expect(last.every((passage) => passage.anchor.selectors[1].start < TEXT.length)).toBe(true);
      const start = TEXT.length + 5;
      const position = { type: 'TextPositionSelector', start, end: start + 13 };
      const selectors = [...quote('ferry to Holm').selectors, position];
      const second = await post(key, ada, { anchor: { selectors } });
      expect(second.passageId).not.toBe(decided.passageId);
      const unknown = await refusedPost(key, { anchor: { revision: 2, ...quote('old pier') } });
      expect(unknown).toEqual([422, 'revision-not-found', '/anchor/revision']);
      const bare = await app.thread();
      expect(await refusedPost(bare, { anchor: quote('old pier') })).toEqual([409, 'no-article-text']);
      expect(await stored(key)).toBe(2);
    });

    const exact = { type: 'TextQuoteSelector', exact: 'old pier' };
    const at = { type: 'TextPositionSelector', start: 29, end: 37 };
    it.each([
      ['no object', 'old pier', '/anchor'],
      ['a list', [exact], '/anchor'],
      ['no selectors', {}, '/anchor/selectors'],
      ['an empty list', { selectors: [] }, '/anchor/selectors'],
      ['a position alone', { selectors: [at] }, '/anchor/selectors'],
      ['two quotes', { selectors: [exact, exact] }, '/anchor/selectors'],
      ['two positions', { selectors: [exact, at, at] }, '/anchor/selectors'],
      ['too many', { selectors: Array(11).fill(exact) }, '/anchor/selectors'],
      ['null among them', { selectors: [exact, null] }, '/anchor/selectors/1'],
      ['a text among them', { selectors: [exact, 'x'] }, '/anchor/selectors/1'],
      [
        'an unknown selector',
        { selectors: [exact, { type: 'XPathSelector', value: '/' }] },
        /^\/anchor\/selectors\/1\//,
      ],
      ['a refinement', { selectors: [{ ...exact, refinedBy: at }] }, '/anchor/selectors/0/refinedBy'],
      ['a field of the other', { selectors: [{ ...exact, start: 1 }] }, '/anchor/selectors/0/type'],
      ['no type', { selectors: [{ exact: 'old pier' }] }, '/anchor/selectors/0/type'],
      ['no words', { selectors: [{ type: 'TextQuoteSelector' }] }, '/anchor/selectors/0/exact'],
      ['blank words', { selectors: [{ ...exact, exact: ' \u00a0.' }] }, '/anchor/selectors/0/exact'],
      ['too many words', { selectors: [{ ...exact, exact: 'a'.repeat(1_501) }] }, '/anchor/selectors/0/exact'],
      ['too many units', { selectors: [{ ...exact, exact: '🌙'.repeat(751) }] }, '/anchor/selectors/0/exact'],
      ['too long a prefix', { selectors: [{ ...exact, prefix: 'a'.repeat(1_001) }] }, '/anchor/selectors/0/prefix'],
      ['a suffix of another type', { selectors: [{ ...exact, suffix: 5 }] }, '/anchor/selectors/0/suffix'],
      ['an end before the start', { selectors: [exact, { ...at, end: 29 }] }, '/anchor/selectors/1/end'],
      ['half a position', { selectors: [exact, { ...at, start: undefined }] }, /^\/anchor\/selectors\/1\//],
      ['a fraction', { selectors: [exact, { ...at, start: 0.5 }] }, '/anchor/selectors/1/start'],
      ['a revision of none', { revision: 0, selectors: [exact] }, '/anchor/revision'],
      ['a revision beyond counting', { revision: 2 ** 40, selectors: [exact] }, '/anchor/revision'],
    ])('are refused: %s', async (_what, anchor, pointer) => {
      const [status, code, ...pointers] = await refusedPost('passages-refused', { anchor });
      expect([status, code]).toEqual([422, 'validation']);
      expect(pointers).toEqual(
        pointers.map(() => (typeof pointer === 'string' ? pointer : expect.stringMatching(pointer))),
      );
      expect(pointers.length).toBeGreaterThan(0);
    });

    it('take 1,500 units of words', async () => {
      const long = `${'word '.repeat(299)}words`;
      const key = await article(`Before ${long} after`);
      expect((await mark(key, long)).quote?.exact).toBe(long);
    });

    it('are at most 5,000, and questions 200, of an article', async () => {
      const key = await article();
      const fill = (kind: string, count: number) =>
        app.pool.query(
          `INSERT INTO passages (id, site_id, thread_id, kind, prompt, state, score, original, marked_in, stood_in, exact,
                                 prefix, suffix, start_at, end_at)
           SELECT gen_random_uuid(), site_id, id, $2, CASE WHEN $2 = 'question' THEN 'Why?' END, 'anchored', 1, 'The', 1, 1,
                  'The', '', '', 0, 3
           FROM threads, generate_series(1, $3) WHERE key = $1`,
          [key, kind, count],
        );
      await fill('selection', 4_999);
      await fill('question', 199);
      const last = await mark(key, 'old pier');
      expect(await refusedPost(key, { anchor: quote('In winter') })).toEqual([409, 'too-many-passages']);
      expect((await mark(key, 'old pier', ben)).passageId).toBe(last.passageId);
      await ask(key, 'old pier');
      const more = by(app.owner, 'POST', { prompt: 'One more?', anchor: quote('In winter') });
      expect(await refusal(`${threadPath(key)}/passages`, more)).toEqual([409, 'too-many-passages']);
      expect(await stored(key)).toBe(5_200);
      const comments = await app.count(
        'SELECT count(*) FROM comments c JOIN threads t ON t.id = c.thread_id WHERE t.key = $1',
        [key],
      );
      expect(comments).toBe(2);
    });

    it('leave nothing behind where the comment is refused', async () => {
      const key = await article();
      await app.thread({ state: 'closed' }, key);
      expect(await refusedPost(key, { anchor: quote('old pier') })).toEqual([409, 'thread-closed']);
      await app.thread({ state: 'open' }, key);
      const gone = await app.guest('Gone');
      await app.expect(204, '/sites/demo/sessions', { method: 'DELETE', token: gone.token });
      expect(await refusedPost(key, { anchor: quote('old pier') }, gone)).toEqual([401, 'invalid-token']);
      expect(await refusedPost(key, { anchor: quote('old pier'), body: ' ' })).toEqual([422, 'validation', '/body']);
      expect(await stored(key)).toBe(0);
      // Undecided is not refused.
      await app.thread({ moderationMode: 'pre' }, key);
      expect((await mark(key, 'old pier')).status).toBe('pending');
      expect(await stored(key)).toBe(1);
      expect(await shown(key)).toEqual([]);
    });

    it('are tried out by a preview, which stores nothing', async () => {
      const key = await article();
      const preview = (body: object) =>
        app.call<ProblemBody>(
          `${threadPath(key)}/comments?preview=true`,
          by(ada, 'POST', { body: 'Indeed.', ...body }),
        );
      expect((await preview({ anchor: quote('old pier') })).status).toBe(200);
      expect((await preview({ anchor: quote('new pier') })).body.code).toBe('anchor-not-found');
      expect((await preview({ passageId: '01a20450-cb13-7468-b77a-7c5482638dc0' })).body.code).toBe(
        'passage-not-found',
      );
      const question = await ask(key, 'old pier');
      expect((await preview({ passageId: question.id })).status).toBe(200);
      await change(key, question.id, { open: false });
      expect((await preview({ passageId: question.id })).body.code).toBe('question-closed');
      expect(await stored(key)).toBe(1);
    });
  });

  describe('with an Idempotency-Key', () => {
    const keyed = (key: string) => ({ 'idempotency-key': key });

    it('are marked once, however often and whenever the request comes again', async () => {
      const key = await article();
      const body = { anchor: quote('who takes no cards') };
      const first = await post(key, ada, body, keyed('once'));
      expect((await post(key, ada, body, keyed('once'))).id).toBe(first.id);
      const other = { method: 'POST', token: ada.token, headers: keyed('once') };
      const path = `${threadPath(key)}/comments`;
      for (const changed of [{ anchor: quote('takes no cards') }, { passageId: first.passageId }, {}]) {
        const call = { ...other, body: { body: 'Indeed.', ...changed } };
        expect(await refusal(path, call)).toEqual([422, 'idempotency-key-reused']);
      }
      // The words are gone by now; the comment is not.
      await publish(key, PIER);
      const again = await post(key, ada, body, keyed('once'));
      expect(again).toMatchObject({ id: first.id, quote: { exact: 'who takes no cards', state: 'orphaned' } });
      expect(await stored(key)).toBe(1);
    });

    it('at the same moment, are marked once', async () => {
      const key = await article();
      const call: Call = {
        method: 'POST',
        token: ada.token,
        headers: keyed('at-once'),
        body: { body: 'Indeed.', anchor: quote('old pier') },
      };
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => app.call<{ id?: string; code?: string }>(`${threadPath(key)}/comments`, call)),
      );
      const made = answers.filter(({ status }) => status === 201);
      expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
      const others = answers.filter(({ status }) => status !== 201);
      expect(others.every(({ body }) => body.code === 'request-in-progress')).toBe(true);
      expect(await stored(key)).toBe(1);
    });
  });

  describe('named by their id', () => {
    it('take comments: questions, what is shown, and what is mine', async () => {
      const key = await article();
      const question = await ask(key, 'old pier');
      const answer = await post(key, ada, { passageId: question.id });
      expect(answer).toMatchObject({ passageId: question.id, quote: { exact: 'old pier' } });
      const marked = await mark(key, 'In winter');
      await app.settled();
      expect((await post(key, ben, { passageId: marked.passageId })).passageId).toBe(marked.passageId);
      expect((await shown(key)).map((passage) => passage.commentCount)).toEqual([1, 2]);
      expect(await refusedPost(key, { passageId: 'x' })).toEqual([422, 'validation', '/passageId']);
      const unknown = '01a20450-cb13-7468-b77a-7c5482638dc0';
      expect(await refusedPost(key, { passageId: unknown })).toEqual([422, 'passage-not-found', '/passageId']);
      const elsewhere = await article();
      const refused = await refusedPost(elsewhere, { passageId: question.id });
      expect(refused).toEqual([422, 'passage-not-found', '/passageId']);
      const both = await refusedPost(key, { passageId: question.id, anchor: quote('old pier') });
      expect(both).toEqual([422, 'validation', '/passageId']);
    });

    it('are not there for strangers as long as nothing on them is published', async () => {
      const key = await article();
      await app.thread({ moderationMode: 'pre' }, key);
      const hidden = await mark(key, 'In winter');
      const { passageId } = hidden;
      await app.settled();
      expect(await refusedPost(key, { passageId }, ben)).toEqual([422, 'passage-not-found', '/passageId']);
      expect((await post(key, ada, { passageId })).passageId).toBe(passageId);
      // Who marks the same words does not name it, and shares it.
      expect((await mark(key, 'In winter', ben)).passageId).toBe(passageId);
      await app.decide(app.owner, 'approve', [{ id: hidden.id, revision: 1 }]);
      expect(await shown(key)).toMatchObject([{ id: passageId, commentCount: 1 }]);
      const stranger = await app.guest('Cleo');
      expect((await post(key, stranger, { passageId })).passageId).toBe(passageId);
      await app.decide(app.owner, 'reject', [{ id: hidden.id, revision: 1 }]);
      expect(await shown(key)).toEqual([]);
      const last = await app.guest('Dan');
      expect(await refusedPost(key, { passageId }, last)).toEqual([422, 'passage-not-found', '/passageId']);
    });

    it('are inherited by replies, which may name no other', async () => {
      const key = await article();
      const root = await mark(key, 'old pier');
      const plain = await post(key, ada, {});
      const other = await mark(key, 'In winter');
      await app.settled();
      const reply = await post(key, ben, { parentId: root.id });
      expect(reply).toMatchObject({ passageId: root.passageId, quote: { exact: 'old pier' }, depth: 1 });
      const deeper = await post(key, ada, { parentId: reply.id, passageId: root.passageId });
      expect(deeper).toMatchObject({ passageId: root.passageId, depth: 2 });
      expect(await post(key, ben, { parentId: plain.id })).toMatchObject({ passageId: null });
      const to = (parentId: string, more: object) => refusedPost(key, { parentId, ...more });
      expect(await to(root.id, { passageId: other.passageId })).toEqual([422, 'validation', '/passageId']);
      expect(await to(plain.id, { passageId: other.passageId })).toEqual([422, 'validation', '/passageId']);
      expect(await to(root.id, { anchor: quote('old pier') })).toEqual([422, 'validation', '/anchor']);
      expect((await shown(key))[0]?.commentCount).toBe(3);
    });

    it('take none, replies neither, where the question is closed', async () => {
      const key = await article();
      const question = await ask(key, 'old pier');
      const root = await post(key, ada, { passageId: question.id });
      await app.settled();
      expect(await change(key, question.id, { open: false })).toMatchObject({ open: false });
      expect(await refusedPost(key, { passageId: question.id })).toEqual([409, 'question-closed']);
      expect(await refusedPost(key, { parentId: root.id })).toEqual([409, 'question-closed']);
      // Readers may mark its words themselves.
      expect((await mark(key, 'old pier')).passageId).not.toBe(question.id);
      await change(key, question.id, { open: true });
      expect((await post(key, ben, { parentId: root.id })).passageId).toBe(question.id);
    });
  });

  describe('asked by staff', () => {
    it('are questions, reworded, closed and reopened, each with a line in the log', async () => {
      const key = await article();
      const question = await ask(key, 'old pier', '  Which\npier  would you keep? ');
      expect(question).toMatchObject({
        kind: 'question',
        prompt: 'Which pier would you keep?',
        open: true,
        state: 'anchored',
        commentCount: 0,
      });
      expect(await shown(key)).toEqual([question]);
      const { version } = await app.readThread(key);
      expect(await change(key, question.id, { prompt: 'Which pier?', open: false })).toMatchObject({
        prompt: 'Which pier?',
        open: false,
      });
      await change(key, question.id, { open: false });
      await change(key, question.id, {});
      await app.settled();
      const { rows } = await app.pool.query<{ action: string; codes: object }>(
        'SELECT action, codes FROM log_entries WHERE subject_id = $1 ORDER BY at, id',
        [question.id],
      );
      expect(rows).toEqual([
        { action: 'passage.asked', codes: {} },
        { action: 'passage.changed', codes: { changed: ['prompt', 'open'] } },
      ]);
      expect((await app.readThread(key)).version).toBe(version + 1);
    });

    it('are for those who may', async () => {
      const key = await article();
      const question = await ask(key, 'old pier');
      const path = `${threadPath(key)}/passages`;
      const body = { prompt: 'Why?', anchor: quote('In winter') };
      expect(await refusal(path, by(ada, 'POST', body))).toEqual([401, 'unauthenticated']);
      expect(await refusal(path, by(moderator, 'POST', body))).toEqual([403, 'forbidden']);
      const one = `${path}/${question.id}`;
      expect(await refusal(one, by(ada, 'PATCH', { open: false }))).toEqual([401, 'unauthenticated']);
      expect(await refusal(one, by(moderator, 'PATCH', { open: false }))).toEqual([403, 'forbidden']);
      const wrong = { prompt: 'Why?', open: false, anchor: quote('In winter') };
      expect(await refusal(one, by(moderator, 'PATCH', wrong))).toEqual([403, 'forbidden']);
      const elsewhere = await article();
      const there = `${threadPath(elsewhere)}/passages/${question.id}`;
      expect(await refusal(there, by(app.owner, 'PATCH', { open: false }))).toEqual([404, 'not-found']);
      expect(await refusal(`${path}/x`, by(app.owner, 'PATCH', {}))).toEqual([404, 'not-found']);
      expect(await shown(key)).toEqual([question]);
    });

    it('are checked like all that comes in', async () => {
      const key = await article();
      const path = `${threadPath(key)}/passages`;
      const anchor = quote('old pier');
      const asked = (body: object) => refusal(path, by(app.owner, 'POST', body));
      expect(await asked({})).toEqual([422, 'validation', '/prompt', '/anchor']);
      expect(await asked({ prompt: '\u0000 ', anchor })).toEqual([422, 'validation', '/prompt']);
      expect(await asked({ prompt: 'a'.repeat(501), anchor })).toEqual([422, 'validation', '/prompt']);
      expect(await asked({ prompt: 'Why?', anchor: null })).toEqual([422, 'validation', '/anchor']);
      expect(await asked({ prompt: 'Why?', anchor: quote('nowhere') })).toEqual([422, 'anchor-not-found', '/anchor']);
      await publish(key, MATE);
      // Nobody can answer a question about words that are gone.
      const gone = { revision: 1, ...quote(WINTER) };
      expect(await asked({ prompt: 'Why?', anchor: gone })).toEqual([422, 'anchor-not-found', '/anchor']);
      const { passageId } = await mark(key, 'no cards');
      const changed = (body: object) => refusal(`${path}/${passageId}`, by(app.owner, 'PATCH', body));
      expect(await changed({ open: false })).toEqual([422, 'validation', '/open']);
      expect(await changed({ prompt: 'Why?' })).toEqual([422, 'validation', '/prompt']);
      expect(await changed({ open: null })).toEqual([422, 'validation', '/open']);
      expect(await changed({ anchor: gone })).toEqual([422, 'anchor-not-found', '/anchor']);
      expect(await stored(key)).toBe(1);
    });
  });

  it('that are marked while a text is published are carried to it', async () => {
    const key = await article();
    const { lockById } = threadStore;
    threadStore.lockById = async (...args) => {
      threadStore.lockById = lockById;
      await publish(key, `News.\n${TEXT.replace('old pier', 'new pier')}`);
      return lockById(...args);
    };
    const comment = await post(key, ada, { anchor: { revision: 1, ...quote('the old pier at seven') } });
    expect(comment.quote).toEqual({
      exact: 'the new pier at seven',
      state: 'fuzzy',
      original: 'the old pier at seven',
    });
    expect((await shown(key))[0]?.anchor).toMatchObject({ revision: 2 });
  });
});
