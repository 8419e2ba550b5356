import { randomUUID } from 'node:crypto';
import { WorkDryRuns } from '../../src/moderation/dry-runs/work-dry-runs.js';
import { startApp, startTwoNodes, type App, type Person } from '../support/app.js';
import type { Answer, ProblemBody } from '../support/http.js';
import { Past, randomNumbers, type PastComment } from '../support/past.js';
import { until } from '../support/until.js';

interface Count {
  total: number;
  published: number;
  rejected: number;
  undecided: number;
}
interface Example {
  commentId: string;
  human: string | null;
  action: string;
  evidence: { start: number; end: number; text?: string }[];
}
interface DryRun {
  id: string;
  state: string;
  total: number | null;
  done: number;
  lookedAt: Count;
  wouldHold: Count;
  wouldReject: Count;
  precision: number | null;
  recall: number | null;
  exactness: string;
  caveats: string[];
  examples: Example[];
  finishedAt: string | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WORDS = { kind: 'words', params: { words: ['gurke'] } };
const PATH = '/moderation/rules/dry-runs';
const APPROVED = { status: 'published', decidedBy: 'human' };
const REJECTED = { status: 'rejected', decidedBy: 'human' };

/** On whichever node. */
class Lab {
  constructor(readonly app: App) {}

  order(rule: object, last: object, by = this.app.owner, site = 'demo'): Promise<Answer<DryRun & ProblemBody>> {
    return this.app.call(PATH, { method: 'POST', token: by.token, body: { site, rule, last } });
  }

  read(id: string, by = this.app.owner): Promise<DryRun> {
    return this.app.expect<DryRun>(200, `${PATH}/${id}`, { token: by.token });
  }

  work(signal?: AbortSignal): Promise<void> {
    return this.app.node.app.get(WorkDryRuns).run(signal);
  }

