import fc from 'fast-check';
import { Signals } from '../../src/platform/stream/signals.js';
import type { Comment, Passage } from '../../web/shared/api-types.js';
import { startTwoNodes, threadPath, type App, type Person } from '../support/app.js';
import { FollowingClient } from '../support/following-client.js';
import type { Answer } from '../support/http.js';
import { until } from '../support/until.js';
import { walk, type Shown, type Walk } from '../support/walk.js';

/** More of it: LIVE_RUNS=200 LIVE_SEED=7. */
const RUNS = Number(process.env['LIVE_RUNS'] ?? 10);
const SEED = Number(process.env['LIVE_SEED'] ?? 20_261_122);
const MAX_DEPTH = 2;
const TEXTS = ['Plain.', 'A *second* thought.', 'https://a.example https://b.example https://c.example'];

/** The article: each sentence as it was, and as an editor may change it. It may be gone, too. */
const SENTENCES = [
  ['The ferry to Holm leaves the old pier at seven in the morning.', 'The ferry to Holm leaves the new pier at seven.'],
  [
    'Tickets are sold on board by the mate, who takes no cards.',
    'Tickets are sold on board by the mate, who takes cards.',
  ],
  ['In winter the crossing takes an hour and ten minutes.', 'In winter the crossing takes an hour and a half.'],
  [
    'Dogs travel free of charge as long as they stay on deck.',
    'Dogs travel at half price as long as they stay on deck.',
  ],
  [
    'A timetable hangs beside the door of the harbour office.',
    'A timetable hangs inside the door of the harbour office.',
  ],
] as const;
const ALL_AS_THEY_WERE = SENTENCES.map(([sentence]) => sentence).join(' ');

