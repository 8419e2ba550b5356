import { Signals } from '../../src/platform/stream/signals.js';
import type { Comment, DecisionAnswer, CommentItem } from '../../web/shared/api-types.js';
import { startTwoNodes, threadPath, type App, type Person } from '../support/app.js';
import { until } from '../support/until.js';
import { walk } from '../support/walk.js';

const WRITERS = 32;
const COMMENTS_EACH = 8;
const MODERATORS = 8;
const ITEMS = 500;

/** Many at once on two nodes and one database. */
describe('many at once', () => {
  let nodes: [App, App];
  let app: App;

  beforeAll(async () => {
    nodes = await startTwoNodes({ settings: { editWindowSeconds: 600, undoSeconds: 60 } });
    app = nodes[0];
  });

  afterAll(async () => {
    await nodes[1].stop();
    await nodes[0].stop();
  });

  const node = (n: number): App => nodes[n % 2] as App;
  const deadlocks = () =>
    app.count('SELECT deadlocks AS count FROM pg_stat_database WHERE datname = current_database()');

  it('takes the comments, replies, edits and votes of 32 writers of one thread without a deadlock or a loss', async () => {
    const thread = await app.thread({ moderationMode: 'post' });
    const root = await app.post(await app.guest('Root'), thread, 'Begin here.');
    const before = await deadlocks();
    const posted = await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        const by = await node(writer).guest(`Writer ${writer}`);
        const mine: Comment[] = [];
        for (let n = 0; n < COMMENTS_EACH; n++) {
          const parentId = n % 2 === 0 ? root.id : mine.at(-1)?.id;
          mine.push(await node(writer + n).post(by, thread, `${writer} says ${n}`, { parentId }));
          const vote = { method: 'PUT', token: by.token, body: { value: 1 } };
          await node(n).expect(200, `/comments/${root.id}/vote`, vote);
        }
        const first = mine[0] as Comment;
        const edit = { method: 'PATCH', token: by.token, body: { body: `${writer} said it better` } };
        await node(writer).expect(200, `/comments/${first.id}`, edit);
        return mine;
      }),
    );
    await app.settled();
    const all = [root, ...posted.flat()].map((comment) => comment.id);
    const { shown, total } = await walk(app, thread, { limit: 100 });
    expect(shown.map((comment) => comment.id).sort()).toEqual(all.sort());
    expect(total).toBe(1 + WRITERS * COMMENTS_EACH);
    expect(shown.find((comment) => comment.id === root.id)).toMatchObject({ votes: { up: WRITERS, down: 0 } });
    const { rows } = await app.pool.query<{ seqs: string; last: string; head: string }>(
      `SELECT count(DISTINCT e.seq) AS seqs, max(e.seq) AS last, min(h.seq) AS head FROM thread_events e
       JOIN thread_heads h USING (thread_id) JOIN threads t ON t.id = h.thread_id WHERE t.key = $1`,
      [thread],
    );
    expect(rows[0]?.seqs).toBe(rows[0]?.last);
    expect(rows[0]?.head).toBe(rows[0]?.last);
    expect((await deadlocks()) - before).toBe(0);
  });

  it('lets 8 moderators claim and decide 500 items, each held by one and decided once', async () => {
    const thread = await app.thread();
    const by = await app.guest();
    await Promise.all(
      Array.from({ length: 10 }, async (_, lane) => {
        for (let n = 0; n < ITEMS / 10; n++) await node(lane).post(by, thread, `Item ${lane}.${n}`);
      }),
    );
    await app.settled();
    const moderators = await Promise.all(Array.from({ length: MODERATORS }, () => app.staff('moderator')));
    const heldBy = new Map<string, Person>();
    const outcomes: string[] = [];
    const handledTwice: string[] = [];
    await Promise.all(
      moderators.map(async (moderator, n) => {
        for (;;) {
          const claim = { method: 'POST', token: moderator.token, body: { queue: 'pending', site: 'demo', limit: 7 } };
          const { items } = await node(n).expect<{ items: CommentItem[] }>(200, '/moderation/claims', claim);
          if (items.length === 0) return;
          for (const { id } of items) {
            const holder = heldBy.get(id);
            if (holder && holder !== moderator) handledTwice.push(id);
            heldBy.set(id, moderator);
          }
          const action = n % 2 === 0 ? 'approve' : 'reject';
          const answer = await node(n + 1).decide(
            moderator,
            action,
            items.map((item) => item.comment),
          );
          outcomes.push(...answer.results.map((result) => result.outcome));
        }
      }),
    );
    expect(handledTwice).toEqual([]);
    expect(outcomes).toEqual(Array.from({ length: ITEMS }, () => 'applied'));
    expect(heldBy.size).toBe(ITEMS);
    const decided = await app.pool.query<{ decisions: string; comments: string }>(
      `SELECT count(*) AS decisions, count(DISTINCT comment_id) AS comments FROM decisions d
       JOIN threads t ON t.id = d.thread_id WHERE t.key = $1`,
      [thread],
    );
    expect(decided.rows[0]).toEqual({ decisions: String(ITEMS), comments: String(ITEMS) });
    const queue = await app.expect<{ items: object[] }>(200, '/moderation/queues?site=demo', {
      token: app.owner.token,
    });
    expect(queue.items[0]).toMatchObject({ queue: 'pending', open: 0, claimed: 0, oldestAgeSeconds: null });
  });

  it('gives each comment to one of two who decide the same batch at once', async () => {
    const thread = await app.thread();
    const by = await app.guest();
    const comments = await Promise.all(Array.from({ length: 40 }, (_, n) => app.post(by, thread, `Contested ${n}`)));
    const [one, two] = await Promise.all([app.staff('moderator'), app.staff('moderator')]);
    const answers = await Promise.all([
      nodes[0].decide(one, 'approve', comments),
      nodes[1].decide(two, 'spam', [...comments].reverse()),
    ]);
    for (const comment of comments) {
      const outcomes = answers.flatMap(({ results }) => results.filter((result) => result.commentId === comment.id));
      expect(outcomes.map((result) => result.outcome).sort()).toEqual(['applied', 'conflict']);
      const [applied, conflict] = outcomes.sort((a, b) => (a.outcome < b.outcome ? -1 : 1));
      expect(conflict?.current).toEqual({ status: applied?.status, revision: 1, decidedBy: 'human' });
    }
  });

  it('judges the text that was read: an edit or deletion at the same moment is a conflict or comes after', async () => {
    const thread = await app.thread();
    const by = await app.guest();
    const comments = await Promise.all(Array.from({ length: 40 }, (_, n) => app.post(by, thread, `Hasty ${n}`)));
    const edits = comments.map((comment, n) =>
      n % 2 === 0
        ? node(n).call(`/comments/${comment.id}`, { method: 'PATCH', token: by.token, body: { body: `Changed ${n}` } })
        : node(n).call(`/comments/${comment.id}`, { method: 'DELETE', token: by.token }),
    );
    const [answer, ...written] = await Promise.all([app.decide(app.owner, 'approve', comments), ...edits]);
    expect(written.map((one) => one.status).filter((status) => status !== 200 && status !== 204)).toEqual([]);
    await app.settled();
    const outcome = new Map(answer.results.map((result) => [result.commentId, result.outcome]));
    const { rows } = await app.pool.query<{ id: string; status: string; revision: number; approved: number | null }>(
      `SELECT c.id, c.status, c.revision, (SELECT revision FROM decisions d WHERE d.comment_id = c.id) AS approved
       FROM comments c WHERE c.id = ANY($1::uuid[])`,
      [comments.map((comment) => comment.id)],
    );
    for (const row of rows) {
      // Whatever came first, nobody has approved what stands there now.
      expect(row.status).not.toBe('published');
      expect(row.approved).toBe(outcome.get(row.id) === 'applied' ? 1 : null);
      expect(['applied', 'conflict']).toContain(outcome.get(row.id));
    }
    expect((await app.readThread(thread)).commentCount).toBe(0);
  });

  it('undoes a batch once, whoever asks twice', async () => {
    const thread = await app.thread();
    const by = await app.guest();
    const comments = await Promise.all(Array.from({ length: 10 }, (_, n) => app.post(by, thread, `Undone ${n}`)));
    const { batchId } = await app.decide(app.owner, 'approve', comments);
    const call = { method: 'POST', token: app.owner.token };
    const answers = await Promise.all(
      [0, 1, 0, 1].map((n) => node(n).expect<DecisionAnswer>(200, `/moderation/decisions/${batchId}/undo`, call)),
    );
    expect(new Set(answers.map((answer) => answer.batchId)).size).toBe(1);
    for (const result of answers[0]?.results ?? [])
      expect(result).toMatchObject({ status: 'pending', outcome: 'applied' });
    await app.settled();
    expect((await app.list(thread)).items).toEqual([]);
    expect(
      await app.count(`SELECT count(*) FROM decisions WHERE action = 'undo' AND comment_id = ANY($1::uuid[])`, [
        comments.map((comment) => comment.id),
      ]),
    ).toBe(comments.length);
  });

  it('makes one comment of one key, however many ask with it at once', async () => {
    const thread = await app.thread();
    const by = await app.guest();
    const body = { body: 'Once.' };
    const headers = { 'idempotency-key': 'the-same' };
    const send = (n: number) =>
      node(n).call<Comment & { code?: string }>(`${threadPath(thread)}/comments`, {
        method: 'POST',
        token: by.token,
        body,
        headers,
      });
    const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => send(n)));
    const made = new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
    expect(made.size).toBe(1);
    for (const answer of answers.filter((one) => one.status !== 201)) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'request-in-progress' } });
    }
    expect((await send(0)).body.id).toBe([...made][0]);
    const comments = 'SELECT count(*) FROM comments c JOIN threads t ON t.id = c.thread_id WHERE t.key = $1';
    expect(await app.count(comments, [thread])).toBe(1);
  });

  it('makes one thread of one key, and loses no signal of a change on the other node', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        node(n).call<{ id: string }>('/sites/demo/threads', {
          method: 'POST',
          body: { key: 'raced', url: 'https://news.example/raced', title: 'Raced' },
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array.from({ length: 11 }, () => 200), 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    await until(() => nodes.every(({ node: { app: nest } }) => nest.get(Signals).connected), 'both to listen');
    expect((await nodes[1].readThread('raced')).commentCount).toBe(0);
    const comment = await nodes[0].post(await app.guest(), 'raced', 'Seen over there');
    await nodes[0].decide(app.owner, 'approve', [comment]);
    await until(async () => (await nodes[1].readThread('raced')).commentCount === 1, 'the other node to know');
  });

  it('forgets on every node whom it signed out or whose role it took', async () => {
    const [here, there] = nodes;
    const moderator = await here.staff('moderator');
    const asked = (app: App) => app.call('/staff/sessions/current', { token: moderator.token });
    const queues = () => there.call('/moderation/queues?site=demo', { token: moderator.token });
    expect([(await asked(here)).status, (await asked(there)).status, (await queues()).status]).toEqual([200, 200, 200]);
    const change = { method: 'PATCH', token: here.owner.token, body: { site: 'demo', role: null } };
    await here.expect(200, `/staff/${moderator.id}`, change);
    await until(async () => (await queues()).status === 404, 'the other node to know that the role is gone');
    await here.expect(204, '/staff/sessions/current', { method: 'DELETE', token: moderator.token });
    // At once where it happened, a signal later elsewhere.
    expect((await asked(here)).status).toBe(401);
    await until(async () => (await asked(there)).status === 401, 'the other node to know that the session is over');
  });

  it('judges each of many posts that are written together by itself', async () => {
    const open = await app.thread({ moderationMode: 'post' });
    const frozen = await app.thread({ moderationMode: 'post', state: 'frozen' });
    const held = await app.thread({ moderationMode: 'pre' });
    const [reader, gone] = [await app.guest('Here'), await app.guest('Gone')];
    await app.expect(204, '/sites/demo/sessions', { method: 'DELETE', token: gone.token });
    const parent = await app.post(reader, open, 'Answer me.');
    await app.settled();
    const unpublished = await app.post(reader, held, 'Not seen yet.');
    const post = (n: number, thread: string, more: object = {}, token = reader.token, headers = {}) =>
      app.call<Comment>(`${threadPath(thread)}/comments`, {
        method: 'POST',
        token,
        headers,
        body: { body: `Post ${n}`, ...more },
      });
    const key = { 'idempotency-key': 'of-several-at-once' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => [
        post(n, open),
        post(n, frozen),
        post(n, held),
        post(n, open, {}, gone.token),
        post(n, open, { parentId: parent.id }),
        post(n, held, { parentId: unpublished.id }),
        post(0, open, {}, reader.token, key),
      ]).flat(),
    );
    const outcomes = answers.map(({ status, body }) => (status === 201 ? body.status : status));
    const alike = Object.groupBy(outcomes, (_, n) => n % 7);
    expect(Object.values(alike).map((group) => new Set(group))).toEqual([
      new Set(['published']),
      new Set([409]),
      new Set(['pending']),
      new Set([401]),
      new Set(['published']),
      new Set([422]),
      expect.any(Set),
    ]);
    const keyed = answers.filter((_, n) => n % 7 === 6);
    expect(keyed.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    expect(new Set(keyed.flatMap(({ status, body }) => (status === 201 ? body.id : []))).size).toBe(1);
    const made = answers.flatMap(({ status, body }) => (status === 201 ? body : []));
    const texts = await app.pool.query<{ id: string; body: string; parent: string | null }>(
      `SELECT c.id, r.body, c.parent_id AS parent FROM comments c JOIN comment_revisions r ON r.comment_id = c.id
       WHERE c.id = ANY($1)`,
      [made.map(({ id }) => id)],
    );
    // Nobody's text has come under another one's name.
    const stored = new Map(texts.rows.map(({ id, body, parent: above }) => [id, [body, above]]));
    expect(made.map(({ id }) => stored.get(id))).toEqual(made.map(({ body, parentId }) => [body, parentId]));
  });
});
