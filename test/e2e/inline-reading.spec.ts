import fc from 'fast-check';
import type { CommentLink, LiveEvent, Mine, ModeratedDetail, Passage } from '../../web/shared/api-types.js';
import { quoting, startApp, threadPath, type App, type Person } from '../support/app.js';
import { recordStatements, rowsByIndex } from '../support/query-plans.js';
import { walk } from '../support/walk.js';

const TEXT = [
  'The ferry to Holm leaves the old pier at seven in the morning.',
  'Tickets are sold on board by the mate, who takes no cards.',
  'In winter the crossing takes an hour and ten minutes.',
].join('\n');
const SORTS = ['newest', 'oldest', 'top', 'active'] as const;
/** Where the ferry leaves, and what an editor makes of it. */
const PIER = 'leaves the old pier at seven in the morning';
const NEW_PIER = 'leaves the new pier at seven in the morning';
const UNKNOWN = '01a203d8-cae5-72ad-9e63-47c5712af953';

const INDEX: Record<string, string> = { all: 'roots', inline: 'inline', passage: 'passage' };
const COLUMN = { newest: 'created', oldest: 'created', top: 'top', active: 'active' };

/** Comments on the whole article but for a fifth of them: half of those on the one passage, half on another. */
async function seedRoots(app: App, key: string, passageId: string, count: number): Promise<void> {
  await app.pool.query(
    `WITH made AS (
       INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by, created_at, passage_id)
       SELECT made.id, c.site_id, c.thread_id, made.id, 0, c.reader_id, 'published', 'none',
              c.created_at - n * interval '1 minute', CASE n % 10 WHEN 0 THEN c.passage_id WHEN 1 THEN $4::uuid END
       FROM comments c JOIN threads t ON t.id = c.thread_id, LATERAL (SELECT n, uuidv7() AS id FROM generate_series(1, $3) n) made
       WHERE t.key = $1 AND c.passage_id = $2
       RETURNING *
     ), revised AS (
       INSERT INTO comment_revisions (comment_id, revision, site_id, body, html) SELECT id, 1, site_id, 'x', 'x' FROM made
     )
     INSERT INTO listed_comments (comment_id, site_id, thread_id, depth, created_at, published, active_at, top_score,
                                  passage_id)
     SELECT id, site_id, thread_id, 0, created_at, true, created_at + random() * interval '1 day', random(), passage_id
     FROM made`,
    [key, passageId, count, UNKNOWN],
  );
  await app.pool.query('ANALYZE');
}

