import { randomUUID } from 'node:crypto';
import { ActorResolver } from '../../src/identity/index.js';
import { RejectPublished } from '../../src/moderation/sanctions/reject-published.js';
import type { Comment, Mine } from '../../web/shared/api-types.js';
import { PAGE_ORIGIN, startApp, threadPath, type App, type Person } from '../support/app.js';
import { FollowingClient } from '../support/following-client.js';
import type { Answer, ProblemBody } from '../support/http.js';
import { recordStatements, rowsByIndex } from '../support/query-plans.js';
import { until } from '../support/until.js';

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown as string;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Sanction {
  id: string;
  kind: string;
  inForce: boolean;
  until: string | null;
  acknowledgedAt: string | null;
  lifted: { reason: string; note: string | null; by: { id: string } } | null;
  jobId: string | null;
}
interface Placed {
  sanction: Sanction;
  also: Sanction[];
}
interface Job {
  state: string;
  total: number;
  done: number;
  skipped: number;
  batches: string[];
  finishedAt: string | null;
}
interface Detail {
  standing: { state: string };
  record: Record<string, number>;
  sanctions: Sanction[];
  strikes: { total: number; ofRejections: number; ofSanctions: number; days: number; rejections: number };
  proposal: { kind: string; at: number } | null;
  hints: { readerId: string; site: string; same: string[]; standing: { state: string } }[];
}
type Refusal = ProblemBody & { sanction: { id: string; kind: string; until: string | null; explanation: string } };

/** A comment or a refusal. */
type Written = Omit<Comment, 'status'> & Omit<Refusal, 'status'> & { status: string | number };

/** What suites do with sanctions, on whichever node. */
class Desk {
  constructor(readonly app: App) {}

  place(by: Person, reader: Person, body: object): Promise<Answer<Placed & Refusal>> {
    const path = `/moderation/readers/${reader.id}/sanctions`;
    return this.app.call(path, { method: 'POST', token: by.token, body: { reason: 'abuse', ...body } });
  }

  async sanction(reader: Person, body: object, by = this.app.owner): Promise<Sanction> {
    const answer = await this.place(by, reader, body);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body.sanction;
  }

  lift(by: Person, id: string, body?: object): Promise<Answer<Sanction & ProblemBody>> {
    return this.app.call(`/moderation/sanctions/${id}`, { method: 'DELETE', token: by.token, body });
  }

  detail(reader: Person, by = this.app.owner): Promise<Detail> {
    return this.app.expect<Detail>(200, `/moderation/readers/${reader.id}`, { token: by.token });
  }

  job(id: string | null): Promise<Job> {
    return this.app.expect<Job>(200, `/moderation/jobs/${id}`, { token: this.app.owner.token });
  }

  async standing(reader: Person, thread: string): Promise<Mine['standing']> {
    return (await this.app.expect<Mine>(200, `${threadPath(thread)}/me`, { token: reader.token })).standing;
  }

