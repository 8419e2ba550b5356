import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { FoldStats } from '../../src/moderation/stats/fold-stats.js';
import { startApp, startTwoNodes, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { recordStatements, rowsByIndex } from '../support/query-plans.js';
import { Past, randomNumbers, type PastComment, type PastDecision } from '../support/past.js';

interface Wait {
  p50: number;
  p90: number;
}
interface Outcome {
  total: number;
  published: number;
  rejected: number;
  precision: number | null;
}
interface QueueStats {
  queue: string;
  entered: number;
  left: number;
  decided: number;
  secondsToDecision: Wait | null;
  open: number;
  oldestAgeSeconds: number | null;
}
interface Stats {
  from: string;
  to: string;
  queues: QueueStats[];
  moderators: {
    staff: { id: string; name: string };
    decisions: Record<string, number>;
    undone: number;
    secondsToDecision: Wait | null;
    appealed: Record<string, number>;
  }[];
  rules: ({ rule: string } & Record<'held' | 'rejected' | 'wouldHold' | 'wouldReject', Outcome>)[];
  reports: Record<string, number>;
  appeals: object;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function read(app: App, by: Person, query: Record<string, string> = {}): Promise<Stats> {
  return app.expect<Stats>(200, '/moderation/stats', { token: by.token, query: { site: 'demo', ...query } });
}

const fold = (app: App, signal?: AbortSignal) => app.node.app.get(FoldStats).run(signal);

/** Lets folding do one slice, and then one of the next source. */
function oneSlice(): AbortSignal {
  let asked = 0;
  return {
    get aborted() {
      return asked++ % 2 === 1;
    },
  } as AbortSignal;
}

const finding = (rule: string, action: string, would?: string) => ({
  rule,
  kind: rule,
  score: 1,
  action,
  would,
  evidence: [],
  explanation: '',
});

/** A history of so many days, made of all that can happen to a comment, with reports. */
class History {
  readonly comments: PastComment[] = [];
  readonly decisions: PastDecision[] = [];
  readonly undone = new Set<PastDecision>();
  readonly reports: { decision: PastDecision; at: number; state: string }[] = [];

  constructor(
    private readonly past: Past,
    private readonly staff: readonly Person[],
    seed: number,
    private readonly days: number,
    private readonly until: number,
  ) {
    const random = randomNumbers(seed);
    for (let n = 0; n < 500; n++) this.life(random);
    this.comments.push(...past.comments);
    this.decisions.push(...past.decisions);
  }

  private life(random: () => number): void {
    const chance = (share: number) => random() < share;
    let at = this.until - random() * this.days * DAY;
    const screening = [
      ...(chance(0.5) ? [finding('mode', 'hold')] : []),
      ...(chance(0.3) ? [finding('words-en', 'hold'), finding('words-en', chance(0.3) ? 'reject' : 'hold')] : []),
      ...(chance(0.2) ? [finding('links', 'hold')] : []),
      ...(chance(0.3) ? [finding('trial', 'note', chance(0.5) ? 'hold' : 'reject')] : []),
    ];
    const says = (action: string) => screening.some((each) => each.action === action);
    const status = says('reject') ? 'rejected' : says('hold') ? 'pending' : 'published';
    const comment = this.past.comment(randomUUID(), 'A word', at, {
      screening,
      status,
      decidedBy: status === 'rejected' ? 'rule' : 'none',
    });
    const later = () => (at = Math.min(this.until, at + 1_000 + random() ** 3 * 2 * DAY));
    if (status === 'published' && chance(0.2))
      this.past.decide(comment, null, 'hold', { status: 'pending', decidedBy: 'rule' }, later());
    for (let n = 0; n < 3 && chance(0.6); n++) {
      const by = this.staff[Math.floor(random() * this.staff.length)]!;
      const approves = chance(0.5);
      const to = approves ? 'published' : chance(0.7) ? 'rejected' : 'spam';
      const action = approves
        ? comment.status === 'rejected'
          ? 'restore'
          : 'approve'
        : to === 'spam'
          ? 'spam'
          : 'reject';
      const visible = comment.status !== 'rejected' && comment.status !== 'spam';
      const reported = visible && chance(0.3) ? Math.min(this.until, at + random() * 1_000) : undefined;
      const decision = this.past.decide(comment, by, action, { status: to, decidedBy: 'human' }, later());
      if (chance(0.2)) {
        at = Math.min(this.until, at + random() * HOUR);
        this.past.undo(decision, at);
        this.undone.add(decision);
      } else if (reported !== undefined) {
        this.reports.push({ decision, at: reported, state: approves ? 'disagreed' : 'agreed' });
      }
    }
  }

  async store(app: App): Promise<void> {
    await this.past.store(app);
    const rows = this.reports.map(({ decision, at, state }) => ({
      id: v7({ msecs: at }),
      comment: decision.comment.id,
      decision: decision.id,
      reader: randomUUID(),
      state,
      at: new Date(at).toISOString(),
      settled: new Date(decision.at).toISOString(),
    }));
    await app.pool.query(
      `INSERT INTO reports (id, site_id, thread_id, comment_id, revision, reader_id, reason, weight, state, decision_id, created_at, settled_at)
       SELECT n.id, c.site_id, c.thread_id, n.comment, 1, n.reader, 'abuse', 1, n.state, n.decision, n.at, n.settled
       FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, comment uuid, decision uuid, reader uuid, state text, at timestamptz, settled timestamptz)
       JOIN comments c ON c.id = n.comment`,
      [JSON.stringify(rows)],
    );
  }

  /** Counted one by one, with none of the code that is tried. */
  byHand(from: string, to: string) {
    const inPeriod = (at: number) => dayOf(at) >= from && dayOf(at) <= to;
    const waits = new Map<string, number[]>();
    const waited = (key: string, seconds: number) => waits.set(key, [...(waits.get(key) ?? []), seconds]);
    for (const decision of this.decisions) {
      const { comment, action, from: was, staffId } = decision;
      if (staffId === null || action === 'undo' || this.undone.has(decision) || !inPeriod(decision.at)) continue;
      const holder = this.decisions.find(({ id }) => id === was.decisionId && was.decidedBy === 'rule');
      const since = holder?.at ?? comment.at;
      const own = new Map<string, number>();
      if (was.status === 'pending') own.set('pending', since);
      const advertises = comment.screening.some((each) => (each as { rule: string }).rule === 'links');
      if (was.status === 'pending' && advertises) own.set('spam', since);
      if (was.status === 'published' && was.decidedBy !== 'human') own.set('unmoderated', since);
      const report = this.reports.find((each) => each.decision === decision);
      if (report) own.set('reported', report.at);
      for (const [queue, at] of own) waited(queue, (decision.at - at) / 1_000);
      if (own.size > 0) waited(staffId, (decision.at - Math.min(...own.values())) / 1_000);
    }
    const rules = new Map<string, number>();
    const add = (key: string) => rules.set(key, (rules.get(key) ?? 0) + 1);
    for (const comment of this.comments.filter(({ at }) => inPeriod(at))) {
      const findings = comment.screening as { rule: string; action: string; would?: string }[];
      for (const rule of new Set(findings.map((each) => each.rule))) {
        const own = findings.filter((each) => each.rule === rule);
        const has = (action: string) => own.some((each) => each.action === action);
        const did = has('reject')
          ? 'rejected'
          : has('hold')
            ? 'held'
            : own[0]?.would === 'reject'
              ? 'wouldReject'
              : 'wouldHold';
        add(`${rule} ${did} total`);
        if (comment.decidedBy === 'human')
          add(`${rule} ${did} ${comment.status === 'published' ? 'published' : 'rejected'}`);
      }
    }
    const actions = new Map<string, number>();
    for (const { staffId, action, at } of this.decisions) {
      if (staffId !== null && inPeriod(at))
        actions.set(`${staffId} ${action}`, (actions.get(`${staffId} ${action}`) ?? 0) + 1);
    }
    const reports = this.reports.filter(({ decision }) => inPeriod(decision.at)).map(({ state }) => state);
    return { waits, rules, actions, reports };
  }
}

function expectWait(told: Wait | null | undefined, waits: readonly number[] | undefined): void {
  if (waits === undefined) return void expect(told ?? null).toBeNull();
  const sorted = [...waits].sort((a, b) => a - b);
  for (const [share, value] of [
    [0.5, told?.p50],
    [0.9, told?.p90],
  ] as const) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
    expect(Math.abs((value ?? NaN) - exact)).toBeLessThan(0.046 * exact + 0.6);
  }
}

function expectSame(stats: Stats, { waits, rules, actions, reports }: ReturnType<History['byHand']>): void {
  for (const { queue, decided, secondsToDecision } of stats.queues) {
    expect([queue, decided]).toEqual([queue, waits.get(queue)?.length ?? 0]);
    expectWait(secondsToDecision, waits.get(queue));
  }
  const told = stats.moderators.flatMap(({ staff, decisions, undone }) =>
    Object.entries({ ...decisions, ...(undone > 0 ? { undo: undone } : {}) }).map(([action, n]) => [
      `${staff.id} ${action}`,
      n,
    ]),
  );
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(actions));
  for (const { staff, secondsToDecision } of stats.moderators) expectWait(secondsToDecision, waits.get(staff.id));
  const outcomes = stats.rules.flatMap(({ rule, ...by }) =>
    Object.entries(by).flatMap(([did, { total, published, rejected, precision }]) => {
      expect(precision).toBe(published + rejected === 0 ? null : rejected / (published + rejected));
      return Object.entries({ total, published, rejected }).map(([what, n]) => [`${rule} ${did} ${what}`, n] as const);
    }),
  );
  expect(Object.fromEntries(outcomes.filter(([, n]) => n !== 0))).toEqual(Object.fromEntries(rules));
  for (const [state, n] of Object.entries(stats.reports)) {
    expect([state, n]).toEqual([state, reports.filter((each) => each === state).length]);
  }
}

