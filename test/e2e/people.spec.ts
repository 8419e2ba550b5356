import { startApp, threadPath, type App, type Person } from '../support/app.js';
import { recordStatements, rowsByTable } from '../support/query-plans.js';

interface Named {
  id: string;
  name: string;
  comments: number;
  lastAt: string;
}
type Query = Record<string, string | number>;
interface People {
  items: Named[];
  nextCursor: string | null;
}

describe('the people of a thread', () => {
  let app: App;
  let moderator: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post', undoSeconds: 0 } });
    moderator = await app.staff('moderator');
  });
  afterAll(() => app.stop());

  const people = async (thread: string, query: Query = {}) => {
    await app.settled();
    return app.expect<People>(200, `${threadPath(thread)}/people`, { query });
  };
  const names = async (thread: string, query?: Query) => (await people(thread, query)).items.map(({ name }) => name);
  const walked = async (thread: string, query: Query) => {
    const found: Named[] = [];
    let cursor: string | null = null;
    do {
      const page: People = await people(thread, { ...query, ...(cursor === null ? {} : { cursor }) });
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  };

  it('are who wrote in it, the last first, told apart by how much and when', async () => {
    const thread = await app.thread();
    const [ada, other, bea] = [await app.guest('Ada'), await app.guest('Ada'), await app.guest('Bea')];
    await app.post(ada, thread, 'One.');
    const second = await app.post(ada, thread, 'Two.');
    await app.post(bea, thread, 'Three.');
    const last = await app.post(other, thread, 'Four.');
    await app.post(await app.guest('Elsewhere'), await app.thread(), 'Five.');
    const { items, nextCursor } = await people(thread);
    expect(items).toEqual([
      { id: other.id, name: 'Ada', comments: 1, lastAt: last.createdAt },
      expect.objectContaining({ id: bea.id, name: 'Bea', comments: 1 }),
      { id: ada.id, name: 'Ada', comments: 2, lastAt: second.createdAt },
    ]);
    expect(nextCursor).toBeNull();
  });

  it('are found by how a name begins, and page by page each once', async () => {
    const thread = await app.thread();
    const given = ['Anna', 'ANNA', 'anna lena', 'Änne', 'Bernd', 'An%na', 'Ann_', 'Anna', '安娜'];
    for (const name of given) await app.post(await app.guest(name), thread, `I am ${name}.`);
    expect(await names(thread, { q: 'anna' })).toEqual(expect.arrayContaining(['Anna', 'ANNA', 'anna lena', 'Anna']));
    expect(await names(thread, { q: 'ANNA L' })).toEqual(['anna lena']);
    expect(await names(thread, { q: 'än' })).toEqual(['Änne']);
    expect(await names(thread, { q: '安' })).toEqual(['安娜']);
    expect(await names(thread, { q: 'an%' })).toEqual(['An%na']);
    expect(await names(thread, { q: 'nobody' })).toEqual([]);
    expect(await names(thread, { q: 'a\0' })).toEqual([]);
    for (const query of [{ limit: 2 }, { limit: 2, q: 'a' }, { limit: 1, q: 'anna' }] as Query[]) {
      const all = (await people(thread, { ...query, limit: 100 })).items;
      expect(await walked(thread, query)).toEqual(all);
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    }
  });

  it('are not those whose comments nobody sees', async () => {
    const thread = await app.thread();
    const [held, both] = [await app.guest('Held'), await app.guest('Both')];
    const rejected = await app.post(held, thread, 'Nasty.');
    const kept = await app.post(both, thread, 'Nice.');
    const down = await app.post(both, thread, 'Nasty too.');
    expect(await names(thread)).toEqual(['Both', 'Held']);
    await app.decide(moderator, 'reject', [rejected, down], { reason: 'abuse' });
    for (const query of [{}, { q: 'h' }, { q: 'b' }] as Query[]) {
      const { items } = await people(thread, query);
      expect(items.filter(({ id }) => id === held.id)).toEqual([]);
    }
    expect((await people(thread)).items).toEqual([{ id: both.id, name: 'Both', comments: 1, lastAt: kept.createdAt }]);
    await app.decide(moderator, 'restore', [{ id: rejected.id, revision: 1 }]);
    expect((await names(thread)).sort()).toEqual(['Both', 'Held']);
    await app.settings({ moderationMode: 'pre' });
    await app.post(await app.guest('Waiting'), thread, 'When am I on?');
    expect(await names(thread, { q: 'waiting' })).toEqual([]);
    await app.settings({ moderationMode: 'post' });
  });

  it('have no page behind a cursor of another list, and no list in a thread that is not there', async () => {
    const thread = await app.thread();
    for (const name of ['Ada', 'Bea']) await app.post(await app.guest(name), thread, 'Here.');
    const { nextCursor } = await people(thread, { limit: 1 });
    for (const query of [{ cursor: nextCursor ?? '', q: 'a' }, { cursor: 'x' }]) {
      await app.expect(400, `${threadPath(thread)}/people`, { query });
    }
    await app.expect(400, `${threadPath(thread)}/people`, { query: { limit: 101 } });
    await app.expect(404, `${threadPath('no-such-thread')}/people`);
  });

  it('cost what a page may look through, in a site of 20,000 readers and a thread of 20,000 comments', async () => {
    const thread = await app.thread();
    await app.pool.query(
      `WITH place AS (SELECT t.id, t.site_id FROM threads t WHERE t.key = $1),
       made AS (INSERT INTO readers (id, site_id, display_name)
                SELECT gen_random_uuid(), place.site_id, 'Guest ' || n FROM place, generate_series(1, 20000) n RETURNING id, site_id),
       one AS (SELECT id FROM made LIMIT 1),
       thought AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, 20000) n),
       written AS (INSERT INTO comments (id, root_id, site_id, thread_id, reader_id, status, decided_by, depth, created_at)
                   SELECT thought.id, thought.id, place.site_id, place.id, one.id, 'published', 'none', 0,
                          now() - n * interval '1 minute'
                   FROM place, one, thought RETURNING id, site_id, thread_id, created_at)
       INSERT INTO listed_comments (comment_id, site_id, thread_id, depth, created_at, published, active_at)
       SELECT id, site_id, thread_id, 0, created_at, true, created_at FROM written`,
      [thread],
    );
    await app.pool.query('ANALYZE readers, comments, listed_comments');
    const recorded = recordStatements();
    const first = await people(thread);
    const named = await people(thread, { q: 'guest' });
    const found = await people(thread, { q: first.items[0]?.name ?? '' });
    recorded.stop();
    // One who writes all of it does not make the page walk over all of it; nor do namesakes who wrote elsewhere.
    expect(first.items).toEqual([expect.objectContaining({ comments: 100 })]);
    expect(first.nextCursor).not.toBeNull();
    expect(named.nextCursor).not.toBeNull();
    expect(found.items).toContainEqual(first.items[0]);
    const looked = recorded.used.filter(({ name }) => name.startsWith('people.'));
    expect(new Set(looked.map(({ name }) => name)).size).toBe(4);
    for (const statement of looked) {
      for (const mode of ['force_generic_plan', 'force_custom_plan'] as const) {
        const read = await rowsByTable(app.pool, statement, mode);
        const rows = [...read.values()].flatMap((byIndex) => Object.values(byIndex));
        expect([statement.name, mode, Math.max(...rows) <= 2_100]).toEqual([statement.name, mode, true]);
      }
    }
  });
});