  /** Ordered, worked, read. */
  async tried(rule: object, last: object): Promise<DryRun> {
    const { status, body, text } = await this.order(rule, last);
    if (status !== 202) throw new Error(text);
    await this.work();
    const dryRun = await this.read(body.id);
    expect(dryRun).toMatchObject({ state: 'done', done: dryRun.total });
    return dryRun;
  }
}

describe('dry-runs', () => {
  let app: App;
  let lab: Lab;
  let past: Past;
  let admin: Person;
  let moderator: Person;

  beforeAll(async () => {
    app = await startApp();
    lab = new Lab(app);
    admin = await app.staff('admin');
    moderator = await app.staff('moderator');
    past = await Past.of(app, await app.thread());
  });

  afterAll(() => app.stop());

  afterEach(() => app.pool.query('DELETE FROM comment_revisions; DELETE FROM comments; DELETE FROM rule_dry_runs'));

  it('says what a rule would have done, against what people did', async () => {
    const now = Date.now();
    const bodies = ['A gurke', 'A tomato', 'Two gurke, one gurke', 'Nothing', 'gurke again', 'A gurke to come'];
    const [a, b, c, d, e] = bodies.map((body, n) => past.comment(randomUUID(), body, now - (10 - n) * HOUR));
    past.decide(a!, moderator, 'approve', APPROVED, now - HOUR);
    past.decide(b!, moderator, 'reject', REJECTED, now - HOUR);
    past.decide(c!, moderator, 'reject', REJECTED, now - HOUR);
    past.decide(d!, moderator, 'approve', APPROVED, now - HOUR);
    // Taken back by its author: what people had made of it stands in the decision.
    past.decide(e!, moderator, 'spam', { status: 'spam', decidedBy: 'human' }, now - HOUR);
    e!.status = 'deleted';
    await past.store(app);
    const dryRun = await lab.tried(WORDS, { comments: 100 });
    expect(dryRun).toMatchObject({
      lookedAt: { total: 6, published: 2, rejected: 3, undecided: 1 },
      wouldHold: { total: 4, published: 1, rejected: 2, undecided: 1 },
      wouldReject: { total: 0, published: 0, rejected: 0, undecided: 0 },
      precision: 2 / 3,
      recall: 2 / 3,
      exactness: 'exact',
    });
    expect(dryRun.examples.map(({ human }) => human)).toEqual(['published', null, 'rejected', 'rejected']);
    expect(dryRun.examples[0]).toMatchObject({ commentId: a!.id, action: 'hold' });
    expect(dryRun.examples[0]?.evidence).toEqual([{ start: 2, end: 7, text: 'gurke' }]);
    expect(dryRun.examples[3]?.evidence).toHaveLength(2);
    // Words are read when they are shown: what was erased since is not.
    await app.pool.query(`UPDATE comment_revisions SET body = '', html = '' WHERE comment_id = $1`, [a!.id]);
    expect((await lab.read(dryRun.id)).examples[0]?.evidence).toEqual([{ start: 2, end: 7 }]);
  });

  it('looks at what it was told to and nothing else, whatever mode the rule is in', async () => {
    const now = Date.now();
    for (let n = 0; n < 10; n++) past.comment(randomUUID(), `A gurke ${n}`, now - n * DAY - HOUR);
    const imported = past.comment(randomUUID(), 'An old gurke', now - HOUR / 2);
    imported.at = now - 50 * DAY;
    await past.store(app);
    const other = await app.thread({}, 'elsewhere');
    void other;
    expect((await lab.tried({ ...WORDS, mode: 'off' }, { comments: 4 })).wouldHold.total).toBe(4);
    const byDays = await lab.tried({ ...WORDS, mode: 'shadow', action: 'reject' }, { days: 3 });
    expect(byDays.wouldReject.total).toBe(3);
    expect((await lab.tried(WORDS, { days: 90 })).wouldHold.total).toBe(11);
    await app.site('second', { name: 'Second', origins: [] });
    const { body } = await lab.order(WORDS, { comments: 10 }, app.owner, 'second');
    await lab.work();
    expect(await lab.read(body.id)).toMatchObject({ state: 'done', total: 0, done: 0, precision: null, recall: null });
  });

  it('replays flood and repeats as they were then', async () => {
    const random = randomNumbers(7);
    const readers = Array.from({ length: 12 }, () => randomUUID());
    // Digests do not tell drawn-out letters or look-alikes apart, so these are words.
    const fruits = 'apple banana cherry damson elder fig grape hazel iris juniper kiwi lemon mango nut orange'.split(
      ' ',
    );
    const texts = fruits.map((fruit) => `What I like most of all is the ${fruit}`);
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
    let at = Date.now() - 3 * DAY;
    for (let n = 0; n < 900; n++) past.comment(pick(readers), pick(texts), (at += Math.ceil(random() * 2 * 120_000)));
    const all: PastComment[] = [...past.comments];
    await past.store(app);
    const chosen = all.slice(-500);
    const within = (comment: PastComment, seconds: number) =>
      all.filter((each) => each.id < comment.id && comment.at - each.at < seconds * 1_000);

    const crowded = chosen.filter((one) => within(one, 3_600).filter((each) => each.reader === one.reader).length >= 4);
    const flood = await lab.tried({ kind: 'flood', params: { posts: 4, perSeconds: 3_600 } }, { comments: 500 });
    expect(crowded.length).toBeGreaterThan(20);
    expect(flood).toMatchObject({ total: 500, wouldHold: { total: crowded.length }, exactness: 'exact' });

    const repeated = chosen.filter((one) => {
      const same = within(one, 7_200).filter((each) => each.body === one.body);
      const others = new Set(same.flatMap(({ reader }) => (reader === one.reader ? [] : [reader])));
      return same.some(({ reader }) => reader === one.reader) || others.size > 2;
    });
    const rule = { kind: 'repeats', params: { withinSeconds: 7_200, own: 0, others: 2 } };
    const repeats = await lab.tried(rule, { comments: 500 });
    expect(repeated.length).toBeGreaterThan(20);
    expect(repeats).toMatchObject({ total: 500, wouldHold: { total: repeated.length }, exactness: 'exact' });
    expect(await app.count('SELECT count(*) FROM dry_run_texts')).toBe(0);
  });

  it('replays what a reader was known for then, and says that it is near and not exact', async () => {
    const now = Date.now();
    const [ada, bob] = [randomUUID(), randomUUID()];
    const of = (reader: string, hours: number) =>
      past.comment(reader, 'A word', now - hours * HOUR, { status: 'pending', decidedBy: 'none' });
    const first = of(ada, 50);
    of(ada, 49);
    past.decide(first, moderator, 'approve', APPROVED, now - 48 * HOUR);
    of(ada, 47);
    past.decide(first, moderator, 'reject', REJECTED, now - 46 * HOUR);
    of(ada, 45);
    const wrong = [of(bob, 40), of(bob, 39)];
    for (const comment of wrong) past.decide(comment, moderator, 'reject', REJECTED, now - 30 * HOUR);
    of(bob, 31);
    of(bob, 29);
    await past.store(app);
    const fresh = await lab.tried({ kind: 'new-reader', params: { published: 1 } }, { comments: 100 });
    // Of Ada's four the third alone came while one of hers stood published.
    expect(fresh).toMatchObject({ wouldHold: { total: 7 }, lookedAt: { total: 8 }, exactness: 'approximate' });
    expect(fresh.caveats).toHaveLength(2);
    const rate = { kind: 'rejection-rate', params: { share: 0.9, leastDecisions: 2 } };
    // Only Bob's last one: the one before it came before anybody had decided.
    expect(await lab.tried(rate, { comments: 100 })).toMatchObject({
      wouldHold: { total: 1 },
      exactness: 'approximate',
    });
  });

  it('goes by the hour at which a comment came, on the clock of the site', async () => {
    const yesterday = new Date(Date.now() - DAY).toISOString().slice(0, 10);
    for (const time of ['12:00', '21:30', '23:30']) {
      past.comment(randomUUID(), 'A word', Date.parse(`${yesterday}T${time}:00Z`));
    }
    await past.store(app);
    const night = { kind: 'hours', params: { from: '22:00', until: '06:00' } };
    expect((await lab.tried(night, { comments: 100 })).wouldHold.total).toBe(1);
    await app.settings({ timeZone: 'Europe/Vienna' });
    expect((await lab.tried(night, { comments: 100 })).wouldHold.total).toBe(2);
    await app.settings({ timeZone: 'UTC' });
  });

  it('keeps at most 20 examples, false alarms first, the newest of them', async () => {
    const now = Date.now();
    const alarms: string[] = [];
    for (let n = 0; n < 60; n++) {
      const comment = past.comment(randomUUID(), 'A gurke', now - (100 - n) * 60_000);
      if (n % 3 === 0) alarms.push(comment.id);
      if (n % 3 === 0) past.decide(comment, moderator, 'approve', APPROVED, now - 1_000);
      if (n % 3 === 1) past.decide(comment, moderator, 'reject', REJECTED, now - 1_000);
    }
    await past.store(app);
    const { examples } = await lab.tried(WORDS, { comments: 100 });
    expect(examples.map(({ commentId }) => commentId)).toEqual(alarms.reverse());
  });

  it('is cancelled, and then at rest', async () => {
    for (let n = 0; n < 1_950; n++) past.comment(randomUUID(), 'A gurke', Date.now() - n * 1_000);
    await past.store(app);
    const { body } = await lab.order(WORDS, { comments: 1_950 });
    const working = lab.work();
    await until(async () => (await lab.read(body.id)).done >= 200, 'the first page');
    await app.expect(204, `${PATH}/${body.id}`, { method: 'DELETE', token: admin.token });
    await working;
    const cancelled = await lab.read(body.id);
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.done % 200).toBe(0);
    expect(cancelled.done).toBeLessThan(1_950);
    expect(cancelled.wouldHold.total).toBe(cancelled.done);
    await lab.work();
    expect(await lab.read(body.id)).toEqual(cancelled);
    await app.expect(204, `${PATH}/${body.id}`, { method: 'DELETE', token: admin.token });
    const done = await lab.tried(WORDS, { comments: 1 });
    const over = await app.call<ProblemBody>(`${PATH}/${done.id}`, { method: 'DELETE', token: admin.token });
    expect([over.status, over.body.code]).toEqual([409, 'dry-run-over']);
  });

  it('is ordered by admins and owners, read by all staff of the site, and by nobody else', async () => {
    await app.site('third', { name: 'Third', origins: [] });
    const stranger = await app.staff('admin', 'third');
    const guest = await app.guest();
    const { body } = await lab.order(WORDS, { comments: 1 }, admin);
    const url = `${PATH}/${body.id}`;
    const statuses = async (who: Person | undefined) => {
      const token = who?.token;
      const posted = await app.call(PATH, {
        ...{ method: 'POST', token },
        body: { site: 'demo', rule: WORDS, last: { comments: 1 } },
      });
      const read = await app.call(url, { token });
      const listed = await app.call(PATH, { token, query: { site: 'demo' } });
      const cancelled = await app.call(url, { method: 'DELETE', token });
      return [posted.status, read.status, listed.status, cancelled.status];
    };
    expect(await statuses(undefined)).toEqual([401, 401, 401, 401]);
    expect(await statuses(guest)).toEqual([401, 401, 401, 401]);
    expect(await statuses(stranger)).toEqual([404, 404, 404, 404]);
    expect(await statuses(moderator)).toEqual([403, 200, 200, 403]);
    expect(await statuses(admin)).toEqual([202, 200, 200, 204]);
    expect((await app.call(`${PATH}/${randomUUID()}`, { token: admin.token })).status).toBe(404);
    const { rows } = await app.pool.query<{ action: string; codes: object }>(
      'SELECT action, codes FROM log_entries WHERE subject_id = $1 ORDER BY at, id',
      [body.id],
    );
    expect(rows).toEqual([
      { action: 'rule.dry-run-started', codes: { rule: 'dry-run', kind: 'words', comments: 1 } },
      { action: 'rule.dry-run-cancelled', codes: {} },
    ]);
  });

  it('says what is wrong with a rule, a range, and too many at once', async () => {
    const refused = async (rule: object, last: object) => {
      const { status, body } = await lab.order(rule, last);
      return [status, body.code, body.errors?.map(({ pointer }) => pointer)];
    };
    const last = { comments: 1 };
    expect(await refused({ kind: 'words', params: { words: [] } }, last)).toEqual([
      422,
      'validation',
      ['/rule/params/words'],
    ]);
    expect(await refused({ kind: 'horoscope' }, last)).toEqual([422, 'validation', ['/rule/kind']]);
    expect(await refused({ kind: 'external', params: {} }, last)).toEqual([422, 'rule-not-replayable', ['/rule/kind']]);
    expect(await refused(WORDS, {})).toEqual([422, 'validation', ['/last']]);
    expect(await refused(WORDS, { comments: 1, days: 1 })).toEqual([422, 'validation', ['/last']]);
    expect(await refused(WORDS, { comments: 100_001 })).toEqual([422, 'validation', ['/last/comments']]);
    expect(await refused(WORDS, { days: 91 })).toEqual([422, 'validation', ['/last/days']]);
    const many = await Promise.all(Array.from({ length: 8 }, () => lab.order(WORDS, last)));
    expect(many.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 202, 409, 409, 409]);
    const codes = many.flatMap(({ status, body }) => (status === 409 ? [body.code] : []));
    expect(new Set(codes)).toEqual(new Set(['too-many-dry-runs']));
    await lab.work();
    const pages = await app.expect<{ items: DryRun[]; nextCursor: string }>(200, PATH, {
      ...{ token: admin.token, query: { site: 'demo', limit: 3 } },
    });
    const rest = await app.expect<{ items: DryRun[]; nextCursor: null }>(200, PATH, {
      ...{ token: admin.token, query: { site: 'demo', limit: 3, cursor: pages.nextCursor } },
    });
    const ids = [...pages.items, ...rest.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(rest.nextCursor).toBeNull();
    expect(pages.items[0]).not.toHaveProperty('rule');
  });

  it('forgets what ended a month ago', async () => {
    const { id } = await lab.tried(WORDS, { comments: 1 });
    await app.pool.query(`UPDATE rule_dry_runs SET finished_at = finished_at - interval '29 days' WHERE id = $1`, [id]);
    await lab.work();
    await lab.read(id);
    await app.pool.query(`UPDATE rule_dry_runs SET finished_at = finished_at - interval '1 day' WHERE id = $1`, [id]);
    await lab.work();
    await app.expect(404, `${PATH}/${id}`, { token: admin.token });
  });

  it('leaves a node to its readers while it works', async () => {
    const body = `${'Perhaps a gurke, perhaps none. '.repeat(60)}`;
    for (let n = 0; n < 1_000; n++) past.comment(randomUUID(), `${body} ${n}`, Date.now() - n * 1_000);
    await past.store(app);
    await lab.order({ kind: 'words', params: { words: ['gurke', 'tomate', 'idiot*'] } }, { comments: 1_000 });
    const turns: number[] = [];
    let before = performance.now();
    const watching = setInterval(() => {
      turns.push(performance.now() - before);
      before = performance.now();
    }, 1);
    await lab.work();
    clearInterval(watching);
    // A page in one go takes some hundred milliseconds here. The median tells, for others use these cores too.
    turns.sort((a, b) => a - b);
    expect(turns.length).toBeGreaterThan(50);
    expect(turns[Math.floor(turns.length / 2)]).toBeLessThan(30);
  });
});