describe('stats of a long history', () => {
  it.each([1, 2, 3])('are what counting by hand gives, however much of it is folded: seed %i', async (seed) => {
    const app = await startApp();
    try {
      const [moderator, admin] = [await app.staff('moderator'), await app.staff('admin')];
      const until = Date.now() - 1_000;
      const past = await Past.of(app, await app.thread());
      const history = new History(past, [app.owner, moderator, admin], seed, 60, until);
      await history.store(app);
      const periods = [
        [dayOf(until - 70 * DAY), dayOf(until)],
        [dayOf(until - 30 * DAY), dayOf(until - 12 * DAY)],
        [dayOf(until - DAY), dayOf(until)],
      ] as const;
      const same = async () => {
        for (const [from, to] of periods) expectSame(await read(app, admin, { from, to }), history.byHand(from, to));
      };
      await same();
      const unfolded = () =>
        app.count(
          `SELECT 2 - count(*) AS count FROM stat_folds WHERE until > clock_timestamp() - interval '61 minutes'`,
        );
      let slices = 0;
      for (; (await unfolded()) > 0 && slices < 40; slices++) {
        await fold(app, oneSlice());
        if (slices % 3 === 0) await same();
      }
      expect(slices).toBeGreaterThan(5);
      await same();
      await Promise.all([fold(app), fold(app), fold(app)]);
      await same();
      // A moderator sees the queues, and of the people nobody else.
      const own = await read(app, moderator, { from: periods[0][0], to: periods[0][1] });
      expect(own.moderators.map(({ staff }) => staff.id)).toEqual([moderator.id]);
      expect(own.queues).toHaveLength((await read(app, admin)).queues.length);
    } finally {
      await app.stop();
    }
  });
});