  tryPost(author: Person, thread: string, more: object = {}, key?: string): Promise<Answer<Written>> {
    return this.app.call(`${threadPath(thread)}/comments`, {
      method: 'POST',
      token: author.token,
      body: { body: 'A word', ...more },
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  }

  /** Actions in the log about a reader, oldest first. */
  async logged(reader: Person): Promise<string[]> {
    const { rows } = await this.app.pool.query<{ action: string }>(
      'SELECT action FROM log_entries WHERE subject_id = $1 ORDER BY at, id',
      [reader.id],
    );
    return rows.map(({ action }) => action);
  }

  /** Readers write in bulk; the statements gather them. */
  async publish(author: Person, threads: readonly string[], count: number): Promise<Comment[]> {
    const all: Comment[] = [];
    while (all.length < count) {
      const size = Math.min(50, count - all.length);
      const posts = Array.from({ length: size }, (_, n) => {
        const at = all.length + n;
        return this.app.post(author, threads[at % threads.length] ?? '', `Published ${at}`);
      });
      all.push(...(await Promise.all(posts)));
    }
    await this.app.settled();
    return all;
  }
}

describe('sanctions', () => {
  let app: App;
  let desk: Desk;
  let thread: string;
  let moderator: Person;
  let admin: Person;
  let stranger: Person;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post', editWindowSeconds: 3_600 } });
    desk = new Desk(app);
    await app.site('elsewhere', { name: 'Elsewhere', origins: [PAGE_ORIGIN] });
    thread = await app.thread();
    [moderator, admin, stranger] = await Promise.all([
      app.staff('moderator'),
      app.staff('admin'),
      app.staff('admin', 'elsewhere'),
    ]);
  });

  afterAll(() => app.stop());

  const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
  const edit = (author: Person, id: string, body = 'Other words') =>
    app.call<Written>(`/comments/${id}`, { method: 'PATCH', token: author.token, body: { body } });
  const vote = (reader: Person, id: string) =>
    app.call<Refusal>(`/comments/${id}/vote`, { method: 'PUT', token: reader.token, body: { value: 1 } });
  const report = (reader: Person, id: string) =>
    app.call<Refusal>(`/comments/${id}/reports`, { method: 'POST', token: reader.token, body: { reason: 'spam' } });
  const acknowledge = (reader: Person, id: string) =>
    app.call<ProblemBody>(`/me/warnings/${id}/acknowledge`, { method: 'POST', token: reader.token });

  it('warn: nothing can be written or edited until the warning is acknowledged', async () => {
    const [ada, bo] = [await app.guest('Ada'), await app.guest('Bo')];
    const mine = await app.post(ada, thread, 'Mine');
    const others = await app.post(bo, thread, 'Of another');
    const warning = await desk.sanction(ada, {
      kind: 'warn',
      explanation: 'Stay with the subject.',
      note: 'Second time',
    });
    expect(warning).toEqual({
      id: expect.any(String),
      reader: { id: ada.id, name: 'Ada' },
      kind: 'warn',
      reason: 'abuse',
      explanation: 'Stay with the subject.',
      note: 'Second time',
      until: null,
      at: instant,
      by: { id: app.owner.id, name: expect.any(String) },
      inForce: true,
      acknowledgedAt: null,
      lifted: null,
      jobId: null,
    });

    const refused = await desk.tryPost(ada, thread);
    expect([refused.status, refused.body.code]).toEqual([403, 'warning-unacknowledged']);
    expect(refused.body.sanction).toEqual({
      id: warning.id,
      kind: 'warn',
      until: null,
      at: instant,
      reason: 'abuse',
      explanation: 'Stay with the subject.',
    });
    expect(refused.text).not.toContain('Second time');
    const preview = await app.call<ProblemBody>(`${threadPath(thread)}/comments?preview=true`, {
      method: 'POST',
      token: ada.token,
      body: { body: 'A word' },
    });
    expect([preview.status, preview.body.code]).toEqual([403, 'warning-unacknowledged']);
    expect((await edit(ada, mine.id)).body.code).toBe('warning-unacknowledged');
    expect((await vote(ada, others.id)).status).toBe(200);
    expect((await report(ada, others.id)).status).toBe(201);
    expect(await desk.standing(ada, thread)).toMatchObject({
      state: 'warned',
      until: null,
      sanctions: [{ id: warning.id }],
    });

    expect((await acknowledge(bo, warning.id)).body.code).toBe('not-found');
    expect((await desk.tryPost(ada, thread)).status).toBe(403);
    expect((await acknowledge(ada, warning.id)).status).toBe(204);
    expect((await acknowledge(ada, warning.id)).status).toBe(204);
    expect((await desk.tryPost(ada, thread)).status).toBe(201);
    expect((await edit(ada, mine.id)).status).toBe(200);
    expect(await desk.standing(ada, thread)).toEqual({ state: 'good', until: null, sanctions: [] });
    expect((await desk.detail(ada)).sanctions).toEqual([{ ...warning, inForce: false, acknowledgedAt: instant }]);
    expect(await desk.logged(ada)).toEqual(['reader.warned', 'warning.acknowledged']);
  });

  it('warn: each of several warnings must be acknowledged, and nothing else can be', async () => {
    const ada = await app.guest();
    const first = await desk.sanction(ada, { kind: 'warn' });
    expect((await desk.place(moderator, ada, { kind: 'warn' })).status).toBe(409);
    expect((await acknowledge(ada, first.id)).status).toBe(204);
    const second = await desk.sanction(ada, { kind: 'warn' });
    expect((await acknowledge(ada, first.id)).status).toBe(204);
    expect((await desk.tryPost(ada, thread)).body.sanction.id).toBe(second.id);
    expect((await acknowledge(ada, second.id)).status).toBe(204);
    const ban = await desk.sanction(ada, { kind: 'ban' });
    expect((await acknowledge(ada, ban.id)).status).toBe(404);
    for (const id of ['x', randomUUID()]) expect((await acknowledge(ada, id)).status).toBe(404);
    expect((await app.call(`/me/warnings/${first.id}/acknowledge`, { method: 'POST' })).status).toBe(401);
  });

  it('premoderate: comments and edits wait for a moderator, who is told why, until it ends', async () => {
    const ada = await app.guest();
    const before = await app.post(ada, thread, 'Before');
    expect(before.status).toBe('published');
    const { id } = await desk.sanction(ada, { kind: 'premoderate', until: inDays(400) }, moderator);
    const held = await app.post(ada, thread, 'Held', { key: 'held' });
    expect(held.status).toBe('pending');
    expect((await app.post(ada, thread, 'Held', { key: 'held' })).id).toBe(held.id);
    expect((await app.post(ada, thread, 'A reply', { parentId: before.id })).status).toBe('pending');
    const detail = await app.expect<{ screening: object[]; author: { standing: object } }>(
      200,
      `/moderation/comments/${held.id}`,
      {
        token: moderator.token,
      },
    );
    expect(detail.screening).toEqual([expect.objectContaining({ rule: 'premoderated', action: 'hold' })]);
    expect(detail.author.standing).toMatchObject({ state: 'premoderated', sanctions: [{ id }] });
    const preview = await app.expect<{ verdict: string }>(200, `${threadPath(thread)}/comments?preview=true`, {
      method: 'POST',
      token: ada.token,
      body: { body: 'A word' },
    });
    expect(preview.verdict).toBe('hold');
    expect((await edit(ada, before.id)).body.status).toBe('pending');
    expect(await desk.standing(ada, thread)).toMatchObject({ state: 'premoderated', sanctions: [{ id }] });
    expect((await desk.lift(moderator, id)).status).toBe(200);
    expect((await app.post(ada, thread, 'After')).status).toBe('published');
  });

  it('suspend: nothing is taken, whatever its form, until the time is over by the clock of the database', async () => {
    const [ada, bo] = [await app.guest('Ada'), await app.guest('Bo')];
    const text = 'The ferry leaves the old pier at seven.';
    const article = await app.thread({ text });
    const mine = await app.post(ada, article, 'Mine');
    const others = await app.post(bo, article, 'Of another');
    const anchor = { selectors: [{ type: 'TextQuoteSelector', exact: 'old pier', prefix: '', suffix: '' }] };
    const first = await app.post(ada, article, 'Kept', { key: 'before' });
    const sanction = await desk.sanction(
      ada,
      { kind: 'suspend', until: inDays(3), explanation: 'Three days off.' },
      moderator,
    );
    const forms: [object, string?][] = [
      [{}],
      [{}, 'a-key'],
      [{ parentId: others.id }],
      [{ parentId: others.id }, 'another'],
      [{ anchor }],
      [{ anchor }, 'a-third'],
    ];
    for (const [more, key] of forms) {
      const { status, body } = await desk.tryPost(ada, article, more, key);
      expect([status, body.code, body.sanction?.id]).toEqual([403, 'suspended', sanction.id]);
      expect(body.detail).toContain('Three days off.');
      expect(body.sanction.until).toBe(sanction.until);
    }
    expect(await app.count('SELECT count(*) FROM comments WHERE reader_id = $1', [ada.id])).toBe(2);
    expect((await edit(ada, mine.id)).body.code).toBe('suspended');
    expect((await vote(ada, others.id)).body.code).toBe('suspended');
    expect((await report(ada, others.id)).body.code).toBe('suspended');
    // What was posted before is answered as it was, and what is mine I may read and take back.
    expect((await app.post(ada, article, 'Kept', { key: 'before' })).id).toBe(first.id);
    expect(await desk.standing(ada, article)).toMatchObject({ state: 'suspended', until: sanction.until });
    expect((await app.call(`/comments/${mine.id}`, { method: 'DELETE', token: ada.token })).status).toBe(204);
    await expect(app.post(bo, article, 'Not suspended')).resolves.toMatchObject({ status: 'published' });

    const soon = new Date(Date.now() + 1_500).toISOString();
    expect((await desk.lift(moderator, sanction.id)).status).toBe(200);
    const short = await desk.sanction(ada, { kind: 'suspend', until: soon }, moderator);
    expect((await desk.tryPost(ada, article)).status).toBe(403);
    await until(async () => (await desk.tryPost(ada, article)).status === 201, 'the suspension to end by itself');
    const { rows } = await app.pool.query<{ over: boolean }>('SELECT clock_timestamp() > $1 AS over', [short.until]);
    expect(rows[0]?.over).toBe(true);
    expect((await vote(ada, others.id)).status).toBe(200);
    expect(await desk.standing(ada, article)).toEqual({ state: 'good', until: null, sanctions: [] });
    expect((await desk.detail(ada)).sanctions.map(({ inForce }) => inForce)).toEqual([false, false]);
  });

  it('ban: nothing is taken any more, the reader is told why, and lifting it ends it', async () => {
    const ada = await app.guest();
    const ban = await desk.sanction(ada, { kind: 'ban', reason: 'hate' }, admin);
    const { status, body } = await desk.tryPost(ada, thread);
    expect([status, body.code, body.sanction.until]).toEqual([403, 'banned', null]);
    // without words of its own: those of the reason
    expect(body.sanction.explanation).toBe('It attacks people for what they are.');
    expect(await desk.standing(ada, thread)).toMatchObject({ state: 'banned', sanctions: [{ reason: 'hate' }] });

    const lifted = await desk.lift(admin, ban.id, { reason: 'mistake', note: 'Wrong person' });
    expect(lifted.status).toBe(200);
    expect(lifted.body).toMatchObject({
      id: ban.id,
      inForce: false,
      lifted: { at: instant, by: { id: admin.id }, reason: 'mistake', note: 'Wrong person' },
    });
    expect((await desk.tryPost(ada, thread)).status).toBe(201);
    const again = await desk.lift(app.owner, ban.id, { reason: 'other' });
    expect(again.body.lifted).toEqual(lifted.body.lifted);
    expect(await desk.logged(ada)).toEqual(['reader.banned', 'sanction.lifted']);
    const { rows } = await app.pool.query<{ codes: object }>(
      `SELECT codes FROM log_entries WHERE subject_id = $1 ORDER BY at`,
      [ada.id],
    );
    expect(rows.map((row) => row.codes)).toEqual([
      { sanctionId: ban.id, reason: 'hate' },
      { sanctionId: ban.id, kind: 'ban', reason: 'mistake' },
    ]);
  });

  it('several at once: the strictest counts, and what lies below it comes back', async () => {
    const ada = await app.guest();
    await desk.sanction(ada, { kind: 'premoderate' });
    const suspended = await desk.sanction(ada, { kind: 'suspend', until: new Date(Date.now() + 1_500).toISOString() });
    const ban = await desk.sanction(ada, { kind: 'ban' });
    const standing = await desk.standing(ada, thread);
    expect([standing.state, standing.sanctions.map(({ kind }) => kind)]).toEqual([
      'banned',
      ['ban', 'suspend', 'premoderate'],
    ]);
    await desk.lift(app.owner, ban.id);
    const after = await desk.standing(ada, thread);
    if (after.state !== 'premoderated') expect(after).toMatchObject({ state: 'suspended', until: suspended.until });
    await until(async () => (await desk.standing(ada, thread)).state === 'premoderated', 'the suspension to end');
    expect((await app.post(ada, thread, 'Held')).status).toBe('pending');
  });

  it.each([
    ['without an end', { kind: 'suspend' }, '/until'],
    ['that ended before', { kind: 'suspend', until: '2020-01-01T00:00:00Z' }, '/until'],
    ['of a lifetime', { kind: 'suspend', until: '2999-01-01T00:00:00Z' }, '/until'],
    ['until no time', { kind: 'suspend', until: 'tomorrow' }, '/until'],
    ['with an end of a ban', { kind: 'ban', until: '2030-01-01T00:00:00Z' }, '/until'],
    ['with an end of a warning', { kind: 'warn', until: '2030-01-01T00:00:00Z' }, '/until'],
    ['of no kind', { kind: 'exile' }, '/kind'],
    ['without a reason', { kind: 'warn', reason: undefined }, '/reason'],
    ['in words that are no text', { kind: 'warn', explanation: 'Half \ud83d' }, '/explanation'],
    ['with a note that is no text', { kind: 'warn', note: 'Half \ud83d' }, '/note'],
    ['for no reason of the list', { kind: 'warn', reason: 'dislike' }, '/reason'],
    ['on sites that a guest is not on', { kind: 'warn', allSites: true }, '/allSites'],
    ['on who is no reader', { kind: 'warn', alsoReaders: ['00000000-0000-7000-8000-000000000000'] }, '/alsoReaders'],
  ])('refuses a sanction %s', async (_what, body, pointer) => {
    const ada = await app.guest();
    const answer = await desk.place(app.owner, ada, body);
    expect([answer.status, answer.body.errors?.map((error) => error.pointer)]).toEqual([422, [pointer]]);
    expect((await desk.detail(ada)).sanctions).toEqual([]);
  });

  const long = { kind: 'suspend', until: inDays(30) };
  const short = { kind: 'suspend', until: inDays(7) };
  it.each([
    ['warn', { kind: 'warn' }, true],
    ['premoderate', { kind: 'premoderate' }, true],
    ['suspend for seven days', short, true],
    ['suspend for longer', long, false],
    ['ban', { kind: 'ban' }, false],
  ])('%s: who may place it may lift it', async (_what, body, moderators) => {
    for (const by of [moderator, admin, app.owner]) {
      const permitted = moderators || by !== moderator;
      const ada = await app.guest();
      const placed = await desk.place(by, ada, body);
      expect([placed.status, placed.body.code]).toEqual(permitted ? [201, undefined] : [403, 'forbidden']);
      const { id } = permitted ? placed.body.sanction : await desk.sanction(ada, body);
      const lifted = await desk.lift(by, id);
      expect([lifted.status, lifted.body.code]).toEqual(permitted ? [200, undefined] : [403, 'forbidden']);
      expect((await desk.detail(ada, moderator)).standing.state === 'good').toBe(permitted);
    }
    const ada = await app.guest();
    const { id } = await desk.sanction(ada, body);
    const nobody = { ...stranger, token: ada.token };
    const before = await desk.detail(ada);
    for (const [by, status] of [
      [stranger, 404],
      [nobody, 401],
    ] as const) {
      expect((await desk.place(by, ada, { kind: 'warn' })).status).toBe(status);
      expect((await desk.lift(by, id)).status).toBe(status);
      const reading = await app.call(`/moderation/readers/${ada.id}`, { token: by.token });
      expect(reading.status).toBe(status);
    }
    expect(await desk.detail(ada)).toEqual(before);
  });

  it('lets a site say how long moderators may suspend', async () => {
    await app.settings({ moderatorSuspendDays: 1 });
    const ada = await app.guest();
    expect((await desk.place(moderator, ada, { kind: 'suspend', until: inDays(2) })).status).toBe(403);
    expect((await desk.place(moderator, ada, { kind: 'suspend', until: inDays(1) })).status).toBe(201);
    await app.settings({ moderatorSuspendDays: 7 });
  });

  it('is placed once where staff press at the same moment, and lifted once', async () => {
    const ada = await app.guest();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => desk.place([admin, app.owner][n % 2]!, ada, { kind: 'ban' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
    const [placed] = answers.flatMap(({ body }) => (body.code === undefined ? [body.sanction] : []));
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      expect([body.code, body.sanction.id]).toEqual(['already-sanctioned', placed?.id]);
    }
    const lifts = await Promise.all(Array.from({ length: 6 }, () => desk.lift(admin, placed?.id ?? '')));
    expect(new Set(lifts.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await desk.logged(ada)).toEqual(['reader.banned', 'sanction.lifted']);
    expect((await desk.tryPost(ada, thread)).status).toBe(201);
  });

  it('different kinds at the same moment all count', async () => {
    const ada = await app.guest();
    const kinds = [{ kind: 'warn' }, { kind: 'premoderate' }, short, { kind: 'ban' }];
    const answers = await Promise.all(kinds.map((body) => desk.place(admin, ada, body)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const { sanctions } = await desk.standing(ada, thread);
    expect(sanctions.map(({ kind }) => kind)).toEqual(['ban', 'suspend', 'warn', 'premoderate']);
  });

  it('falls on several readers in whom staff sees one person: on all, or on none', async () => {
    const [ada, twin] = [await app.guest('Ada'), await app.guest('A. D. A.')];
    const other = await app.guest('Ada', 'elsewhere');
    const refused = await desk.place(admin, ada, { kind: 'ban', alsoReaders: [twin.id, other.id] });
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/alsoReaders']);
    expect((await desk.tryPost(ada, thread)).status).toBe(201);

    const placed = await desk.place(app.owner, ada, { kind: 'ban', alsoReaders: [twin.id, other.id, ada.id] });
    expect(placed.status).toBe(201);
    expect(placed.body.also).toHaveLength(2);
    for (const reader of [ada, twin, other]) {
      expect((await desk.detail(reader)).standing.state).toBe('banned');
      expect(await desk.logged(reader)).toEqual(['reader.banned']);
    }
    expect((await desk.place(app.owner, twin, { kind: 'warn', alsoReaders: [ada.id] })).status).toBe(201);
    // One of them has it already: nobody gets it.
    const third = await app.guest('Third');
    expect((await desk.place(app.owner, third, { kind: 'ban', alsoReaders: [twin.id] })).status).toBe(409);
    expect((await desk.detail(third)).standing.state).toBe('good');
  });

  it('counts strikes, proposes the next step, and applies nothing by itself', async () => {
    const ada = await app.guest();
    const comments = await desk.publish(ada, [thread], 6);
    const reject = (from: number, to: number) => app.decide(moderator, 'reject', comments.slice(from, to));
    expect(await desk.detail(ada)).toMatchObject({
      strikes: { total: 0, ofRejections: 0, ofSanctions: 0, days: 180, rejections: 0 },
      proposal: null,
      record: { published: 6 },
    });
    await reject(0, 2);
    expect((await desk.detail(ada)).proposal).toBeNull();
    const { batchId } = await reject(2, 3);
    expect(await desk.detail(ada)).toMatchObject({ strikes: { total: 3 }, proposal: { kind: 'warn', at: 3 } });
    await app.expect(200, `/moderation/decisions/${batchId}/undo`, { method: 'POST', token: moderator.token });
    expect(await desk.detail(ada)).toMatchObject({ strikes: { total: 2 }, proposal: null });
    await app.decide(moderator, 'spam', comments.slice(2, 3));
    expect((await desk.detail(ada)).standing.state).toBe('good');
    // The author's deletion takes no strike away.
    await app.call(`/comments/${comments[0]?.id}`, { method: 'DELETE', token: ada.token });
    expect(await desk.detail(ada)).toMatchObject({ strikes: { total: 3 }, proposal: { kind: 'warn' } });

    const warning = await desk.sanction(ada, { kind: 'warn' });
    expect(await desk.detail(ada)).toMatchObject({ strikes: { total: 5, ofSanctions: 2 }, proposal: null });
    await acknowledge(ada, warning.id);
    expect((await desk.detail(ada)).proposal).toBeNull();
    await reject(3, 4);
    expect(await desk.detail(ada)).toMatchObject({ strikes: { total: 6 }, proposal: { kind: 'premoderate', at: 6 } });
    await app.settings({ proposePremoderateAt: 0, strikesRejection: 2 });
    expect(await desk.detail(ada)).toMatchObject({ strikes: { total: 10 }, proposal: { kind: 'suspend', at: 10 } });
    await app.settings({ proposePremoderateAt: 6, strikesRejection: 1 });
    await desk.lift(moderator, warning.id);
    expect((await desk.detail(ada)).strikes.total).toBe(4);
    // Old strikes count no more.
    await app.pool.query('UPDATE sanctions SET lifted_at = NULL, lifted_by = NULL WHERE id = $1', [warning.id]);
    await app.pool.query(`UPDATE sanctions SET at = at - interval '181 days' WHERE id = $1`, [warning.id]);
    expect(await desk.detail(ada)).toMatchObject({ strikes: { total: 4, ofSanctions: 0 }, proposal: { kind: 'warn' } });
    await app.settings({ strikeDays: 365 });
    expect((await desk.detail(ada)).strikes).toMatchObject({ total: 6, days: 365 });
    await app.settings({ strikeDays: 180 });
  });

  it('hints at readers with the same address, to those who may see them, and applies nothing to them', async () => {
    const withEmail = async (email: string, site = 'demo'): Promise<Person> => {
      const { token, reader } = await app.expect<{ token: string; reader: { id: string } }>(
        201,
        `/sites/${site}/sessions`,
        {
          method: 'POST',
          body: { displayName: 'Someone', email },
        },
      );
      return { token, id: reader.id, name: 'Someone' };
    };
    const [one, same, other, elsewhere] = await Promise.all([
      withEmail('one@example.org'),
      withEmail('ONE@example.org'),
      withEmail('other@example.org'),
      withEmail('one@example.org', 'elsewhere'),
    ]);
    await desk.sanction(one, { kind: 'ban' });
    const ids = ({ hints }: Detail) => hints.map(({ readerId }) => readerId).sort();
    expect(ids(await desk.detail(same))).toEqual([one.id, elsewhere.id].sort());
    expect(ids(await desk.detail(same, moderator))).toEqual([one.id]);
    const { hints } = await desk.detail(same, moderator);
    expect(hints).toEqual([
      {
        readerId: one.id,
        name: 'Someone',
        site: 'demo',
        same: ['email'],
        standing: expect.any(Object),
        createdAt: instant,
      },
    ]);
    expect(hints[0]?.standing.state).toBe('banned');
    expect(JSON.stringify(await desk.detail(same))).not.toContain('example.org');
    expect((await desk.detail(other)).hints).toEqual([]);
    expect((await desk.detail(await app.guest())).hints).toEqual([]);
    expect((await desk.tryPost(same, thread)).status).toBe(201);
  });

  it('is known to the actor that sockets and requests resolve', async () => {
    const ada = await app.guest();
    await desk.sanction(ada, { kind: 'premoderate' });
    const actor = await app.node.app.get(ActorResolver).resolve(ada.token);
    expect(actor).toMatchObject({ kind: 'reader', sanctions: [{ kind: 'premoderate' }] });
  });
});

describe('rejecting all that a reader has published', () => {
  const COUNT = 1_200;
  let app: App;
  let desk: Desk;

  beforeAll(async () => {
    app = await startApp({ jobs: true, settings: { moderationMode: 'post', undoSeconds: 60 } });
    desk = new Desk(app);
  });

  afterAll(() => app.stop());

  it('takes 1,200 comments down in every open page, and nothing of anybody else', async () => {
    const threads = [await app.thread(), await app.thread()];
    const [spammer, bo] = [await app.guest('Spammer'), await app.guest('Bo')];
    await desk.publish(bo, threads, 20);
    await desk.publish(spammer, threads, COUNT);
    const pages = threads.map((thread) => new FollowingClient(app, thread, 3));
    for (const page of pages) {
      await page.read();
      page.connect();
      expect(page.total).toBe(COUNT / 2 + 10);
    }
    const { jobId } = await desk.sanction(spammer, { kind: 'ban', reason: 'spam', rejectPublished: true });
    expect(await desk.job(jobId)).toMatchObject({ total: COUNT });
    await until(async () => (await desk.job(jobId)).state === 'done', 'the job to be done');
    const job = await desk.job(jobId);
    expect(job).toMatchObject({ total: COUNT, done: COUNT, skipped: 0, finishedAt: instant });
    expect(job.batches).toHaveLength(3);
    await app.settled();
    await until(
      () => pages.every((page) => page.total === 10),
      'the open pages to lose them',
      () => pages.map((page) => String(page.total)).join(),
    );
    for (const page of pages) expect(page.faults).toEqual([]);
    pages.forEach((page) => page.stop());
    for (const thread of threads) expect((await app.list(thread)).total).toBe(10);

    const { rows } = await app.pool.query<{ comments: number; decisions: number; logged: number }>(
      `SELECT count(*)::int AS comments, count(d.id)::int AS decisions,
              (SELECT count(*) FROM log_entries e WHERE e.action = 'comment.rejected' AND e.actor_id = $2)::int AS logged
       FROM comments c LEFT JOIN decisions d ON d.comment_id = c.id AND d.id = c.decision_id AND d.reason = 'spam'
       WHERE c.reader_id = $1 AND c.status = 'rejected' AND c.decided_by = 'human'`,
      [spammer.id, app.owner.id],
    );
    expect(rows[0]).toEqual({ comments: COUNT, decisions: COUNT, logged: COUNT });
    // They count by the sanction, not each as a strike.
    expect((await desk.detail(spammer)).strikes).toMatchObject({ rejections: 0, total: 0 });

    const undo = `/moderation/decisions/${job.batches[0]}/undo`;
    const undone = await app.expect<{ results: { outcome: string }[] }>(200, undo, {
      method: 'POST',
      token: app.owner.token,
    });
    expect(new Set(undone.results.map(({ outcome }) => outcome))).toEqual(new Set(['applied']));
    await app.settled();
    const totals = await Promise.all(threads.map(async (thread) => (await app.list(thread)).total));
    expect(totals.reduce((sum, total) => sum + total)).toBe(20 + undone.results.length);
  });
});

describe('the job that rejects', () => {
  let app: App;
  let desk: Desk;
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post' } });
    desk = new Desk(app);
    thread = await app.thread();
  });

  afterAll(() => app.stop());

  const work = (jobId: string | null) => app.node.app.get(RejectPublished).run({ jobId });
  const twice = (reader: Person) =>
    app.count(
      `SELECT count(*) FROM (SELECT d.comment_id FROM decisions d JOIN comments c ON c.id = d.comment_id
       WHERE c.reader_id = $1 GROUP BY 1 HAVING count(*) > 1) t`,
      [reader.id],
    );
  const left = (reader: Person) =>
    app.count(`SELECT count(*) FROM comments WHERE reader_id = $1 AND status = 'published'`, [reader.id]);

  it('goes on behind its last batch after a crash, and does nothing twice', async () => {
    const ada = await app.guest();
    await desk.publish(ada, [thread], 700);
    const { jobId } = await desk.sanction(ada, { kind: 'ban', rejectPublished: true });
    const { rows } = await app.pool.query<{ id: string }>(
      'SELECT id FROM comments WHERE reader_id = $1 ORDER BY thread_id, created_at, id LIMIT 1 OFFSET 600',
      [ada.id],
    );
    // It would wait for the transaction below to end before it begins.
    await app.pool.query(`UPDATE moderation_jobs SET looked_at = at - interval '2 minutes' WHERE id = $1`, [jobId]);
    const holder = await app.pool.connect();
    try {
      // The second batch waits for this row, and dies waiting.
      await holder.query('BEGIN');
      await holder.query('SELECT FROM comments WHERE id = $1 FOR UPDATE', [rows[0]?.id]);
      const { rows: me } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const crashed = work(jobId).then(
        () => 'finished',
        () => 'crashed',
      );
      const waiting = `SELECT pid FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid)) AND application_name <> 'postil-relay'`;
      await until(
        async () => ((await app.pool.query(waiting, [me[0]?.pid])).rowCount ?? 0) > 0,
        'the second batch to wait for the row',
      );
      await app.pool.query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) w`, [me[0]?.pid]);
      expect(await crashed).toBe('crashed');
      await holder.query('ROLLBACK');
    } finally {
      holder.release();
    }
    expect(await desk.job(jobId)).toMatchObject({ state: 'running', done: 500, total: 700 });
    expect(await left(ada)).toBe(200);
    // As each minute, by whoever finds it: two at once.
    await Promise.all([work(null), work(jobId)]);
    await work(null);
    expect(await desk.job(jobId)).toMatchObject({ state: 'done', done: 700, skipped: 0, total: 700 });
    expect([await left(ada), await twice(ada)]).toEqual([0, 0]);
    await app.settled();
  });

  it('waits for posts that were under way when the reader was banned', async () => {
    const ada = await app.guest();
    const [model] = await desk.publish(ada, [thread], 1);
    const slow = await app.pool.connect();
    try {
      await slow.query('BEGIN');
      const id = (await slow.query<{ id: string }>('SELECT gen_random_uuid() AS id')).rows[0]?.id;
      const { jobId } = await desk.sanction(ada, { kind: 'ban', rejectPublished: true });
      await slow.query(
        `INSERT INTO comments (id, site_id, thread_id, parent_id, root_id, depth, reader_id, status, decided_by)
         SELECT $1, site_id, thread_id, NULL, $1, 0, reader_id, status, decided_by FROM comments WHERE id = $2`,
        [id, model?.id],
      );
      await slow.query(
        `INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening)
         SELECT $1, revision, site_id, body, html, screening FROM comment_revisions WHERE comment_id = $2`,
        [id, model?.id],
      );
      const working = work(jobId);
      const looked = 'SELECT count(*) FROM moderation_jobs WHERE id = $1 AND looked_at IS NOT NULL';
      await until(async () => (await app.count(looked, [jobId])) === 1, 'the job to look');
      expect((await desk.job(jobId)).state).toBe('waiting');
      await slow.query('COMMIT');
      await working;
      expect(await desk.job(jobId)).toMatchObject({ state: 'done', done: 2, total: 2 });
    } finally {
      slow.release();
    }
    expect(await left(ada)).toBe(0);
  });

  it('leaves to others what they hold or bring back, and what comes later', async () => {
    const ada = await app.guest();
    const comments = await desk.publish(ada, [thread], 3);
    const moderator = await app.staff('moderator');
    const held = await app.pool.query(
      `UPDATE queue_items SET claimed_by = $1, claimed_until = clock_timestamp() + interval '1 hour' WHERE comment_id = $2`,
      [moderator.id, comments[1]?.id],
    );
    expect(held.rowCount).toBe(1);
    const { jobId, id } = await desk.sanction(ada, { kind: 'warn', rejectPublished: true });
    await work(jobId);
    expect(await desk.job(jobId)).toMatchObject({ state: 'done', total: 3, done: 2, skipped: 1 });
    expect(await left(ada)).toBe(1);
    const acknowledged = { method: 'POST', token: ada.token };
    await app.expect(204, `/me/warnings/${id}/acknowledge`, acknowledged);
    await app.post(ada, thread, 'Later');
    await work(jobId);
    await work(null);
    expect(await left(ada)).toBe(2);
  });

  it('leaves the rest to the next worker where its node stops', async () => {
    const ada = await app.guest();
    await desk.publish(ada, [thread], 2);
    const { jobId } = await desk.sanction(ada, { kind: 'ban', rejectPublished: true });
    await app.node.app.get(RejectPublished).run({ jobId }, AbortSignal.abort());
    expect(await desk.job(jobId)).toMatchObject({ state: 'waiting', done: 0 });
    await work(null);
    expect(await desk.job(jobId)).toMatchObject({ state: 'done', done: 2 });
  });

  it('finds what it rejects by the index that posting keeps anyway, however much there is', async () => {
    const ada = await app.guest();
    const comments = await desk.publish(ada, [thread], 4);
    await app.pool.query(
      `INSERT INTO comments (id, site_id, thread_id, parent_id, root_id, depth, reader_id, status, decided_by, created_at)
       SELECT gen_random_uuid(), site_id, thread_id, NULL, id, 0,
              CASE WHEN n % 20 = 0 THEN reader_id ELSE gen_random_uuid() END, 'deleted', decided_by,
              created_at - n * interval '1 millisecond'
       FROM comments CROSS JOIN generate_series(1, 20000) n WHERE id = $1`,
      [comments[0]?.id],
    );
    await app.pool.query('ANALYZE comments');
    const { jobId } = await desk.sanction(ada, { kind: 'ban', rejectPublished: true });
    const { used, stop } = recordStatements();
    await work(jobId).finally(stop);
    const [looked] = used.filter(({ name }) => name === 'jobs.nextComments');
    if (!looked) throw new Error('the job has not looked for comments');
    for (const mode of ['force_generic_plan', 'force_custom_plan'] as const) {
      const by = Object.keys(await rowsByIndex(app.pool, looked, mode, 'comments'));
      expect(['comments_reader', 'Bitmap Heap Scan']).toContain(by.join());
    }
    expect(await desk.job(jobId)).toMatchObject({ state: 'done', done: 4 });
  });

  it('stops where the sanction is lifted, and is told to nobody of another site', async () => {
    const ada = await app.guest();
    await desk.publish(ada, [thread], 2);
    const { jobId, id } = await desk.sanction(ada, { kind: 'ban', rejectPublished: true });
    await desk.lift(app.owner, id);
    await work(jobId);
    expect(await desk.job(jobId)).toMatchObject({ state: 'stopped', done: 0, total: 2, finishedAt: instant });
    expect(await left(ada)).toBe(2);
    await app.site('elsewhere', { name: 'Elsewhere' });
    const stranger = await app.staff('owner', 'elsewhere');
    expect((await app.call(`/moderation/jobs/${jobId}`, { token: stranger.token })).status).toBe(404);
    expect((await app.call(`/moderation/jobs/${jobId}`, { token: ada.token })).status).toBe(401);
  });
});