const pick = fc.nat(1_000);
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('post' as const), who: pick, text: pick, parent: fc.option(pick) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('mark' as const),
      who: pick,
      text: pick,
      which: pick,
      version: fc.constantFrom('as it was', 'as it was', 'edited'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answer' as const), who: pick, text: pick, which: pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask' as const), which: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('question' as const),
      which: pick,
      change: fc.constantFrom<object>({ open: false }, { open: true }, { prompt: 'Or not?' }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('place' as const), which: pick, where: pick }) },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      which: pick,
      version: fc.constantFrom('as it was', 'as it was', 'edited', 'gone'),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('edit' as const), which: pick, text: pick }) },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      action: fc.constantFrom('approve', 'approve', 'reject', 'spam', 'restore'),
      which: fc.array(pick, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: pick }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: pick }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('vote' as const),
      who: pick,
      which: pick,
      value: fc.constantFrom(-1, 0, 1, 1),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pin' as const), which: pick, pinned: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('thread' as const),
      change: fc.constantFrom(
        { moderationMode: 'post' },
        { moderationMode: 'pre' },
        { state: 'closed' },
        { state: 'frozen' },
        { state: 'open', title: 'Another title' },
      ),
    }),
  },
  { weight: 16, arbitrary: fc.record({ kind: fc.constant('wait' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut relay' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose signals, then cut relay' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut listeners' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('client leaves' as const), which: pick }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('client returns' as const), which: pick, node: pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('client reads' as const), node: pick }) },
);
type Version = 'as it was' | 'edited' | 'gone';

interface Stored {
  id: string;
  parentId: string | null;
  depth: number;
  status: string;
  pinned: boolean;
  passageId: string | null;
  up: number;
  down: number;
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const quote = (exact: string) => ({ selectors: [{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' }] });
const published = ({ shown }: Walk) => shown.filter((one) => 'author' in one) as unknown as Comment[];

describe('a page that keeps to the client rule', () => {
  let nodes: [App, App];
  let people: Person[];

  beforeAll(async () => {
    nodes = await startTwoNodes({ settings: { maxDepth: MAX_DEPTH, maxLinks: 2, undoSeconds: 60 } });
    people = await Promise.all(['Ada', 'Ben', 'Cleo'].map((name) => nodes[0].guest(name)));
  });

  afterAll(async () => {
    await nodes[1].stop();
    await nodes[0].stop();
  });

  const node = (n: number): App => nodes[n % 2] as App;
  const cut = (name: string) =>
    nodes[0].pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()',
      [name],
    );

  it(
    'sees every seq once and ends with what a fresh read gives, whatever was cut, lost, late or away',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 45, size: 'max' }), async (steps) => {
          const thread = await nodes[0].thread({ moderationMode: 'post' });
          const run = new Run(thread);
          try {
            await run.begin();
            for (const one of steps) await run.take(one);
            await run.finish();
          } finally {
            run.clients.forEach((client) => client.stop());
            restoreSignals();
          }
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    },
    RUNS * 30_000,
  );

  it('repairs by itself what signals did not say', async () => {
    const thread = await nodes[0].thread({ moderationMode: 'post' });
    const clients = [0, 1].map((n) => new FollowingClient(node(n), thread, MAX_DEPTH));
    for (const client of clients) {
      await client.read();
      client.connect();
    }
    loseSignals();
    for (let n = 0; n < 3; n++) await nodes[0].post(people[0] as Person, thread, `Unheard ${n}`);
    await nodes[0].settled();
    restoreSignals();
    await until(() => clients.every((client) => client.seq === 3), 'both pages to learn of it');
    clients.forEach((client) => client.stop());
    expect(clients.map((client) => client.total)).toEqual([3, 3]);
  });

  const restores: (() => void)[] = [];
  function loseSignals(): void {
    if (restores.length > 0) return;
    for (const {
      node: { app },
    } of nodes) {
      const signals = app.get(Signals);
      const send = signals.send.bind(signals);
      signals.send = () => undefined;
      restores.push(() => (signals.send = send));
    }
  }
  function restoreSignals(): void {
    restores.splice(0).forEach((restore) => restore());
  }

  /** One thread with what was done to it, several things at a time, and the pages that are open on it. */
  class Run {
    readonly clients: FollowingClient[] = [];
    private readonly comments: (Comment & { by: Person })[] = [];
    private readonly batches: string[] = [];
    private readonly questions: string[] = [];
    private readonly versions: Version[] = SENTENCES.map(() => 'as it was');
    private running: Promise<void>[] = [];
    private turn = 0;

    constructor(private readonly thread: string) {
      for (const n of [0, 1]) {
        const client = new FollowingClient(node(n), thread, MAX_DEPTH);
        this.clients.push(client);
        this.running.push(client.read().then(() => client.connect()));
      }
    }

    /** An article, a tree deeper than the listing nests with a vote in it, and one below a passage. */
    async begin(): Promise<void> {
      await this.staff('PUT', threadPath(this.thread), { text: ALL_AS_THEY_WERE });
      for (const parent of [null, null, 0, 2, 3, 4, 2]) await this.perform({ kind: 'post', who: 0, text: 0, parent });
      await this.perform({ kind: 'vote', who: 1, which: 2, value: 1 });
      await this.perform({ kind: 'mark', who: 0, text: 0, which: 0, version: 'as it was' });
      await this.perform({ kind: 'post', who: 1, text: 0, parent: 7 });
      await this.perform({ kind: 'ask', which: 1 });
      expect([this.comments.length, this.questions.length]).toEqual([9, 1]);
    }

    async take(one: Step): Promise<void> {
      if (one.kind === 'wait') await this.quiet();
      else this.running.push(this.perform(one));
    }

    async quiet(): Promise<void> {
      await Promise.all(this.running.splice(0));
    }

    private async perform(one: Exclude<Step, { kind: 'wait' }>): Promise<void> {
      switch (one.kind) {
        case 'post': {
          const parentId = one.parent === null ? undefined : this.comment(one.parent)?.id;
          return this.post(one, { parentId });
        }
        case 'mark': {
          const exact = SENTENCES[one.which % SENTENCES.length]?.[one.version === 'edited' ? 1 : 0] ?? '';
          // Of the first text, on a page that is open since; else of the newest.
          const old = one.version === 'as it was' && one.text % 2 === 0;
          return this.post(one, { anchor: { ...quote(exact), ...(old ? { revision: 1 } : {}) } });
        }
        case 'answer':
          return this.post(one, { passageId: this.questions[one.which % this.questions.length] });
        case 'ask': {
          const [sentence = ''] = SENTENCES[one.which % SENTENCES.length] ?? [];
          const body = { prompt: 'Is that so?', anchor: { ...quote(sentence), revision: 1 } };
          const call = { method: 'POST', token: nodes[0].owner.token, body };
          const answer = await this.call<Passage>(`${threadPath(this.thread)}/passages`, call);
          if (answer.status === 201) this.questions.push(answer.body.id);
          return;
        }
        case 'question': {
          const id = this.questions[one.which % this.questions.length];
          return this.staff('PATCH', `${threadPath(this.thread)}/passages/${id}`, one.change);
        }
        case 'place': {
          const { rows } = await nodes[0].pool.query<{ id: string }>(
            'SELECT p.id FROM passages p JOIN threads t ON t.id = p.thread_id WHERE t.key = $1 ORDER BY p.id',
            [this.thread],
          );
          const id = rows[one.which % rows.length]?.id;
          const [sentence = ''] = SENTENCES[one.where % SENTENCES.length] ?? [];
          return this.staff('PATCH', `${threadPath(this.thread)}/passages/${id}`, { anchor: quote(sentence) });
        }
        case 'publish': {
          this.versions[one.which % SENTENCES.length] = one.version;
          return this.staff('PUT', threadPath(this.thread), { text: this.text() });
        }
        case 'edit':
          return this.onOne(one.which, 'PATCH', '', { body: TEXTS[one.text % TEXTS.length] });
        case 'delete':
          return this.onOne(one.which, 'DELETE', '');
        case 'vote':
          return this.onOne(one.which, 'PUT', '/vote', { value: one.value }, this.person(one.who));
        case 'decide': {
          const ids = [...new Set(one.which.flatMap((which) => this.comment(which)?.id ?? []))];
          const { rows } = await nodes[0].pool.query<{ commentId: string; revision: number }>(
            'SELECT id AS "commentId", revision FROM comments WHERE id = ANY($1::uuid[])',
            [ids],
          );
          if (rows.length === 0) return;
          const call = { method: 'POST', token: nodes[0].owner.token, body: { items: rows, action: one.action } };
          const answer = await this.call<{ batchId: string }>('/moderation/decisions', call);
          this.batches.push(answer.body.batchId);
          return;
        }
        case 'undo': {
          const batch = this.batches[one.which % this.batches.length];
          if (batch) await this.staff('POST', `/moderation/decisions/${batch}/undo`);
          return;
        }
        case 'pin': {
          const id = this.comment(one.which)?.id;
          if (id) await this.staff('PUT', `/moderation/comments/${id}/pin`, { pinned: one.pinned });
          return;
        }
        case 'thread':
          return this.staff('PUT', threadPath(this.thread), one.change);
        case 'cut relay':
          return void (await cut('postil-relay'));
        case 'cut listeners':
          return void (await cut('postil-listen'));
        case 'lose signals, then cut relay':
          loseSignals();
          await nodes[0].post(this.person(0), this.thread, 'Committed, and nobody is told').then(
            (comment) => this.comments.push({ ...comment, by: this.person(0) }),
            () => undefined,
          );
          await cut('postil-relay');
          return restoreSignals();
        case 'client leaves':
          return this.client(one.which).disconnect();
        case 'client returns':
          return this.client(one.which).connect(node(one.node));
        case 'client reads': {
          const client = new FollowingClient(node(one.node), this.thread, MAX_DEPTH);
          this.clients.push(client);
          // It connects with an old page, at the end if nothing makes it do so before.
          return client.read();
        }
      }
    }

    private text(): string {
      const sentences = SENTENCES.flatMap(([before, after], n) => {
        const version = this.versions[n];
        return version === 'gone' ? [] : [version === 'edited' ? after : before];
      });
      return ['All about the ferry.', ...sentences].join(' ');
    }

    private async post({ who, text }: { who: number; text: number }, where: object): Promise<void> {
      const by = this.person(who);
      const call = { method: 'POST', token: by.token, body: { body: TEXTS[text % TEXTS.length], ...where } };
      const answer = await this.call<Comment>(`${threadPath(this.thread)}/comments`, call);
      if (answer.status === 201) this.comments.push({ ...answer.body, by });
    }

    async finish(): Promise<void> {
      await this.quiet();
      await nodes[0].settled();
      this.clients.forEach((client, n) => client.connect(node(n)));
      const seq = await nodes[0].count(
        'SELECT h.seq AS count FROM thread_heads h JOIN threads t ON t.id = h.thread_id WHERE t.key = $1',
        [this.thread],
      );
      const events = await nodes[0].count(
        'SELECT count(DISTINCT e.seq) FROM thread_events e JOIN threads t ON t.id = e.thread_id WHERE t.key = $1',
        [this.thread],
      );
      expect(events).toBe(seq);
      await until(
        () => this.clients.every((client) => client.seq === seq),
        'every page to be up to date',
        () => JSON.stringify(this.clients.map((client) => [client.seq, client.faults])),
      );
      for (const app of nodes) await this.compare(app, seq);
    }

    private async compare(app: App, seq: number): Promise<void> {
      // A page may be a second old where no signal came.
      let fresh = await walk(app, this.thread);
      await until(async () => {
        fresh = await walk(app, this.thread);
        return fresh.seqs.every((one) => one === seq);
      }, 'fresh pages');
      const expected = new Map(fresh.shown.map((shown) => [shown.id, shown]));
      expect(expected.size).toBe(fresh.shown.length);
      expect(fresh.shown.filter((shown) => 'author' in shown)).toHaveLength(fresh.total);
      for (const client of this.clients) {
        expect(client.faults).toEqual([]);
        expect(client.shown()).toEqual(expected);
        expect(client.total).toBe(fresh.total);
      }
      expect(expected).toEqual(await this.recomputed(expected));
      await this.comparePassages(app, fresh.total);
      await this.compareOrder(fresh.shown.filter((shown) => shown.under === null).map((shown) => shown.id));
    }

    /** What is listed, counts and votes as the stored comments and votes say, reckoned the naive way. */
    private async recomputed(shown: ReadonlyMap<string, Shown>): Promise<Map<string, Shown>> {
      const { rows } = await nodes[0].pool.query<Stored>(
        `SELECT c.id, c.parent_id AS "parentId", c.depth, c.status, c.pinned, c.passage_id AS "passageId",
                (SELECT count(*) FROM votes v WHERE v.comment_id = c.id AND value = 1)::int AS up,
                (SELECT count(*) FROM votes v WHERE v.comment_id = c.id AND value = -1)::int AS down
         FROM comments c JOIN threads t ON t.id = c.thread_id WHERE t.key = $1`,
        [this.thread],
      );
      const stored = new Map(rows.map((row) => [row.id, row]));
      const above = (row: Stored): Stored[] => {
        const parent = row.parentId === null ? undefined : stored.get(row.parentId);
        return parent ? [parent, ...above(parent)] : [];
      };
      const under = (row: Stored) => above(row).find((ancestor) => ancestor.depth < MAX_DEPTH)?.id ?? null;
      const published = rows.filter((row) => row.status === 'published');
      const listed = new Set(published.flatMap((row) => [row.id, ...above(row).map((ancestor) => ancestor.id)]));
      return new Map(
        [...listed].map((id) => {
          const row = stored.get(id) as Stored;
          const replyCount = published.filter((reply) => under(reply) === id).length;
          const said = {
            ...shown.get(id),
            id,
            parentId: row.parentId,
            depth: row.depth,
            under: under(row),
            replyCount,
          };
          const { status, pinned, passageId, up, down } = row;
          if (status === 'published') return [id, { ...said, status, pinned, passageId, votes: { up, down } } as Shown];
          return [id, { ...said, status: status === 'deleted' ? 'deleted' : 'removed' } as Shown];
        }),
      );
    }

    /** The passages of the page, of a fresh read and of the tables; and what hangs on them, by filter. */
    private async comparePassages(app: App, total: number): Promise<void> {
      const { passages } = await app.readThread(this.thread);
      const fresh = new Map(passages.map((passage) => [passage.id, passage]));
      for (const client of this.clients) expect(client.passages).toEqual(fresh);
      const { rows } = await nodes[0].pool.query<{ id: string; kind: string; count: number; marked: boolean }>(
        `SELECT p.id, p.kind,
                (SELECT count(*) FROM comments c WHERE c.passage_id = p.id AND c.status = 'published')::int AS count
         FROM passages p JOIN threads t ON t.id = p.thread_id WHERE t.key = $1`,
        [this.thread],
      );
      const shown = rows.filter(({ kind, count }) => kind === 'question' || count > 0);
      expect(new Map(passages.map(({ id, commentCount }) => [id, commentCount]))).toEqual(
        new Map(shown.map(({ id, count }) => [id, count])),
      );
      const whole = await walk(app, this.thread);
      const on = (passage?: string) =>
        published(whole).filter(({ passageId }) => passageId !== null && (passage ?? passageId) === passageId);
      for (const { passageId, quote: said } of on()) expect(said).toEqual(fresh.get(passageId ?? '')?.quote);
      const inline = await walk(app, this.thread, { passage: 'any' });
      expect([inline.total, published(inline)]).toEqual([on().length, on()]);
      for (const { id } of rows) {
        const list = await walk(app, this.thread, { passage: id });
        expect([list.total, published(list)]).toEqual([on(id).length, on(id)]);
      }
      expect(whole.total).toBe(total);
    }

    /** Roots: pinned ones first, each part newest first by what the database says, placeholders too. */
    private async compareOrder(ids: string[]): Promise<void> {
      const { rows } = await nodes[0].pool.query<{ id: string }>(
        'SELECT id FROM comments WHERE id = ANY($1::uuid[]) ORDER BY pinned DESC, created_at DESC, id DESC',
        [ids],
      );
      expect(ids).toEqual(rows.map((row) => row.id));
    }

    private person(n: number): Person {
      return people[n % people.length] as Person;
    }

    private client(n: number): FollowingClient {
      return this.clients[n % this.clients.length] as FollowingClient;
    }

    private comment(n: number): (Comment & { by: Person }) | undefined {
      return this.comments[n % this.comments.length];
    }

    private async onOne(n: number, method: string, path: string, body?: object, by?: Person): Promise<void> {
      const comment = this.comment(n);
      if (comment) await this.call(`/comments/${comment.id}${path}`, { method, body, token: (by ?? comment.by).token });
    }

    private async staff(method: string, path: string, body?: object): Promise<void> {
      await this.call(path, { method, body, token: nodes[0].owner.token });
    }

    /** By turns on both nodes. What is refused is refused; what fails is a fault. */
    private async call<T>(path: string, call: Parameters<App['call']>[1]): Promise<Answer<T>> {
      const answer = await node((this.turn += 1)).call<T>(path, call);
      if (answer.status >= 500) throw new Error(`${call?.method} ${path}: ${answer.status} ${answer.text}`);
      return answer;
    }
  }
});
