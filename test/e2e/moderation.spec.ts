import type { Comment, DecisionAnswer, CommentItem } from '../../web/shared/api-types.js';
import { startApp, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { until } from '../support/until.js';

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown as string;

interface Items {
  items: (CommentItem & { priority: number; claim: { by: { id: string; name: string }; until: string } | null })[];
  nextCursor: string | null;
}
interface Queues {
  items: { queue: string; open: number; claimed: number; oldestAgeSeconds: number | null }[];
}
interface LogPage {
  items: { action: string; actor: object; subject: { kind: string; id: string }; codes: Record<string, unknown> }[];
  nextCursor: string | null;
}

describe('the contract of staff', () => {
  let app: App;
  let ada: Person;
  let moderator: Person;
  let other: Person;
  let stranger: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { undoSeconds: 60, claimSeconds: 60 } });
    await app.site('elsewhere', { name: 'Elsewhere' });
    [ada, moderator, other, stranger] = await Promise.all([
      app.guest('Ada'),
      app.staff('moderator'),
      app.staff('moderator'),
      app.staff('admin', 'elsewhere'),
    ]);
  });

  afterAll(() => app.stop());

  const as = (by: Person, method = 'GET', body?: object) => ({ method, token: by.token, body });
  const refused = async (status: number, code: string, path: string, call: Parameters<App['call']>[1]) => {
    const answer = await app.call<ProblemBody>(path, call);
    expect([path, answer.status, answer.body?.code]).toEqual([path, status, code]);
    return answer.body;
  };
  const held = async (thread: string, count: number): Promise<Comment[]> => {
    const comments: Comment[] = [];
    for (let n = 0; n < count; n++) comments.push(await app.post(ada, thread, `Held ${n}`));
    await app.settled();
    return comments;
  };
  const items = (thread: string, query: Record<string, string | number | undefined> = {}, queue = 'pending') =>
    app.expect<Items>(200, `/moderation/queues/${queue}/items`, {
      ...as(moderator),
      query: { site: 'demo', thread, ...query },
    });
  const queues = async () => {
    const { items: all } = await app.expect<Queues>(200, '/moderation/queues?site=demo', as(moderator));
    return Object.fromEntries(all.map(({ queue, open, claimed }) => [queue, [open, claimed]]));
  };
  const claim = (by: Person, limit: number) =>
    app.expect<Items & { expiresAt: string | null }>(
      200,
      '/moderation/claims',
      as(by, 'POST', { queue: 'pending', site: 'demo', limit }),
    );
  const emptied = async () => {
    const { rows } = await app.pool.query<{ id: string; revision: number }>(
      `SELECT c.id, c.revision FROM queue_items q JOIN comments c ON c.id = q.comment_id WHERE q.queue = 'pending'`,
    );
    if (rows.length > 0) await app.pool.query('UPDATE queue_items SET claimed_by = NULL, claimed_until = NULL');
    if (rows.length > 0) await app.decide(app.owner, 'reject', rows);
    await app.settled();
  };

  describe('queues', () => {
    it('hold what waits, field by field, in pages by priority and time', async () => {
      await emptied();
      const before = await queues();
      const thread = await app.thread();
      const [plain] = await held(thread, 1);
      const linked = await app.post(
        ada,
        thread,
        '1 https://a.example https://b.example https://c.example https://d.example',
      );
      const late = await app.post(ada, thread, 'Late');
      await app.settled();
      const unread = 'SELECT count(*) FROM comment_words_waiting';
      await until(async () => (await app.count(unread)) === 0, 'all to be told the language of');
      const { items: all, nextCursor } = await items(thread);
      expect(nextCursor).toBeNull();
      expect(all.map((item) => item.comment.id)).toEqual([linked.id, plain?.id, late.id]);
      expect(all[0]).toEqual({
        id: expect.any(String),
        queue: 'pending',
        priority: expect.any(Number),
        priorityParts: { scores: expect.any(Number), reports: 0, notices: 0, reach: 0, age: expect.closeTo(0, 1) },
        reasons: [
          expect.objectContaining({ rule: 'links', score: expect.any(Number), evidence: expect.any(Array) }),
          expect.objectContaining({ rule: 'mode', score: 0 }),
        ],
        reports: [],
        reportCount: 0,
        reportReasons: {},
        notices: [],
        enteredAt: instant,
        claim: null,
        escalated: null,
        // Links and a number: no language to tell.
        language: 'und',
        appeal: null,
        comment: expect.objectContaining({
          id: linked.id,
          status: 'pending',
          body: expect.stringContaining('https://a.example'),
          thread: { key: thread, title: `Article ${thread}`, url: expect.any(String) },
        }),
      });
      expect(all[0]?.priority).toBeGreaterThan(all[1]?.priority ?? 1);
      for (const [sort, order] of [
        ['priority', [linked, plain, late]],
        ['oldest', [plain, linked, late]],
        ['newest', [late, linked, plain]],
      ] as const) {
        const seen: string[] = [];
        for (let cursor: string | null | undefined = undefined; cursor !== null;) {
          const page: Items = await items(thread, { sort, limit: 1, cursor });
          seen.push(...page.items.map((item) => item.comment.id));
          cursor = page.nextCursor;
        }
        expect(seen).toEqual(order.map((comment) => comment?.id));
      }
      expect((await items(thread, { reason: 'links' })).items).toHaveLength(1);
      expect(await queues()).toEqual({ ...before, pending: [3, 0], spam: [1, 0] });
      const { items: counts } = await app.expect<Queues>(200, '/moderation/queues?site=demo', as(moderator));
      expect(counts[0]).toEqual({ queue: 'pending', open: 3, claimed: 0, oldestAgeSeconds: expect.any(Number) });
    });

    it('name what is not there, and what is not yours', async () => {
      const path = (queue: string) => `/moderation/queues/${queue}/items?site=demo`;
      await refused(404, 'not-found', path('imaginary'), as(moderator));
      await refused(400, 'malformed-parameter', '/moderation/queues', as(moderator));
      await refused(400, 'malformed-parameter', `${path('pending')}&sort=random`, as(moderator));
      await refused(400, 'malformed-cursor', `${path('pending')}&cursor=x`, as(moderator));
      for (const bad of ['thread=%00', 'reason=%00'])
        await refused(400, 'malformed', `${path('pending')}&${bad}`, as(moderator));
      await refused(404, 'not-found', '/moderation/queues?site=%00', as(moderator));
      for (const route of [path('pending'), '/moderation/queues?site=demo']) {
        await refused(401, 'unauthenticated', route, {});
        await refused(401, 'unauthenticated', route, as(ada));
        await refused(404, 'not-found', route, as(stranger));
      }
    });

    it('take in what an edit brings back, and what appears without a look', async () => {
      const thread = await app.thread({ moderationMode: 'post' });
      const comment = await app.post(ada, thread, 'Appears at once');
      await app.settled();
      expect((await items(thread, {}, 'unmoderated')).items.map((item) => item.comment.id)).toEqual([comment.id]);
      // Settled by a person although nothing changes for readers.
      const { results } = await app.decide(moderator, 'approve', [comment]);
      expect(results).toEqual([{ commentId: comment.id, status: 'published', outcome: 'applied' }]);
      const again = await app.decide(other, 'approve', [comment]);
      expect(again.results[0]?.outcome).toBe('unchanged');
      await app.settled();
      expect((await items(thread, {}, 'unmoderated')).items).toEqual([]);
      await app.expect(200, `/comments/${comment.id}`, as(ada, 'PATCH', { body: 'Another text, at once' }));
      await app.settled();
      const [entered] = (await items(thread, {}, 'unmoderated')).items;
      expect(entered?.comment).toMatchObject({ id: comment.id, revision: 2, body: 'Another text, at once' });
      await app.expect(204, `/comments/${comment.id}`, as(ada, 'DELETE'));
      await app.settled();
      expect((await items(thread, {}, 'unmoderated')).items).toEqual([]);
    });
  });

  describe('claims', () => {
    it('give each item to one person, until decided, released, skipped or run out', async () => {
      await emptied();
      const thread = await app.thread();
      const comments = await held(thread, 6);
      const mine = await claim(moderator, 2);
      const theirs = await claim(other, 3);
      const ids = (answer: Items) => answer.items.map((item) => item.comment.id);
      expect(ids(mine)).toEqual([comments[0]?.id, comments[1]?.id]);
      expect(ids(theirs)).toEqual([comments[2]?.id, comments[3]?.id, comments[4]?.id]);
      expect(mine.expiresAt).toEqual(instant);
      expect(mine.items[0]?.claim).toEqual({ by: { id: moderator.id, name: moderator.name }, until: instant });
      expect(await queues()).toMatchObject({ pending: [6, 5] });
      // What I hold comes first.
      expect(ids(await claim(moderator, 3))).toEqual([comments[0]?.id, comments[1]?.id, comments[5]?.id]);

      const [first, second, third] = (await claim(moderator, 3)).items;
      const path = (item: { id: string } | undefined) => `/moderation/claims/${item?.id}`;
      await refused(409, 'claim-lost', path(first), as(other, 'PUT'));
      await refused(409, 'claim-lost', path(first), as(other, 'DELETE'));
      await refused(404, 'not-found', path(first), as(stranger, 'PUT'));
      await refused(404, 'not-found', path(first), as(stranger, 'DELETE'));
      await refused(404, 'not-found', `${path(first)}/skip`, as(stranger, 'POST'));
      await refused(401, 'unauthenticated', path(first), as(ada, 'PUT'));
      expect(await app.expect(200, path(first), as(moderator, 'PUT'))).toMatchObject({
        claim: { by: { id: moderator.id } },
      });
      await app.expect(204, path(first), as(moderator, 'DELETE'));
      await refused(409, 'claim-lost', path(first), as(moderator, 'DELETE'));
      await app.expect(204, `${path(second)}/skip`, as(moderator, 'POST'));
      expect(ids(await claim(moderator, 5))).toEqual([comments[0]?.id, comments[5]?.id]);
      expect(ids(await claim(other, 4))).toContain(comments[1]?.id);

      await app.pool.query(`UPDATE queue_items SET claimed_until = clock_timestamp() - interval '1 ms' WHERE id = $1`, [
        third?.id,
      ]);
      await refused(409, 'claim-lost', path(third), as(moderator, 'PUT'));
      expect(ids(await claim(other, 6))).toContain(comments[5]?.id);
      await refused(404, 'not-found', '/moderation/claims/01a203d8-cae5-72ad-9e63-47c5712af953', as(moderator, 'PUT'));
      await refused(422, 'validation', '/moderation/claims', as(moderator, 'POST', { queue: 'none', limit: 1 }));
      expect(
        (await app.expect<Items>(200, '/moderation/claims', as(stranger, 'POST', { queue: 'pending', limit: 9 })))
          .items,
      ).toEqual([]);
    });

    it('keep others from deciding, and end by the decision', async () => {
      await emptied();
      const thread = await app.thread();
      const [comment] = await held(thread, 1);
      await claim(moderator, 1);
      const { results } = await app.decide(other, 'approve', [comment as Comment]);
      const current = { status: 'pending', revision: 1, decidedBy: 'none' };
      expect(results).toEqual([{ commentId: comment?.id, status: 'pending', outcome: 'conflict', current }]);
      expect((await app.decide(moderator, 'approve', [comment as Comment])).results[0]?.outcome).toBe('applied');
      expect(await queues()).toMatchObject({ pending: [0, 0] });
    });
  });

  describe('decisions', () => {
    it('come one by one with their outcome', async () => {
      const thread = await app.thread();
      const [fresh, edited, judged, rejected, gone] = await held(thread, 5);
      await app.expect(200, `/comments/${edited?.id}`, as(ada, 'PATCH', { body: 'Edited since' }));
      await app.decide(moderator, 'approve', [judged as Comment]);
      await app.decide(moderator, 'reject', [rejected as Comment]);
      await app.expect(204, `/comments/${gone?.id}`, as(ada, 'DELETE'));
      await app.thread({}, 'of-another');
      const nobody = '01a203d8-cae5-72ad-9e63-47c5712af953';
      const decide = (by: Person, body: object, headers = {}) =>
        app.call<DecisionAnswer & ProblemBody>('/moderation/decisions', { ...as(by, 'POST', body), headers });
      const body = {
        action: 'approve',
        items: [
          { commentId: fresh?.id, revision: 1, status: 'pending' },
          { commentId: edited?.id, revision: 1 },
          { commentId: judged?.id, revision: 1 },
          { commentId: judged?.id.toUpperCase(), revision: 1 },
          { commentId: rejected?.id, revision: 1 },
          { commentId: gone?.id, revision: 1 },
          { commentId: nobody, revision: 1 },
        ].filter((_, n) => n !== 3),
      };
      const answer = await decide(moderator, body);
      expect(answer.status).toBe(200);
      expect(answer.body.results).toEqual([
        { commentId: fresh?.id, status: 'published', outcome: 'applied' },
        {
          commentId: edited?.id,
          status: 'pending',
          outcome: 'conflict',
          current: { status: 'pending', revision: 2, decidedBy: 'none' },
        },
        { commentId: judged?.id, status: 'published', outcome: 'unchanged' },
        {
          commentId: rejected?.id,
          status: 'rejected',
          outcome: 'conflict',
          current: { status: 'rejected', revision: 1, decidedBy: 'human' },
        },
        {
          commentId: gone?.id,
          status: 'deleted',
          outcome: 'conflict',
          current: { status: 'deleted', revision: 1, decidedBy: 'none' },
        },
        { commentId: nobody, status: null, outcome: 'not-found' },
      ]);
      const none = await decide(stranger, body);
      expect(none.body.results.map((result) => result.outcome)).toEqual(body.items.map(() => 'not-found'));
      expect((await decide(moderator, { ...body, action: 'restore' })).body.results.map((one) => one.outcome)).toEqual([
        'conflict',
        'conflict',
        'conflict',
        'applied',
        'conflict',
        'not-found',
      ]);
    });

    it('are validated', async () => {
      const item = { commentId: '01a203d8-cae5-72ad-9e63-47c5712af953', revision: 1 };
      for (const [body, pointer] of [
        [{ items: [item], action: 'delete' }, '/action'],
        [{ items: [item], action: 'approve', reportVerdict: 'open' }, '/reportVerdict'],
        [{ items: [], action: 'approve' }, '/items'],
        [{ items: [item, item], action: 'approve' }, '/items'],
        [{ items: [{ ...item, revision: 0 }], action: 'approve' }, '/items/0/revision'],
        [{ items: [{ ...item, commentId: 'x' }], action: 'approve' }, '/items/0/commentId'],
        [{ items: [null], action: 'approve' }, '/items/0'],
        [{ items: ['x'], action: 'approve' }, '/items/0'],
        [{ items: [item], action: 'reject', reason: 'none of these' }, '/reason'],
      ] as const) {
        const problem = await refused(422, 'validation', '/moderation/decisions', as(moderator, 'POST', body));
        expect(problem.errors?.map((error) => error.pointer)).toContainEqual(expect.stringMatching(`^${pointer}`));
      }
      const comment = await app.post(ada, await app.thread(), 'x');
      const nul = { items: [{ commentId: comment.id, revision: 1 }], action: 'reject', note: 'a\0b' };
      await refused(400, 'malformed', '/moderation/decisions', as(moderator, 'POST', nul));
      await refused(
        401,
        'unauthenticated',
        '/moderation/decisions',
        as(ada, 'POST', { items: [item], action: 'approve' }),
      );
    });

    it('answer the same to the same Idempotency-Key', async () => {
      const [comment] = await held(await app.thread(), 1);
      const body = { items: [{ commentId: comment?.id, revision: 1 }], action: 'approve' };
      const send = (by: Person, sent: object) =>
        app.call<DecisionAnswer & ProblemBody>('/moderation/decisions', {
          ...as(by, 'POST', sent),
          headers: { 'idempotency-key': 'batch-1' },
        });
      const first = await send(moderator, body);
      expect((await send(moderator, body)).body).toEqual(first.body);
      expect(await send(moderator, { ...body, action: 'reject' })).toMatchObject({
        status: 422,
        body: { code: 'idempotency-key-reused' },
      });
      expect((await send(other, body)).body.results[0]?.outcome).toBe('unchanged');
    });

    it('take a thousand at once', async () => {
      const thread = await app.thread();
      await Promise.all(Array.from({ length: 20 }, () => held(thread, 50)));
      const { rows } = await app.pool.query<{ id: string; revision: number }>(
        'SELECT c.id, c.revision FROM comments c JOIN threads t ON t.id = c.thread_id WHERE t.key = $1',
        [thread],
      );
      const { results } = await app.decide(moderator, 'approve', rows);
      expect(results.filter((result) => result.outcome === 'applied')).toHaveLength(1_000);
      await app.settled();
      expect((await app.readThread(thread)).commentCount).toBe(1_000);
    });

    it('are undone within their time by who took them, but for what was touched since', async () => {
      const thread = await app.thread();
      const [kept, moved, edited] = (await held(thread, 3)) as [Comment, Comment, Comment];
      const { batchId } = await app.decide(moderator, 'approve', [kept, moved, edited]);
      await app.decide(other, 'spam', [{ ...moved, status: 'published' }]);
      await app.expect(200, `/comments/${edited.id}`, as(ada, 'PATCH', { body: 'Edited' }));
      const path = `/moderation/decisions/${batchId}/undo`;
      await refused(404, 'not-found', path, as(other, 'POST'));
      await refused(404, 'not-found', path, as(stranger, 'POST'));
      const undone = await app.expect<DecisionAnswer>(200, path, as(moderator, 'POST'));
      const outcomes = Object.fromEntries(
        undone.results.map(({ commentId, outcome, status }) => [commentId, [outcome, status]]),
      );
      expect(outcomes).toEqual({
        [kept.id]: ['applied', 'pending'],
        [moved.id]: ['conflict', 'spam'],
        [edited.id]: ['conflict', 'pending'],
      });
      expect(await app.expect(200, path, as(moderator, 'POST'))).toEqual(undone);
      await app.settled();
      expect((await items(thread)).items.map((item) => item.comment.id).sort()).toEqual([kept.id, edited.id].sort());
      await refused(404, 'not-found', `/moderation/decisions/${undone.batchId}/undo`, as(moderator, 'POST'));

      await app.settings({ undoSeconds: 0 });
      const late = await app.decide(moderator, 'approve', [kept]);
      await refused(409, 'undo-over', `/moderation/decisions/${late.batchId}/undo`, as(moderator, 'POST'));
      await app.settings({ undoSeconds: 60 });
    });
  });

  it('shows all of a comment to its moderators, and keeps a log that nobody can change', async () => {
    const thread = await app.thread();
    const [comment] = (await held(thread, 1)) as [Comment];
    const more = { reason: 'abuse', explanation: 'Please stay civil.', note: 'Third time' };
    const { batchId } = await app.decide(moderator, 'reject', [comment], more);
    const path = `/moderation/comments/${comment.id}`;
    expect(await app.expect(200, path, as(other))).toMatchObject({
      comment: { id: comment.id, status: 'rejected', body: 'Held 0', thread: { key: thread } },
      ancestors: [],
      revisions: [{ revision: 1, body: 'Held 0', createdAt: instant }],
      screening: [{ rule: 'mode' }],
      reports: [],
      decisions: [
        { batchId, at: instant, action: 'reject', from: 'pending', to: 'rejected', by: { id: moderator.id }, ...more },
      ],
      author: { id: ada.id, name: 'Ada', record: { rejected: expect.any(Number) } },
    });
    await refused(404, 'not-found', path, as(stranger));
    await refused(401, 'unauthenticated', path, as(ada));
    await refused(404, 'not-found', '/moderation/comments/01a203d8-cae5-72ad-9e63-47c5712af953', as(moderator));

    const log = await app.expect<LogPage>(200, '/moderation/log?site=demo&limit=1', as(moderator));
    expect(log.items).toEqual([
      {
        id: expect.any(String),
        site: 'demo',
        at: instant,
        actor: { kind: 'staff', id: moderator.id, name: moderator.name },
        action: 'comment.rejected',
        subject: { kind: 'comment', id: comment.id },
        codes: expect.objectContaining({ batchId, revision: 1, from: 'pending', to: 'rejected', reason: 'abuse' }),
      },
    ]);
    const next = await app.expect<LogPage>(200, `/moderation/log?site=demo&cursor=${log.nextCursor}`, as(moderator));
    expect(next.items[0]).toMatchObject({ action: 'thread.created' });
    const text = JSON.stringify([log, next]);
    for (const words of ['Held', 'civil', 'Third time']) expect(text).not.toContain(words);
    await refused(404, 'not-found', '/moderation/log?site=demo', as(stranger));
    await refused(401, 'unauthenticated', '/moderation/log', {});
    for (const table of ['log_entries', 'decisions']) {
      for (const sql of [`UPDATE ${table} SET site_id = site_id`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        await expect(app.pool.query(sql)).rejects.toThrow('append-only');
      }
    }
  });

  it('pins and unpins for those who may', async () => {
    const thread = await app.thread({ moderationMode: 'post' });
    const comment = await app.post(ada, thread, 'Worth reading');
    await app.settled();
    const path = `/moderation/comments/${comment.id}/pin`;
    expect(await app.expect(200, path, as(moderator, 'PUT', { pinned: true }))).toMatchObject({
      id: comment.id,
      pinned: true,
    });
    await app.settled();
    expect((await app.list(thread)).items[0]).toMatchObject({ pinned: true });
    await refused(422, 'validation', path, as(moderator, 'PUT', {}));
    await refused(404, 'not-found', path, as(stranger, 'PUT', { pinned: false }));
    await refused(401, 'unauthenticated', path, as(ada, 'PUT', { pinned: false }));
  });

  it('pins three of a thread at most, however many ask at once', async () => {
    const thread = await app.thread({ moderationMode: 'post' });
    const comments = await Promise.all(Array.from({ length: 8 }, (_, n) => app.post(ada, thread, `Pin ${n}`)));
    const answers = await Promise.all(
      comments.map(({ id }) => app.call(`/moderation/comments/${id}/pin`, as(moderator, 'PUT', { pinned: true }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409, 409, 409, 409, 409]);
    await app.settled();
    const { items } = await app.list(thread);
    expect(items.map((item) => 'pinned' in item && item.pinned)).toEqual([
      ...Array(3).fill(true),
      ...Array(5).fill(false),
    ]);
  });

  it('tells apart what is not mine and what my role may not', async () => {
    const admin = await app.staff('admin');
    const change = { title: 'By staff' };
    const thread = await app.thread();
    for (const [path, method, body, allowed] of [
      [threadPath(thread), 'PUT', change, admin],
      ['/sites/demo', 'PUT', { name: 'Postil demo' }, app.owner],
      [
        '/staff',
        'POST',
        { email: 'x@example.org', password: 'long enough password', displayName: 'X', site: 'demo', role: 'moderator' },
        undefined,
      ],
    ] as const) {
      await refused(401, 'unauthenticated', path, { method, body });
      await refused(401, 'unauthenticated', path, as(ada, method, body));
      if (path !== '/staff') {
        await refused(404, 'not-found', path, as(stranger, method, body));
        await refused(403, 'forbidden', path, as(moderator, method, body));
      }
      if (allowed) await app.expect(200, path, as(allowed, method, body));
    }
    await refused(403, 'forbidden', '/sites/demo', as(admin, 'PUT', { name: 'No' }));
    const saved = await app.expect(200, threadPath(thread), as(admin, 'PUT', { state: 'closed' }));
    expect(saved).toMatchObject({
      thread: { key: thread, state: 'closed', title: 'By staff' },
      revision: null,
      passages: { anchored: 0, moved: 0, fuzzy: 0, orphaned: 0 },
    });
    await refused(422, 'validation', threadPath('brand-new'), as(admin, 'PUT', { state: 'open' }));
    const found = await app.expect<{ items: { key: string }[] }>(200, `/sites/demo/threads?q=${thread}`, as(moderator));
    expect(found.items.map((one) => one.key)).toContain(thread);
    await refused(400, 'malformed', '/sites/demo/threads?q=%00', as(moderator));
    await refused(401, 'unauthenticated', '/sites/demo/threads', {});
    await refused(404, 'not-found', '/sites/demo/threads', as(stranger));
  });
});
