import { ThreadJobs } from '../../src/threads/thread-jobs.js';
import { listingStore } from '../../src/threads/listing.store.js';
import type { Comment, CommentPage, EventsAnswer, ListedComment, Sort } from '../../web/shared/api-types.js';
import { startApp, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { until } from '../support/until.js';
import { walk } from '../support/walk.js';

/** How threads behave over time. */
describe('threads', () => {
  let app: App;
  let ada: Person;
  let ben: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    [ada, ben] = await Promise.all([app.guest('Ada'), app.guest('Ben')]);
  });

  afterAll(() => app.stop());

  const refused = async (status: number, code: string, path: string, method: string, body?: object, by = ada) => {
    const answer = await app.call<ProblemBody>(path, { method, body, token: by.token });
    expect([answer.status, answer.body?.code]).toEqual([status, code]);
  };
  const post = async (thread: string, text: string, parentId?: string, by = ada): Promise<Comment> => {
    const comment = await app.post(by, thread, text, { parentId });
    await app.settled();
    return comment;
  };
  const edit = (comment: Comment, body: string) =>
    app.expect<Comment>(200, `/comments/${comment.id}`, { method: 'PATCH', token: ada.token, body: { body } });
  const remove = async (comment: Comment, by = ada) => {
    await app.expect(204, `/comments/${comment.id}`, { method: 'DELETE', token: by.token });
    await app.settled();
  };
  const pin = (comment: Comment, pinned: boolean) =>
    app.expect(200, `/moderation/comments/${comment.id}/pin`, {
      method: 'PUT',
      token: app.owner.token,
      body: { pinned },
    });
  const age = (comment: Comment, seconds: number) =>
    app.pool.query('UPDATE comments SET created_at = created_at - make_interval(secs => $2) WHERE id = $1', [
      comment.id,
      seconds,
    ]);

  it('that are closed take no comments, and frozen ones no edits and votes either', async () => {
    const thread = await app.thread();
    const comment = await post(thread, 'Before');
    const path = `${threadPath(thread)}/comments`;
    const vote = `/comments/${comment.id}/vote`;
    await app.thread({ state: 'closed' }, thread);
    expect((await app.readThread(thread)).state).toBe('closed');
    await refused(409, 'thread-closed', path, 'POST', { body: 'Late' });
    await edit(comment, 'Edited while closed');
    await app.expect(200, vote, { method: 'PUT', token: ben.token, body: { value: 1 } });
    await app.thread({ state: 'frozen' }, thread);
    await refused(409, 'thread-frozen', path, 'POST', { body: 'Late' });
    await refused(409, 'thread-frozen', `/comments/${comment.id}`, 'PATCH', { body: 'Late' });
    await refused(409, 'thread-frozen', vote, 'PUT', { value: 0 });
    // What its author takes back is taken back.
    await remove(comment);
    await app.thread({ state: 'open' }, thread);
    await post(thread, 'Open again');
    const events = await app.expect<EventsAnswer>(200, `${threadPath(thread)}/events?after=0`);
    const types = events.resync ? [] : events.items.map((event) => event.type);
    expect(types.filter((type) => type === 'thread.changed')).toHaveLength(3);
  });

  it('close by themselves when their time has come', async () => {
    const soon = new Date(Date.now() + 1_000).toISOString();
    const thread = await app.thread({ closesAt: soon });
    expect(await app.readThread(thread)).toMatchObject({ state: 'open', closesAt: soon });
    await post(thread, 'In time');
    await until(async () => (await app.readThread(thread)).state === 'closed', 'the thread to close');
    await refused(409, 'thread-closed', `${threadPath(thread)}/comments`, 'POST', { body: 'Late' });
    await app.node.app.get(ThreadJobs).closeDue();
    await app.settled();
    const events = await app.expect<EventsAnswer>(200, `${threadPath(thread)}/events?after=1`);
    expect(events).toMatchObject({ items: [{ type: 'thread.changed' }] });
    await app.thread({ closesAt: null, state: 'open' }, thread);
    await post(thread, 'Reopened');
  });

  it('let authors edit within the window, keep the revisions, and screen again', async () => {
    const thread = await app.thread();
    const comment = await post(thread, 'First text');
    const edited = await edit(comment, 'Second text');
    await app.settled();
    expect(edited).toMatchObject({ id: comment.id, revision: 2, status: 'published', body: 'Second text' });
    expect(edited.editedAt).not.toBeNull();
    // The same text again is no new revision.
    expect(await edit(comment, 'Second text')).toMatchObject({ revision: 2 });
    expect((await app.list(thread)).items[0]).toMatchObject({ html: '<p>Second text</p>\n', revision: 2 });
    const held = await edit(comment, 'https://a.example https://b.example https://c.example https://d.example');
    expect(held).toMatchObject({ revision: 3, status: 'pending' });
    await app.settled();
    expect(await app.list(thread)).toMatchObject({ items: [], total: 0 });
    const { revisions } = await app.expect<{ revisions: { body: string }[] }>(
      200,
      `/moderation/comments/${comment.id}`,
      {
        token: app.owner.token,
      },
    );
    expect(revisions.map((revision) => revision.body.slice(0, 6))).toEqual(['https:', 'Second', 'First ']);
    await app.decide(app.owner, 'reject', [{ id: comment.id, revision: 3 }]);
    await refused(409, 'not-editable', `/comments/${comment.id}`, 'PATCH', { body: 'Better' });
    const old = await post(thread, 'An old one');
    await age(old, 301);
    await refused(409, 'edit-window-over', `/comments/${old.id}`, 'PATCH', { body: 'Better' });
    await refused(404, 'not-found', `/comments/${old.id}`, 'PATCH', { body: 'Better' }, ben);
  });

  it('keep a placeholder as long as something published hangs below it', async () => {
    const thread = await app.thread();
    const root = await post(thread, 'Root');
    const reply = await post(thread, 'Reply', root.id);
    const leaf = await post(thread, 'Leaf', reply.id, ben);
    await remove(root);
    await app.decide(app.owner, 'reject', [{ id: reply.id, revision: 1 }]);
    await app.settled();
    const { items, total } = await app.list(thread);
    expect(total).toBe(1);
    const bare = (comment: Comment, status: string, replies: unknown) => ({
      id: comment.id,
      status,
      parentId: comment.parentId,
      depth: comment.depth,
      replyCount: comment === root ? 0 : 1,
      replies: { items: replies, nextCursor: null },
    });
    const shown = bare(root, 'deleted', [bare(reply, 'removed', [expect.objectContaining({ id: leaf.id })])]);
    expect(items).toEqual([shown]);
    await refused(422, 'parent-not-found', `${threadPath(thread)}/comments`, 'POST', { body: 'x', parentId: root.id });
    // Taken back by its author too, it says so.
    await remove(reply);
    expect((await app.list(thread)).items[0]?.replies?.items[0]).toMatchObject({ id: reply.id, status: 'deleted' });
    await remove(leaf, ben);
    expect(await app.list(thread)).toMatchObject({ items: [], total: 0 });
    await refused(404, 'not-found', `/comments/${leaf.id}`, 'DELETE', undefined, ben);
  });

  it("nest to the site's depth and flatten below, and again when it changes", async () => {
    const thread = await app.thread();
    const chain: Comment[] = [];
    for (let depth = 0; depth < 6; depth++)
      chain.push(await app.post(ada, thread, `Depth ${depth}`, { parentId: chain.at(-1)?.id }));
    const aside = await app.post(ben, thread, 'Aside', { parentId: chain[4]?.id });
    await app.settled();
    expect(chain.map((comment) => comment.depth)).toEqual([0, 1, 2, 3, 4, 5]);
    const nesting = async () => {
      const { shown } = await walk(app, thread, { limit: 2 });
      const place = new Map([...chain, aside].map((comment, n) => [comment.id, n]));
      return shown.map((comment) => [place.get(comment.id), comment.under === null ? null : place.get(comment.under)]);
    };
    const flat = (maxDepth: number) => [
      ...chain.map((_, n) => [n, n === 0 ? null : Math.min(n - 1, maxDepth - 1)]),
      [6, Math.min(4, maxDepth - 1)],
    ];
    for (const maxDepth of [3, 1, 20, 2, 3]) {
      await app.settings({ maxDepth });
      await app.settled();
      const expected = flat(maxDepth).sort((a, b) => Number(a[0]) - Number(b[0]));
      await until(
        async () =>
          JSON.stringify((await nesting()).sort((a, b) => Number(a[0]) - Number(b[0]))) === JSON.stringify(expected),
        `the nesting of ${maxDepth}`,
        () => JSON.stringify(expected),
        3_000,
      );
      const counts = (await walk(app, thread)).shown.map((comment) => [comment.id, comment.replyCount] as const);
      for (const [id, replyCount] of counts) {
        const at = [...chain, aside].findIndex((comment) => comment.id === id);
        expect(replyCount).toBe(expected.filter(([, under]) => under === at).length);
      }
    }
  });

  it('are not kept as they nested before, where somebody read them in between', async () => {
    await app.settings({ maxDepth: 3 });
    const thread = await app.thread();
    const root = await post(thread, 'Root');
    const reply = await post(thread, 'Reply', root.id);
    const deep = await post(thread, 'Deep', reply.id);
    const nested = async () => {
      const { shown } = await walk(app, thread);
      return shown.find((comment) => comment.id === deep.id)?.under;
    };
    await app.withoutRelay(async () => {
      await app.settings({ maxDepth: 1 });
      expect(await nested()).toBe(reply.id);
    });
    await app.settled();
    // A page may be a second old, and no older.
    await until(async () => (await nested()) === root.id, 'the page to nest anew', undefined, 3_000);
    await app.settings({ maxDepth: 3 });
  });

  it('show 3 replies with each comment, and page the rest', async () => {
    const thread = await app.thread();
    const root = await post(thread, 'Root');
    const replies: string[] = [];
    for (let n = 0; n < 8; n++) replies.push((await app.post(ben, thread, `Reply ${n}`, { parentId: root.id })).id);
    await app.settled();
    const [item] = (await app.list(thread)).items;
    expect(item).toMatchObject({ replyCount: 8 });
    expect(item?.replies?.items.map((reply) => reply.id)).toEqual(replies.slice(0, 3));
    const rest: string[] = [];
    for (let cursor = item?.replies?.nextCursor ?? null; cursor !== null;) {
      const page: CommentPage = await app.expect(200, `/comments/${root.id}/replies`, { query: { cursor, limit: 2 } });
      rest.push(...page.items.map((reply) => reply.id));
      cursor = page.nextCursor;
    }
    expect(rest).toEqual(replies.slice(3));
  });

  it('sort by time, by votes and by activity', async () => {
    const thread = await app.thread();
    const [a, b, c] = [await post(thread, 'A'), await post(thread, 'B'), await post(thread, 'C')] as const;
    const vote = (comment: Comment, by: Person, value: number) =>
      app.expect(200, `/comments/${comment.id}/vote`, { method: 'PUT', token: by.token, body: { value } });
    await Promise.all([vote(b, ada, 1), vote(b, ben, 1), vote(a, ada, 1), vote(c, ben, -1)]);
    await post(thread, 'To A', a.id, ben);
    const order = async (sort: Sort) => (await app.list(thread, { sort })).items.map((item) => item.id);
    expect(await order('newest')).toEqual([c.id, b.id, a.id]);
    expect(await order('oldest')).toEqual([a.id, b.id, c.id]);
    expect(await order('top')).toEqual([b.id, a.id, c.id]);
    expect(await order('active')).toEqual([a.id, c.id, b.id]);
    for (const sort of ['newest', 'oldest', 'top', 'active'] as const) {
      const walked = await walk(app, thread, { sort, limit: 1 });
      expect(walked.shown.filter((shown) => shown.under === null).map((shown) => shown.id)).toEqual(await order(sort));
    }
  });

  it.each(['newest', 'oldest'] as const)(
    'walked by %s while others post, pin and unpin, neither miss nor double what was there',
    async (sort) => {
      const thread = await app.thread();
      const there: Comment[] = [];
      for (let n = 0; n < 23; n++) there.push(await app.post(ada, thread, `There ${n}`));
      await pin(there[3] as Comment, true);
      await pin(there[17] as Comment, true);
      await app.settled();
      const seen: string[] = [];
      let turn = 0;
      for (let cursor: string | null | undefined = undefined; cursor !== null; turn++) {
        const page: CommentPage = await app.list(thread, { sort, limit: 4, cursor });
        seen.push(...page.items.map((item: ListedComment) => item.id));
        cursor = page.nextCursor;
        await app.post(ben, thread, `Meanwhile ${turn}`);
        if (turn === 0) await pin(there[3] as Comment, false);
        if (turn === 1) await pin(there[9] as Comment, true);
        if (turn === 2) await pin(there[1] as Comment, true);
        if (turn === 3) await pin(there[9] as Comment, false);
        await app.settled();
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(there.filter((comment) => !seen.includes(comment.id))).toEqual([]);
      expect(seen.slice(0, 2)).toEqual([there[17]?.id, there[3]?.id]);
    },
  );

  it('pin at most 3 published roots, on the first page only, also where they fill it', async () => {
    const thread = await app.thread();
    const roots: Comment[] = [];
    for (let n = 0; n < 6; n++) roots.push(await app.post(ada, thread, `Root ${n}`));
    const reply = await post(thread, 'Reply', roots[0]?.id);
    for (const n of [0, 2, 4]) await pin(roots[n] as Comment, true);
    await app.settled();
    const pinPath = (comment: Comment | undefined) => `/moderation/comments/${comment?.id}/pin`;
    await refused(409, 'not-pinnable', pinPath(roots[5]), 'PUT', { pinned: true }, app.owner);
    await refused(409, 'not-pinnable', pinPath(reply), 'PUT', { pinned: true }, app.owner);
    await app.settled();
    for (const limit of [1, 2, 3, 4, 10]) {
      const { shown } = await walk(app, thread, { limit });
      const ids = shown.filter((one) => one.under === null).map((one) => roots.findIndex((root) => root.id === one.id));
      // A page that the pinned ones fill shows as many as fit; the others come where they stand.
      const pinned = [4, 2, 0].slice(0, limit);
      expect(ids).toEqual([...pinned, ...[5, 4, 3, 2, 1, 0].filter((n) => !pinned.includes(n))]);
    }
    await app.decide(app.owner, 'reject', [{ id: roots[4]?.id ?? '', revision: 1 }]);
    await app.settled();
    expect((await app.list(thread)).items[0]).toMatchObject({ id: roots[2]?.id, pinned: true });
  });

  it('show as pinned what events have said or will say, also where a pin was taken back at once', async () => {
    const thread = await app.thread();
    const comment = await post(thread, 'Pinned by mistake');
    const page = await app.withoutRelay(async () => {
      await pin(comment, true);
      const between = await app.list(thread, { limit: 77 });
      await pin(comment, false);
      return between;
    });
    await app.settled();
    const events = await app.expect<EventsAnswer>(200, `${threadPath(thread)}/events`, { query: { after: page.seq } });
    const last = events.resync ? undefined : events.items.at(-1)?.comment;
    expect(last ?? page.items[0]).toMatchObject({ id: comment.id, pinned: false });
  });

  it('are read in one state: pins, order and seq of a page agree whatever happens meanwhile', async () => {
    const thread = await app.thread();
    const [older, newer] = [await post(thread, 'Older'), await post(thread, 'Newer')] as const;
    await pin(older, true);
    await app.settled();
    const { seq } = await app.readThread(thread);
    const { pinned } = listingStore;
    listingStore.pinned = async (...args) => {
      const found = await pinned(...args);
      listingStore.pinned = pinned;
      await pin(older, false);
      await app.settled();
      return found;
    };
    const page = await app.list(thread, { limit: 10 });
    const after = [newer.id, older.id];
    expect(page.items.map((item) => item.id)).toEqual(page.seq === seq ? [older.id, newer.id] : after);
    const fresh = async () => (await app.list(thread, { limit: 10 })).items.map((item) => item.id);
    await until(async () => JSON.stringify(await fresh()) === JSON.stringify(after), 'the page after it');
  });
});