describe('a dry-run on two nodes', () => {
  let nodes: [App, App];
  let labs: [Lab, Lab];

  beforeAll(async () => {
    nodes = await startTwoNodes();
    labs = [new Lab(nodes[0]), new Lab(nodes[1])];
    const past = await Past.of(nodes[0], await nodes[0].thread());
    const now = Date.now();
    for (let n = 0; n < 1_100; n++) past.comment(randomUUID(), `A gurke of number ${n % 100}`, now - n * 60_000);
    await past.store(nodes[0]);
  });

  afterAll(async () => {
    await nodes[1].stop();
    await nodes[0].stop();
  });

  /** A second ago: the moment itself may be rounded up to the next millisecond. */
  const expire = () =>
    nodes[0].pool.query(
      `UPDATE rule_dry_runs SET leased_until = clock_timestamp() - interval '1 second' WHERE worker IS NOT NULL`,
    );

  it('is worked on by one of them', async () => {
    const { body } = await labs[0].order(WORDS, { comments: 1_100 });
    await Promise.all([labs[0].work(), labs[1].work()]);
    expect(await labs[1].read(body.id)).toMatchObject({ state: 'done', done: 1_100, wouldHold: { total: 1_100 } });
  });

  it('goes on behind its last page after a crash, and counts nothing twice', async () => {
    const { pool } = nodes[0];
    const rule = { kind: 'repeats', params: { own: 0, others: 0 } };
    const whole = await labs[0].tried(rule, { comments: 1_100 });
    const { body } = await labs[0].order(rule, { comments: 1_100 });
    // In the middle of the third page its connection is gone.
    await pool.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
      CREATE TRIGGER die BEFORE UPDATE ON rule_dry_runs FOR EACH ROW
        WHEN (NEW.done > 400 AND OLD.done = 400) EXECUTE FUNCTION die();`);
    await labs[0].work();
    expect(await labs[0].read(body.id)).toMatchObject({ state: 'running', done: 400 });
    await pool.query('DROP TRIGGER die ON rule_dry_runs; DROP FUNCTION die()');
    // Nobody takes it as long as its worker may be alive.
    await labs[1].work();
    expect(await labs[0].read(body.id)).toMatchObject({ state: 'running', done: 400 });
    await expire();
    await labs[1].work();
    const { id: _id, examples: _, ...figures } = await labs[0].read(body.id);
    expect(figures).toMatchObject({ state: 'done', done: 1_100, wouldHold: whole.wouldHold, lookedAt: whole.lookedAt });
    expect(await nodes[0].count('SELECT count(*) FROM dry_run_texts')).toBe(0);
  });

  it('is taken from a worker that was only slow, which then writes nothing more', async () => {
    const { pool } = nodes[0];
    const { body } = await labs[0].order(WORDS, { comments: 1_100 });
    const client = await pool.connect();
    const slow = labs[0].work();
    await until(async () => (await labs[1].read(body.id)).done >= 200, 'the first page');
    // It stands still before it can say how far it is, and meanwhile its time runs out.
    await client.query('BEGIN; SELECT FROM rule_dry_runs FOR UPDATE');
    await client.query(`UPDATE rule_dry_runs SET leased_until = clock_timestamp() - interval '1 minute'`);
    await client.query('COMMIT');
    client.release();
    await Promise.all([slow, labs[1].work()]);
    expect(await labs[0].read(body.id)).toMatchObject({ state: 'done', done: 1_100, wouldHold: { total: 1_100 } });
  });

  it('lets go of it when the node stops, and another node goes on', async () => {
    const { body } = await labs[0].order(WORDS, { comments: 1_100 });
    const stopping = new AbortController();
    const working = labs[0].work(stopping.signal);
    await until(async () => (await labs[0].read(body.id)).done >= 200, 'the first page');
    stopping.abort();
    await working;
    expect((await labs[0].read(body.id)).state).toBe('running');
    await labs[1].work();
    expect(await labs[1].read(body.id)).toMatchObject({ state: 'done', done: 1_100 });
  });

  it('gives up what fails time after time, and says so', async () => {
    const { pool } = nodes[0];
    const { body } = await labs[0].order(WORDS, { comments: 10 });
    await pool.query('ALTER TABLE comment_revisions RENAME TO hidden');
    for (let n = 0; n < 6; n++) {
      await expire();
      await labs[n % 2]!.work();
    }
    await pool.query('ALTER TABLE hidden RENAME TO comment_revisions');
    expect((await labs[0].read(body.id)).state).toBe('failed');
    const { id } = await labs[0].tried(WORDS, { comments: 10 });
    expect(id).not.toBe(body.id);
  });
});

describe('a dry-run by the workers', () => {
  it('begins when it was ordered', async () => {
    const app = await startApp({ jobs: true });
    try {
      const lab = new Lab(app);
      const reader = await app.guest();
      await app.post(reader, await app.thread({ moderationMode: 'post' }), 'A gurke');
      const { body } = await lab.order(WORDS, { days: 1 });
      expect(body).toMatchObject({ state: 'waiting', total: null, done: 0 });
      await until(async () => (await lab.read(body.id)).state === 'done', 'the dry-run');
      expect(await lab.read(body.id)).toMatchObject({ wouldHold: { total: 1, undecided: 1 } });
    } finally {
      await app.stop();
    }
  });
});
