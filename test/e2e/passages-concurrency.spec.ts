import { PublishRevision } from '../../src/threads/article/publish-revision.js';
import type { Comment } from '../../web/shared/api-types.js';
import { startApp, threadPath, type App, type Person } from '../support/app.js';

interface Saved {
  revision: { number: number; hash: string } | null;
  passages: Record<'anchored' | 'moved' | 'fuzzy' | 'orphaned', number>;
}
interface Stored {
  id: string;
  state: string;
  stoodIn: number;
  markedIn: number;
  exact: string;
  start: number;
  end: number;
}

/** A sentence that no other number has; distinct words, so that each can be followed. */
const sentence = (n: number) =>
  `The keeper of lighthouse ${n} wrote entry ${n * 7 + 3} about storm ${n * 13 + 5} and ship ${n * 17 + 11}.`;
const words = (n: number) => `lighthouse ${n} wrote entry ${n * 7 + 3}`;
const sentences = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => sentence(from + n));

/** Passages whose article changes at the same moment, and many of them. */
describe('passages and publications at once', () => {
  let app: App;
  let ada: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    ada = await app.guest('Ada');
  });
  afterAll(() => app.stop());

  const publish = (key: string, lines: readonly string[]) =>
    app.expect<Saved>(200, threadPath(key), {
      method: 'PUT',
      token: app.owner.token,
      body: { text: lines.join('\n') },
    });
  const mark = (key: string, exact: string, more: object = {}) =>
    app.expect<Comment>(201, `${threadPath(key)}/comments`, {
      method: 'POST',
      token: ada.token,
      body: { body: 'Indeed.', anchor: { ...more, selectors: [{ type: 'TextQuoteSelector', exact }] } },
    });
  const texts = async (key: string) => {
    const { rows } = await app.pool.query<{ number: number; text: string; newest: boolean }>(
      `SELECT r.number, r.text, r.number = t.revision AS newest
       FROM threads t JOIN article_revisions r ON r.thread_id = t.id WHERE t.key = $1 ORDER BY number`,
      [key],
    );
    return rows;
  };
  const stored = async (key: string) => {
    const { rows } = await app.pool.query<Stored>(
      `SELECT p.id, p.state, p.stood_in AS "stoodIn", p.marked_in AS "markedIn", p.exact, p.start_at AS start, p.end_at AS end
       FROM passages p JOIN threads t ON t.id = p.thread_id WHERE t.key = $1 ORDER BY p.start_at`,
      [key],
    );
    return rows;
  };

  /** What must hold of a thread at any time: each passage stands in the newest text, or where it stood last. */
  const consistent = async (key: string) => {
    const revisions = await texts(key);
    expect(revisions.map(({ number }) => number)).toEqual(revisions.map((_, place) => place + 1));
    expect(revisions.map(({ newest }) => newest)).toEqual(revisions.map((_, place) => place === revisions.length - 1));
    const passages = await stored(key);
    for (const { state, stoodIn, exact, start, end } of passages) {
      expect(revisions[stoodIn - 1]?.text.slice(start, end)).toBe(exact);
      expect(state === 'orphaned').toBe(stoodIn < revisions.length);
    }
    // One place in each text that was published since it was marked, and that place is of that text.
    const { rows: places } = await app.pool.query<{ id: string; revision: number; exact: string | null; at: number }>(
      `SELECT l.passage_id AS id, l.revision, l.exact, l.start_at AS at FROM passage_places l
       JOIN threads t ON t.id = l.thread_id WHERE t.key = $1 ORDER BY l.revision`,
      [key],
    );
    for (const { revision, exact, at } of places) {
      if (exact !== null) expect(revisions[revision - 1]?.text.slice(at, at + exact.length)).toBe(exact);
    }
    const seen = Map.groupBy(places, ({ id }) => id);
    for (const { id } of passages) expect(seen.get(id)?.at(-1)?.revision).toBe(revisions.length);
    return { revisions, passages, seen };
  };

  it('leave every passage with a place in every text, in the order of the texts', async () => {
    const key = await app.thread();
    await publish(key, sentences(0, 40));
    for (const n of [3, 11, 17, 29, 35]) await mark(key, words(n));
    // Each leaves out others, and no two are the same.
    const drafts = Array.from({ length: 8 }, (_, d) => sentences(0, 40).filter((_line, n) => n % 8 !== d));
    const answers = await Promise.all(drafts.map((draft) => publish(key, draft)));
    expect(answers.map(({ revision }) => revision?.number).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    const { revisions, passages, seen } = await consistent(key);
    expect(passages).toHaveLength(5);
    for (const { id } of passages)
      expect(seen.get(id)?.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const newest = revisions.at(-1)?.text ?? '';
    const there = [3, 11, 17, 29, 35].filter((n) => newest.includes(sentence(n)));
    expect(passages.filter(({ state }) => state !== 'orphaned').map(({ exact }) => exact)).toEqual(there.map(words));
  });

  it('publish the same text once, however many send it', async () => {
    const key = await app.thread();
    const answers = await Promise.all(Array.from({ length: 6 }, () => publish(key, sentences(0, 5))));
    expect(new Set(answers.map(({ revision }) => revision?.number))).toEqual(new Set([1]));
    expect(await texts(key)).toHaveLength(1);
  });

  it('leave no passage behind that is marked while texts are published', async () => {
    const key = await app.thread();
    await publish(key, sentences(0, 60));
    const readers = Array.from({ length: 60 }, (_, n) => mark(key, words(n), { revision: 1 }));
    const newsroom = Array.from({ length: 6 }, (_, d) =>
      publish(key, [`Draft ${d}.`, ...sentences(0, 60).filter((_line, n) => n % 6 !== d)]),
    );
    const comments = await Promise.all(readers);
    await Promise.all(newsroom);
    expect(new Set(comments.map(({ passageId }) => passageId)).size).toBe(60);
    const { revisions, passages } = await consistent(key);
    const newest = revisions.at(-1)?.text ?? '';
    for (const { state, exact } of passages)
      expect([exact, state]).toEqual([exact, newest.includes(exact) ? 'anchored' : 'orphaned']);
    // All are back with their text.
    expect((await publish(key, sentences(0, 60))).passages).toEqual({ anchored: 60, moved: 0, fuzzy: 0, orphaned: 0 });
  });

  it.each([
    ['once', 1],
    ['each time it plans', 3],
  ])('carry what was marked after a publication had planned, %s', async (_what, times) => {
    const key = await app.thread();
    await publish(key, sentences(0, 20));
    await mark(key, words(19));
    const publisher = app.node.app.get(PublishRevision);
    const plan = publisher.plan.bind(publisher);
    let plans = 0;
    publisher.plan = async (...args) => {
      const planned = await plan(...args);
      if (plans < times) await mark(key, words(plans));
      plans += 1;
      return planned;
    };
    try {
      const saved = await publish(key, ['News.', ...sentences(0, 20)]);
      expect(saved).toMatchObject({ revision: { number: 2 }, passages: { anchored: times + 1 } });
    } finally {
      publisher.plan = plan;
    }
    expect(plans).toBe(times + 1);
    await consistent(key);
  });

  it('carry thousands to a new text within seconds, each to its own words', async () => {
    const key = await app.thread();
    const before = sentences(0, 2_000);
    await publish(key, before);
    const text = before.join('\n');
    const places = before.map((_, n) => text.indexOf(words(n)));
    await app.pool.query(
      `WITH made AS (
         INSERT INTO passages (id, site_id, thread_id, kind, state, score, original, marked_in, stood_in, exact, prefix, suffix,
                               start_at, end_at)
         SELECT gen_random_uuid(), t.site_id, t.id, 'selection', 'anchored', 1, w.exact, 1, 1, w.exact, '', '', w.start,
                w.start + length(w.exact)
         FROM threads t, unnest($2::text[], $3::int[]) AS w(exact, start) WHERE t.key = $1 RETURNING *
       )
       INSERT INTO passage_places (passage_id, revision, thread_id, site_id, state, score, exact, start_at, end_at)
       SELECT id, 1, thread_id, site_id, state, score, exact, start_at, end_at FROM made`,
      [key, before.map((_, n) => words(n)), places],
    );
    // Every tenth goes, the last hundred come first, and news stand before all.
    const kept = before.filter((_, n) => n % 10 !== 0);
    const after = ['News of the day.', ...kept.slice(-90), ...kept.slice(0, -90)];
    const begun = performance.now();
    const { passages } = await publish(key, after);
    const seconds = (performance.now() - begun) / 1_000;
    expect(passages).toEqual({ anchored: 1_710, moved: 90, fuzzy: 0, orphaned: 200 });
    expect(seconds).toBeLessThan(10);
    const checked = await consistent(key);
    const orphans = checked.passages.filter(({ state }) => state === 'orphaned').map(({ exact }) => exact);
    expect(orphans).toEqual(before.flatMap((_, n) => (n % 10 === 0 ? [words(n)] : [])));
    await app.settled();
    // So many changes are not named one by one; whoever listens reads the list again.
    expect((await publish(key, before)).passages).toEqual({ anchored: 1_910, moved: 90, fuzzy: 0, orphaned: 0 });
    await consistent(key);
  });
});