describe('reading stats', () => {
  it('looks at the days, and of decisions and texts only at the newest', async () => {
    const app = await startApp();
    try {
      const moderator = await app.staff('moderator');
      const past = await Past.of(app, await app.thread());
      const now = Date.now();
      for (let n = 0; n < 6_000; n++) {
        const at = now - (n < 20 ? n * 60_000 : DAY + n * 600_000);
        const options = { status: 'pending', screening: [finding('mode', 'hold')] };
        const comment = past.comment(randomUUID(), 'A word', at, options);
        past.decide(comment, moderator, 'approve', { status: 'published', decidedBy: 'human' }, at + 1_000);
      }
      await past.store(app);
      await fold(app);
      await app.pool.query('ANALYZE');
      const { used, stop } = recordStatements();
      const stats = await read(app, app.owner, { from: dayOf(now - 60 * DAY), to: dayOf(now) });
      stop();
      expect(stats.rules[0]?.held.total).toBe(6_000);
      const figures = used.find(({ name }) => name === 'stats.figures')!;
      for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
        const rowsOf = (table: string) => rowsByIndex(app.pool, figures, mode, table);
        const decisions = await rowsOf('decisions');
        expect(Object.keys(decisions)).not.toContain('Seq Scan');
        expect(Math.max(...Object.values(decisions))).toBeLessThan(100);
        const texts = await rowsOf('comment_revisions');
        expect(Object.keys(texts)).not.toContain('Seq Scan');
        expect(Math.max(...Object.values(texts))).toBeLessThan(200);
      }
    } finally {
      await app.stop();
    }
  });
});