/** What the read side makes of comments on passages. */
describe('reading inline feedback', () => {
  let app: App;
  let ada: Person;
  let ben: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post', maxDepth: 2, undoSeconds: 60 } });
    [ada, ben] = await Promise.all([app.guest('Ada'), app.guest('Ben')]);
  });
  afterAll(() => app.stop());

  const as = (person: Person, method = 'GET', body?: unknown) => ({ method, token: person.token, body });
  const publish = (key: string, text: string) => app.expect(200, threadPath(key), as(app.owner, 'PUT', { text }));
  const article = async (): Promise<string> => {
    const key = await app.thread();
    await publish(key, TEXT);
    return key;
  };
  const ask = (key: string, prompt: string, exact: string) =>
    app.expect<Passage>(201, `${threadPath(key)}/passages`, as(app.owner, 'POST', { prompt, anchor: quoting(exact) }));
  const eventsAfter = async (key: string, after = 0): Promise<LiveEvent[]> => {
    await app.settled();
    const query = { after };
    return (await app.expect<{ items: LiveEvent[] }>(200, `${threadPath(key)}/events`, { query })).items;
  };
  const passagesOf = async (key: string): Promise<Passage[]> => (await app.readThread(key)).passages;

  it('gives a comment the passage and its words wherever it is read', async () => {
    const key = await article();
    const root = await app.post(ada, key, 'Which one?', { anchor: quoting('the old pier') });
    const reply = await app.post(ben, key, 'The one in the east.', { parentId: root.id });
    const quoted = { passageId: root.passageId, quote: { exact: 'the old pier', state: 'anchored' } };
    expect(root.passageId).not.toBeNull();
    const edited = await app.expect(200, `/comments/${root.id}`, as(ada, 'PATCH', { body: 'Which one, please?' }));
    const mine = await app.expect<Mine>(200, `${threadPath(key)}/me`, as(ben));
    await app.settled();
    const { items } = await app.list(key);
    const { comment, ancestors } = await app.expect<CommentLink>(200, `/comments/${reply.id}`);
    const replies = await app.expect<{ items: unknown[] }>(200, `/comments/${root.id}/replies`);
    const detail = await app.expect<ModeratedDetail>(200, `/moderation/comments/${root.id}`, as(app.owner));
    const seen = [root, reply, edited, items[0], items[0]?.replies?.items[0], comment, ancestors[0], replies.items[0]];
    for (const one of [...seen, ...mine.comments, detail.comment]) expect(one).toMatchObject(quoted);
    const plain = await app.post(ada, key, 'Of the whole.');
    expect(plain).toMatchObject({ passageId: null });
    expect(plain).not.toHaveProperty('quote');
  });

  it('lists the comments on one passage, on any, or all, in every order, page by page', async () => {
    const key = await article();
    const pier = await app.post(ada, key, 'P0', { anchor: quoting('the old pier') });
    const mate = await app.post(ada, key, 'M0', { anchor: quoting('the mate') });
    for (let n = 1; n <= 6; n++) {
      const on = [{ passageId: pier.passageId! }, {}, { passageId: mate.passageId! }][n % 3]!;
      const posted = await app.post(n % 2 === 0 ? ada : ben, key, `N${n}`, on);
      if (n < 4) await app.post(ben, key, `Reply ${n}`, { parentId: posted.id });
      if (n > 3) await app.expect(200, `/comments/${posted.id}/vote`, as(ada, 'PUT', { value: n === 5 ? -1 : 1 }));
    }
    await app.expect(200, `/moderation/comments/${mate.id}/pin`, as(app.owner, 'PUT', { pinned: true }));
    await app.decide(app.owner, 'reject', [await app.post(ben, key, 'Gone', { passageId: pier.passageId! })]);
    await app.settled();
    for (const sort of SORTS) {
      const all = await walk(app, key, { sort, limit: 2 });
      expect([all.total, all.shown.length]).toEqual([11, 11]);
      for (const passage of ['any', pier.passageId!, mate.passageId!, mate.passageId!.toUpperCase()]) {
        const filtered = await walk(app, key, { sort, limit: 2, passage });
        const expected = all.shown.filter((one) => {
          const on = (one as { passageId?: string | null }).passageId ?? null;
          return on !== null && (passage === 'any' || on === passage.toLowerCase());
        });
        expect([sort, passage, filtered.shown]).toEqual([sort, passage, expected]);
        expect(filtered.total).toBe(expected.length);
      }
    }
    expect((await app.list(key, { passage: mate.passageId! })).items[0]).toMatchObject({ id: mate.id, pinned: true });
    expect((await app.list(key, { passage: pier.passageId! })).items.map(({ id }) => id)).not.toContain(mate.id);
  });

  it('refuses a cursor of another filter, and finds nothing on a passage of elsewhere', async () => {
    const key = await article();
    const other = await article();
    const { passageId } = await app.post(ada, key, 'One', { anchor: quoting('the old pier') });
    for (const body of ['Two', 'Three']) await app.post(ada, key, body, { passageId: passageId! });
    await app.settled();
    const cursors = await Promise.all(
      [undefined, 'any', passageId!].map(async (passage) => (await app.list(key, { passage, limit: 1 })).nextCursor!),
    );
    for (const [n, cursor] of cursors.entries()) {
      for (const [m, passage] of [undefined, 'any', passageId!].entries()) {
        const { status } = await app.call(`${threadPath(key)}/comments`, { query: { cursor, passage } });
        expect([n, m, status]).toEqual([n, m, n === m ? 200 : 400]);
      }
    }
    for (const [thread, passage] of [
      [other, passageId!],
      [key, UNKNOWN],
    ] as const) {
      expect(await app.list(thread, { passage })).toMatchObject({ items: [], nextCursor: null, total: 0 });
    }
    for (const passage of ['', 'all', 'any,any', `${passageId}x`, ['any', 'any']]) {
      const { status } = await app.call(`${threadPath(key)}/comments`, { query: { passage } });
      expect([passage, status]).toEqual([passage, 400]);
    }
  });

  it('tells open pages of passages that appear, change and vanish, and how much hangs on them', async () => {
    const key = await article();
    const question = await ask(key, 'Do you travel in winter?', 'In winter');
    const root = await app.post(ada, key, 'Which one?', { anchor: quoting(PIER) });
    const id = root.passageId!;
    const reply = await app.post(ben, key, 'The one in the east.', { parentId: root.id });
    const told = await eventsAfter(key);
    expect(told.map(({ type, commentId, passageId }) => [type, commentId ?? passageId])).toEqual([
      ['thread.changed', undefined],
      ['passage.changed', question.id],
      ['passage.changed', id],
      ['comment.published', root.id],
      ['comment.published', reply.id],
    ]);
    expect(told[1]?.passage).toEqual(question);
    expect(told[2]).toMatchObject({
      passage: { id, quote: root.quote, commentCount: 2 },
      counts: { passages: { [id]: 2 } },
    });
    expect(told[4]).toMatchObject({ comment: { quote: root.quote }, counts: { total: 2, passages: { [id]: 2 } } });
    expect(await passagesOf(key)).toEqual([told[2]?.passage, question]);

    await publish(key, TEXT.replace(PIER, NEW_PIER));
    await app.expect(200, `${threadPath(key)}/passages/${question.id}`, as(app.owner, 'PATCH', { open: false }));
    const changed = await eventsAfter(key, 5);
    expect(changed.map(({ type, passageId }) => [type, passageId])).toEqual([
      ['thread.changed', undefined],
      ['passage.changed', id],
      ['passage.changed', question.id],
    ]);
    expect(changed[1]?.passage?.quote).toMatchObject({ exact: NEW_PIER, state: 'fuzzy', original: PIER });
    expect(changed[2]?.passage).toMatchObject({ open: false, anchor: { revision: 2 } });
    expect((await app.list(key)).items[0]).toMatchObject({ quote: changed[1]?.passage?.quote });

    await app.decide(app.owner, 'reject', [root, reply]);
    const gone = await eventsAfter(key, 8);
    const last = gone.at(-1);
    expect([last?.type, last?.passageId, last?.passage, last?.counts?.passages]).toEqual([
      'passage.changed',
      id,
      undefined,
      { [id]: 0 },
    ]);
    expect((await passagesOf(key)).map((passage) => passage.id)).toEqual([question.id]);
    // What happened while it showed is told as it is now.
    expect((await eventsAfter(key)).filter((event) => event.passageId === id && event.passage)).toEqual([]);
    await app.decide(app.owner, 'restore', [{ id: reply.id, revision: 1 }]);
    const [back] = await eventsAfter(key, last!.seq);
    expect(back).toMatchObject({ type: 'passage.changed', passageId: id, passage: { commentCount: 1 } });
  });

  it('keeps what hangs on a passage of held comments to staff', async () => {
    const key = await article();
    await app.thread({ moderationMode: 'pre' }, key);
    const held = await app.post(ada, key, 'Held', { anchor: quoting('the old pier') });
    await app.settled();
    expect(held).toMatchObject({ status: 'pending', quote: { exact: 'the old pier' } });
    expect(await passagesOf(key)).toEqual([]);
    expect((await eventsAfter(key)).map(({ type }) => type)).toEqual(['thread.changed', 'thread.changed']);
    expect(await app.list(key, { passage: held.passageId! })).toMatchObject({ items: [], total: 0 });
    const queue = await app.expect<{ items: { comment: { id: string; quote?: object } }[] }>(
      200,
      '/moderation/queues/pending/items?site=demo&sort=newest',
      as(app.owner),
    );
    expect(queue.items.find(({ comment }) => comment.id === held.id)?.comment).toMatchObject({
      passageId: held.passageId,
      quote: held.quote,
    });
  });

  it('shows moderators the passage in its context, and where it stood in each text', async () => {
    const key = await article();
    const root = await app.post(ada, key, 'No cards?', { anchor: quoting('who takes no cards') });
    await app.settled();
    const passage = async () => {
      const detail = await app.expect<ModeratedDetail>(200, `/moderation/comments/${root.id}`, as(app.owner));
      return detail.passage!;
    };
    const before =
      'The ferry to Holm leaves the old pier at seven in the morning.\nTickets are sold on board by the mate, ';
    const after = '.\nIn winter the crossing takes an hour and ten minutes.';
    expect(await passage()).toMatchObject({
      id: root.passageId,
      kind: 'selection',
      commentCount: 1,
      context: { exact: 'who takes no cards', prefix: before, suffix: after },
      places: [{ revision: 1, state: 'anchored', score: 1, exact: 'who takes no cards' }],
    });
    await publish(key, `${'An opening of some length. '.repeat(20)}\n${TEXT.replace('no cards', 'all cards')}`);
    await publish(key, 'Another article altogether, about bees and honey.');
    const now = await passage();
    expect(now.places.map(({ revision, state, exact }) => [revision, state, exact])).toEqual([
      [3, 'orphaned', null],
      [2, 'fuzzy', 'who takes all cards'],
      [1, 'anchored', 'who takes no cards'],
    ]);
    expect(now.quote).toEqual({ exact: 'who takes all cards', state: 'orphaned', original: 'who takes no cards' });
    expect(now.anchor.revision).toBe(2);
    expect(now.context.exact).toBe('who takes all cards');
    expect(now.context.prefix.length).toBe(200);
    expect(now.places.every(({ at }) => !Number.isNaN(Date.parse(at)))).toBe(true);
    expect(now).not.toHaveProperty('suggestion');
    const { passage: none } = await app.expect<ModeratedDetail>(
      200,
      `/moderation/comments/${(await app.post(ada, key, 'Of the whole.')).id}`,
      as(app.owner),
    );
    expect(none).toBeNull();
  });

  it('shows moderators where an orphan perhaps stands now, as an anchor to confirm', async () => {
    const key = await article();
    const sentence = 'Tickets are sold on board by the mate, who takes no cards.';
    const root = await app.post(ada, key, 'No cards?', { anchor: quoting(sentence) });
    await publish(
      key,
      TEXT.replace(sentence, 'Passengers queue at a kiosk for them; on board by the mate are maps and coffee.'),
    );
    const read = async () =>
      (await app.expect<ModeratedDetail>(200, `/moderation/comments/${root.id}`, as(app.owner))).passage!;
    const { quote, suggestion } = await read();
    expect(quote.state).toBe('orphaned');
    expect(suggestion?.anchor.revision).toBe(2);
    expect(suggestion?.context.exact).toContain('on board by the mate');
    expect(suggestion?.context.prefix).toContain('old pier');
    expect(suggestion?.score).toBeLessThan(0.5);
    const place = `${threadPath(key)}/passages/${root.passageId}`;
    // The passage by itself says the same: a question may have no comment to find it by.
    expect(await app.expect(200, place, as(app.owner))).toEqual(await read());
    await app.site('elsewhere', { name: 'Elsewhere' });
    const outsider = await app.staff('admin', 'elsewhere');
    const strangers = [await app.call(place), await app.call(place, as(ada)), await app.call(place, as(outsider))];
    expect(strangers.map(({ status }) => status)).toEqual([401, 401, 404]);
    const elsewhere = `${threadPath(await article())}/passages/${root.passageId}`;
    expect((await app.call(elsewhere, as(app.owner))).status).toBe(404);
    await app.expect(200, place, as(app.owner, 'PATCH', { anchor: suggestion?.anchor }));
    expect(await read()).toMatchObject({
      state: 'fuzzy',
      quote: { exact: suggestion?.context.exact, original: sentence },
    });
  });

  it('quotes passages on the plain page and in the feed, and says what became of them', async () => {
    const key = await article();
    await ask(key, 'Do you <b>travel</b> in winter?', 'In winter');
    const root = await app.post(ada, key, 'Which one?', { anchor: quoting(PIER) });
    await app.post(ben, key, 'The one in the east.', { parentId: root.id });
    await app.settled();
    const page = async (suffix = '') => (await app.page(`/t/demo/${key}${suffix}`)).text;
    const html = await page();
    expect(html).toContain('<p class="prompt" dir="auto">Do you &lt;b&gt;travel&lt;/b&gt; in winter?</p>');
    expect(
      html.match(/<blockquote class="passage" dir="auto">leaves the old pier at seven in the morning<\/blockquote>/g),
    ).toHaveLength(1);
    expect(html).not.toContain('The article changed');
    await publish(key, TEXT.replace(PIER, NEW_PIER));
    await app.settled();
    expect(await page()).toContain(`The article changed since. Marked was: <q dir="auto">${PIER}</q>`);
    await publish(key, 'Another article altogether, about bees and honey.');
    await app.settled();
    expect(await page()).toContain('these words are no longer in the article');
    expect((await page('.atom')).match(/&lt;blockquote class=&quot;passage&quot;/g)).toHaveLength(2);
  });

  it('reads a page through the index of its filter and order, and no more than the page', async () => {
    const key = await article();
    const { passageId } = await app.post(ada, key, 'One', { anchor: quoting('the mate') });
    await app.settled();
    await seedRoots(app, key, passageId!, 20_000);
    const { used, stop } = recordStatements();
    try {
      for (const [filter, passage] of Object.entries({ all: undefined, inline: 'any', passage: passageId! })) {
        for (const sort of SORTS) {
          used.length = 0;
          const { nextCursor } = await app.list(key, { passage, sort, limit: 10 });
          const { items } = await app.list(key, { passage, sort, limit: 10, cursor: nextCursor! });
          expect(items).toHaveLength(10);
          const pages = used.filter(({ name }) => name === `listing.${filter}.${sort}`);
          expect(pages).toHaveLength(2);
          for (const page of pages) {
            for (const plan of ['force_generic_plan', 'force_custom_plan'] as const) {
              const rows = await rowsByIndex(app.pool, page, plan, 'listed_comments');
              const index = `listed_${INDEX[filter]}_${COLUMN[sort]}`;
              expect([filter, sort, plan, rows]).toEqual([filter, sort, plan, { [index]: 11, listed_replies: 0 }]);
            }
          }
        }
      }
    } finally {
      stop();
    }
  });

  it('ends in the same state where facts are folded twice, late, or say nothing', async () => {
    const key = await article();
    const root = await app.post(ada, key, 'Which one?', { anchor: quoting('the old pier') });
    await app.settled();
    const { seq } = await app.readThread(key);
    await app.pool.query(
      `INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status, data)
       SELECT c.site_id, c.thread_id, f.subject, f.topic, f.from_status, f.to_status, f.data
       FROM comments c, LATERAL (VALUES
         (c.id, 'comment.posted', 'none', 'published', NULL::jsonb),
         (c.id, 'comment.decided', 'published', 'published', NULL),
         (c.thread_id, 'article.revised', NULL, NULL, jsonb_build_object('revision', 1, 'changed', NULL::text)),
         (c.thread_id, 'article.revised', NULL, NULL, jsonb_build_object('changed', jsonb_build_array(c.passage_id, $2::text))),
         ($2::uuid, 'passage.changed', NULL, NULL, NULL)
       ) AS f(subject, topic, from_status, to_status, data) WHERE c.id = $1`,
      [root.id, UNKNOWN],
    );
    const told = await eventsAfter(key, seq);
    expect(told.map(({ type, passageId }) => [type, passageId])).toEqual([
      ['thread.changed', undefined],
      ['thread.changed', undefined],
      ['passage.changed', root.passageId],
    ]);
    expect(await passagesOf(key)).toMatchObject([{ id: root.passageId, commentCount: 1 }]);
    expect(await app.list(key, { passage: 'any' })).toMatchObject({ total: 1 });
  });

  it('counts on passages what the tables say, whatever becomes of comments and nesting', async () => {
    const anchors = [quoting('the old pier'), quoting('the mate')];
    const step = fc.record({
      what: fc.constantFrom('post', 'post', 'reply', 'reply', 'reject', 'restore', 'delete', 'nest'),
      which: fc.nat(100),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 20 }), async (steps) => {
        const key = await article();
        const comments = [
          await app.post(ada, key, 'First', { anchor: anchors[0]! }),
          await app.post(ben, key, 'Second', { anchor: anchors[1]! }),
        ];
        for (const { what, which } of steps) {
          const one = comments[which % comments.length]!;
          if (what === 'post') comments.push(await app.post(ada, key, 'More', { anchor: anchors[which % 2]! }));
          else if (what === 'reply') {
            const body = { body: 'Reply', parentId: one.id };
            const answer = await app.call<typeof one>(`${threadPath(key)}/comments`, as(ada, 'POST', body));
            if (answer.status === 201) comments.push(answer.body);
          } else if (what === 'delete') await app.call(`/comments/${one.id}`, as(which % 2 ? ada : ben, 'DELETE'));
          else if (what === 'nest') await app.settings({ maxDepth: 1 + (which % 4) });
          else await app.decide(app.owner, what, [{ id: one.id, revision: 1 }]);
          if (which % 3 === 0) await app.settled();
        }
        await app.settled();
        const { rows } = await app.pool.query<{ id: string; counted: number; is: number; inline: number }>(
          `SELECT p.id, coalesce(lp.comment_count, 0) AS counted, h.inline_count AS inline,
                  (SELECT count(*)::int FROM comments c WHERE c.passage_id = p.id AND c.status = 'published') AS is
           FROM passages p JOIN threads t ON t.id = p.thread_id JOIN thread_heads h ON h.thread_id = t.id
           LEFT JOIN listed_passages lp ON lp.passage_id = p.id WHERE t.key = $1`,
          [key],
        );
        expect(rows).toHaveLength(2);
        expect(rows.map(({ counted }) => counted)).toEqual(rows.map(({ is }) => is));
        expect(rows[0]!.inline).toBe(rows.reduce((sum, { is }) => sum + is, 0));
        for (const { id, is } of rows) {
          const list = await walk(app, key, { passage: id, limit: 3 });
          expect([list.total, list.shown.filter((one) => 'author' in one).length]).toEqual([is, is]);
        }
      }),
      { numRuns: 6, seed: 20_261_122 },
    );
    await app.settings({ maxDepth: 2 });
  });
});