describe('stats', () => {
  let nodes: [App, App];
  let app: App;
  let moderator: Person;
  let reader: Person;

  beforeAll(async () => {
    nodes = await startTwoNodes({ settings: { moderationMode: 'pre' } });
    [app] = nodes;
    moderator = await app.staff('moderator');
    reader = await app.guest();
  });

  afterAll(async () => {
    await nodes[1].stop();
    await nodes[0].stop();
  });

  const queue = (stats: Stats, name: string) => stats.queues.find((each) => each.queue === name)!;
  const modeHeld = async () => (await read(app, app.owner)).rules.find(({ rule }) => rule === 'mode')?.held;

  it('count what goes through the queues, and what is in them', async () => {
    const thread = await app.thread();
    const comments = [];
    for (const n of [1, 2, 3, 4, 5, 6]) comments.push(await app.post(reader, thread, `Comment ${n}`));
    await app.settled();
    const [a, b, c, d] = comments;
    await app.decide(moderator, 'approve', [a!, b!]);
    const batch = await app.decide(moderator, 'reject', [c!]);
    await app.expect(200, `/moderation/decisions/${batch.batchId}/undo`, { method: 'POST', token: moderator.token });
    await app.expect(204, `/comments/${d!.id}`, { method: 'DELETE', token: reader.token });
    await app.settled();
    const stats = await read(app, app.owner);
    // The one whose rejection was undone came back.
    expect(queue(stats, 'pending')).toMatchObject({ entered: 7, left: 4, decided: 2, open: 3 });
    expect(queue(stats, 'pending').oldestAgeSeconds).toBeGreaterThan(0);
    expect(stats.moderators).toMatchObject([
      { staff: { id: moderator.id }, decisions: { approve: 2, reject: 1 }, undone: 1 },
    ]);
    expect(stats.rules).toMatchObject([{ rule: 'mode', held: { total: 6, published: 2, rejected: 0, precision: 0 } }]);
    await fold(app);
    expect(await read(app, app.owner)).toMatchObject({
      ...stats,
      queues: stats.queues.map(({ oldestAgeSeconds: _, ...rest }) => rest),
    });
  });

  it('count appeals by outcome and by who had decided, and how long they took', async () => {
    const admin = await app.staff('admin');
    const author = await app.guest();
    const thread = await app.thread();
    for (const [n, outcome] of ['upheld', 'overturned', 'overturned', 'open'].entries()) {
      const comment = await app.post(author, thread, `Appealed ${n}`);
      await app.decide(moderator, 'reject', [comment], { reason: 'abuse' });
      const { rows } = await app.pool.query<{ id: string }>('SELECT id FROM decisions WHERE comment_id = $1', [
        comment.id,
      ]);
      const path = `/me/decisions/${rows[0]?.id}/appeal`;
      const { id } = await app.expect<{ id: string }>(201, path, {
        ...{ method: 'POST', token: author.token, body: { text: 'I think otherwise.' } },
      });
      if (outcome === 'open') continue;
      const body = { outcome, explanation: 'We have read it again.' };
      await app.expect(200, `/moderation/appeals/${id}/outcome`, { method: 'POST', token: admin.token, body });
    }
    await app.settled();
    const ofRules = { upheld: 0, overturned: 0 };
    const stats = await read(app, app.owner);
    expect(stats.appeals).toEqual({ upheld: 1, overturned: 2, moot: 0, ofRules });
    const own = stats.moderators.find(({ staff }) => staff.id === moderator.id);
    expect(own).toMatchObject({ appealed: { upheld: 1, overturned: 2 } });
    const other = stats.moderators.find(({ staff }) => staff.id === admin.id);
    expect(other?.appealed).toEqual({ upheld: 0, overturned: 0 });
    expect(queue(stats, 'appeals')).toMatchObject({ decided: 3, open: 1, entered: 4, left: 3 });
    expect(queue(stats, 'appeals').secondsToDecision?.p90).toBeLessThan(60);
  });

  it('count an edited text again', async () => {
    const before = await modeHeld();
    const { id } = await app.post(reader, await app.thread(), 'First thought');
    await app.expect(200, `/comments/${id}`, {
      method: 'PATCH',
      token: reader.token,
      body: { body: 'Second thought' },
    });
    expect((await modeHeld())?.total).toBe((before?.total ?? 0) + 2);
    await fold(app);
    expect((await modeHeld())?.total).toBe((before?.total ?? 0) + 2);
  });

  it('lose and double nothing where texts come while two nodes fold', async () => {
    const before = (await modeHeld())?.total ?? 0;
    const threads = [await app.thread(), await app.thread()];
    let posting = true;
    const folding = nodes.map(async (node) => {
      while (posting) await fold(node);
    });
    for (let n = 0; n < 10; n++) {
      await Promise.all(
        Array.from({ length: 20 }, (_, m) => nodes[m % 2]!.post(reader, threads[m % 2] ?? '', `Text ${n} ${m}`)),
      );
    }
    posting = false;
    await Promise.all(folding);
    expect((await modeHeld())?.total).toBe(before + 200);
    await fold(app);
    expect((await modeHeld())?.total).toBe(before + 200);
  });

  it('wait for whoever has written and not committed', async () => {
    const before = (await modeHeld())?.total ?? 0;
    const client = await app.pool.connect();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening)
       SELECT $1, 1, id, 'Late', '<p>Late</p>', '[{"rule": "mode", "action": "hold", "score": 0}]' FROM sites WHERE key = 'demo'`,
      [v7()],
    );
    await app.post(reader, await app.thread(), 'Meanwhile');
    await fold(app);
    await client.query('COMMIT');
    client.release();
    expect((await modeHeld())?.total).toBe(before + 2);
    await fold(app);
    expect((await modeHeld())?.total).toBe(before + 2);
    const folded = await app.count(
      `SELECT sum(n) AS count FROM stat_days WHERE measure = 'rule' AND subject = 'mode' AND code = 'hold'`,
    );
    expect(folded).toBe(before + 2);
  });

  it('are for staff of the site, and for 92 days at most', async () => {
    await app.site('other', { name: 'Other', origins: [] });
    const stranger = await app.staff('owner', 'other');
    const status = async (token: string | undefined) =>
      (await app.call('/moderation/stats', { token, query: { site: 'demo' } })).status;
    expect(await status(undefined)).toBe(401);
    expect(await status(reader.token)).toBe(401);
    expect(await status(stranger.token)).toBe(404);
    expect(await status(moderator.token)).toBe(200);
    const refused = async (query: Record<string, string>) => {
      const answer = await app.call<ProblemBody>('/moderation/stats', {
        ...{ token: moderator.token, query: { site: 'demo', ...query } },
      });
      return [answer.status, answer.body.code, answer.body.errors?.[0]?.pointer];
    };
    expect(await refused({ from: '2026-01-01', to: '2026-04-03' })).toEqual([400, 'malformed-parameter', '?from']);
    expect(await refused({ from: '2026-01-02', to: '2026-01-01' })).toEqual([400, 'malformed-parameter', '?from']);
    expect(await refused({ from: '2026-02-30' })).toEqual([400, 'malformed-parameter', '?from']);
    expect(await refused({ to: 'yesterday' })).toEqual([400, 'malformed-parameter', '?to']);
    expect(await read(app, moderator, { from: '2026-01-01', to: '2026-04-02' })).toMatchObject({
      from: '2026-01-01',
      to: '2026-04-02',
      rules: [],
    });
    const { from, to } = await read(app, moderator);
    expect(Date.parse(to) - Date.parse(from)).toBe(6 * DAY);
  });
});
