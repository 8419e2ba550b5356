import pg from 'pg';
import type { Comment, LiveEvent } from '../../web/shared/api-types.js';
import { verifyLog } from '../../src/platform/audit/verify-log.js';
import { pgTypes } from '../../src/platform/database/pg-types.js';
import { PAGE_ORIGIN, startApp, threadPath, type App, type Person } from '../support/app.js';
import type { Answer, ProblemBody } from '../support/http.js';
import { recordStatements, rowsByIndex } from '../support/query-plans.js';
import { until } from '../support/until.js';

interface Appeal {
  id: string;
  decisionId: string | null;
  sanctionId: string | null;
  commentId: string | null;
  state: string;
  at: string;
  text: string | null;
  decidedAt: string | null;
  explanation: string | null;
  bySameStaff: boolean;
  effect: string | null;
}
interface StaffAppeal extends Appeal {
  site: string;
  reader: { id: string; name: string };
  against: { id: string } | null;
  decidedBy: { id: string } | null;
  note: string | null;
  mayDecide: boolean;
  whyNot: string | null;
}
interface Detail extends StaffAppeal {
  decision: { id: string; by: { id: string } | null; explanation: string | null; revision: number } | null;
  original: { revision: number; body: string; screening: { rule: string }[] } | null;
  comment: { comment: { status: string }; revisions: { body: string }[]; decisions: { action: string }[] } | null;
  sanction: { id: string; kind: string; inForce: boolean; lifted: { reason: string } | null } | null;
  record: { strikes: { total: number } };
}
interface Item {
  id: string;
  queue: string;
  enteredAt: string;
  claim: { by: { id: string } } | null;
  comment: Comment | null;
  appeal: StaffAppeal | null;
}
interface List<T> {
  items: T[];
  nextCursor: string | null;
}
type Refusal = ProblemBody & { appeal?: { id: string; state: string } };

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown as string;
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown as string;
const DAY_AND_MORE = '31 days';

/** What suites do with appeals. */
class Desk {
  constructor(readonly app: App) {}

  appeal(by: Person, id: string, text = 'You are wrong.', headers = {}): Promise<Answer<Appeal & Refusal>> {
    return this.app.call(`/me/decisions/${id}/appeal`, { method: 'POST', token: by.token, body: { text }, headers });
  }

  async open(by: Person, id: string, text?: string): Promise<Appeal> {
    const answer = await this.appeal(by, id, text);
    if (answer.status !== 201) throw new Error(answer.text);
    await this.app.settled();
    return answer.body;
  }

  decide(by: Person, id: string, outcome: string, more: object = {}): Promise<Answer<StaffAppeal & Refusal>> {
    const body = { outcome, explanation: 'We have read it again.', ...more };
    return this.app.call(`/moderation/appeals/${id}/outcome`, { method: 'POST', token: by.token, body });
  }

  async decided(by: Person, id: string, outcome: string, more?: object): Promise<StaffAppeal> {
    const answer = await this.decide(by, id, outcome, more);
    if (answer.status !== 200) throw new Error(answer.text);
    await this.app.settled();
    return answer.body;
  }

  detail(id: string, by = this.app.owner): Promise<Detail> {
    return this.app.expect<Detail>(200, `/moderation/appeals/${id}`, { token: by.token });
  }

  async items(by: Person, query = ''): Promise<Item[]> {
    const path = `/moderation/queues/appeals/items?site=demo&limit=100${query}`;
    return (await this.app.expect<List<Item>>(200, path, { token: by.token })).items;
  }

  async item(by: Person, { id }: Appeal): Promise<Item | undefined> {
    return (await this.items(by)).find(({ appeal }) => appeal?.id === id);
  }

  async claim(by: Person, limit = 100): Promise<Item[]> {
    const body = { queue: 'appeals', site: 'demo', limit };
    return (await this.app.expect<List<Item>>(200, '/moderation/claims', { method: 'POST', token: by.token, body }))
      .items;
  }

  /** The decision that stands on a comment. */
  async decisionOn({ id }: Comment): Promise<string> {
    const { rows } = await this.app.pool.query<{ id: string }>('SELECT decision_id AS id FROM comments WHERE id = $1', [
      id,
    ]);
    return rows[0]?.id ?? '';
  }

  async status({ id }: Comment): Promise<string | undefined> {
    const { rows } = await this.app.pool.query<{ status: string }>('SELECT status FROM comments WHERE id = $1', [id]);
    return rows[0]?.status;
  }

  async queuesOf({ id }: Comment): Promise<string[]> {
    const { rows } = await this.app.pool.query<{ queue: string }>(
      'SELECT queue FROM queue_items WHERE comment_id = $1 ORDER BY queue',
      [id],
    );
    return rows.map(({ queue }) => queue);
  }

  async sanction(reader: Person, by: Person, body: object): Promise<{ id: string }> {
    const path = `/moderation/readers/${reader.id}/sanctions`;
    const placed = { method: 'POST', token: by.token, body: { reason: 'abuse', ...body } };
    return (await this.app.expect<{ sanction: { id: string } }>(201, path, placed)).sanction;
  }

  /** Of an appeal, in the log, oldest first. */
  async logged(appealId: string): Promise<{ action: string; codes: Record<string, unknown>; actor: string }[]> {
    const { rows } = await this.app.pool.query<{ action: string; codes: Record<string, unknown>; actor: string }>(
      `SELECT action, codes, actor_kind AS actor FROM log_entries WHERE codes->>'appealId' = $1 ORDER BY at, id`,
      [appealId],
    );
    return rows;
  }
}

describe('appeals', () => {
  let app: App;
  let desk: Desk;
  let thread: string;
  let ada: Person;
  let mo: Person;
  let other: Person;
  let stranger: Person;

  beforeAll(async () => {
    app = await startApp({
      settings: { moderationMode: 'post', appealDays: 30, undoSeconds: 3_600, claimSeconds: 60 },
    });
    desk = new Desk(app);
    await app.site('elsewhere', { name: 'Elsewhere', origins: [PAGE_ORIGIN], settings: { moderationMode: 'post' } });
    thread = await app.thread();
    [ada, mo, other, stranger] = await Promise.all([
      app.guest('Ada'),
      app.staff('moderator'),
      app.staff('moderator'),
      app.staff('owner', 'elsewhere'),
    ]);
  });

  afterAll(() => app.stop());

  const code = ({ status, body }: Answer<{ code?: string }>) => [status, body.code];
  /** Whatever status it has by now. */
  const now = ({ id, revision }: Comment) => ({ id, revision });
  /** A comment that `mo` has taken down, and the decision. */
  const takenDown = async (author = ada, action = 'reject', more: Record<string, unknown> = { reason: 'abuse' }) => {
    const comment = await app.post(author, thread, `Words ${Math.random()}`);
    const answer = await app.decide(mo, action, [comment], more);
    expect(answer.results[0]?.outcome).toBe('applied');
    await app.settled();
    return { comment, batchId: answer.batchId, decisionId: await desk.decisionOn(comment) };
  };

  describe('are made', () => {
    it('by the author, once', async () => {
      const { comment, decisionId } = await takenDown();
      const appeal = await desk.open(ada, decisionId, 'It was a quotation.');
      expect(appeal).toEqual({
        ...{ id: uuid, decisionId, sanctionId: null, commentId: comment.id, state: 'open', at: instant },
        ...{ text: 'It was a quotation.', decidedAt: null, explanation: null, bySameStaff: false, effect: null },
      });
      const again = await desk.appeal(ada, decisionId);
      expect(code(again)).toEqual([409, 'already-appealed']);
      expect(again.body.appeal).toEqual({ id: appeal.id, state: 'open' });
      const mine = await app.expect<List<Appeal>>(200, '/me/appeals', { token: ada.token });
      expect(mine.items[0]).toEqual(appeal);
    });

    it('once, of ten that come at the same moment', async () => {
      const { decisionId } = await takenDown();
      const all = await Promise.all(Array.from({ length: 10 }, () => desk.appeal(ada, decisionId)));
      expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(all.filter(({ body }) => body.code === 'already-appealed')).toHaveLength(9);
    });

    it('by nobody else: what is not mine is not there', async () => {
      const { decisionId } = await takenDown();
      const bo = await app.guest('Bo');
      const away = await app.guest('Ada', 'elsewhere');
      for (const reader of [bo, away]) expect(code(await desk.appeal(reader, decisionId))).toEqual([404, 'not-found']);
      for (const id of [crypto.randomUUID(), 'no-id']) {
        expect(code(await desk.appeal(ada, id))).toEqual([404, 'not-found']);
      }
      expect(code(await desk.appeal(mo, decisionId))).toEqual([401, 'unauthenticated']);
      const nobody = await app.call<ProblemBody>(`/me/decisions/${decisionId}/appeal`, {
        method: 'POST',
        body: { text: 'x' },
      });
      expect(nobody.status).toBe(401);
      const foreign = await desk.appeal(ada, decisionId, 'x', { origin: 'https://other.example' });
      expect(code(foreign)).toEqual([403, 'origin-not-permitted']);
    });

    it('of rejections, spam and what a rule rejects, not of what stands or is held', async () => {
      const spam = await takenDown(ada, 'spam', {});
      expect((await desk.appeal(ada, spam.decisionId)).status).toBe(201);
      const approved = await takenDown(ada, 'approve', {});
      expect(code(await desk.appeal(ada, approved.decisionId))).toEqual([409, 'not-appealable']);
      const byRule = await app.post(ada, thread, 'A rule rejects it');
      const decisionId = await rejectedByRule(byRule);
      const { id } = await desk.open(ada, decisionId);
      const detail = await desk.detail(id, mo);
      expect(detail).toMatchObject({ against: null, mayDecide: true, decision: { id: decisionId, by: null } });
      expect(await desk.decided(mo, id, 'overturned')).toMatchObject({ effect: 'restored', bySameStaff: false });
      expect(await desk.status(byRule)).toBe('published');
    });

    it('only while the decision stands', async () => {
      const undone = await takenDown();
      await app.expect(200, `/moderation/decisions/${undone.batchId}/undo`, { method: 'POST', token: mo.token });
      const restored = await takenDown();
      await app.decide(other, 'restore', [now(restored.comment)]);
      const replaced = await takenDown();
      await app.decide(other, 'spam', [now(replaced.comment)]);
      for (const { decisionId } of [undone, restored, replaced]) {
        expect(code(await desk.appeal(ada, decisionId))).toEqual([409, 'decision-replaced']);
      }
      // The one that replaced it is another decision.
      expect((await desk.appeal(ada, await desk.decisionOn(replaced.comment))).status).toBe(201);
    });

    it('within the time that the site gives, by the clock of the database', async () => {
      const { decisionId } = await takenDown();
      await older(decisionId, '29 days 23 hours');
      expect((await desk.appeal(ada, decisionId)).status).toBe(201);
      const late = await takenDown();
      await older(late.decisionId, DAY_AND_MORE);
      expect(code(await desk.appeal(ada, late.decisionId))).toEqual([409, 'appeal-over']);
      const sanction = await desk.sanction(await app.guest(), mo, { kind: 'warn' });
      const warned = await app.guest('Late');
      const old = await desk.sanction(warned, mo, { kind: 'warn' });
      await app.pool.query('UPDATE sanctions SET at = at - $2::interval WHERE id = $1', [old.id, DAY_AND_MORE]);
      expect(code(await desk.appeal(warned, old.id))).toEqual([409, 'appeal-over']);
      expect(code(await desk.appeal(warned, sanction.id))).toEqual([404, 'not-found']);
    });

    it.each([['warn'], ['premoderate'], ['suspend'], ['ban']])(
      'of a sanction, also by whoever is under it: %s',
      async (kind) => {
        const reader = await app.guest(kind);
        const until = kind === 'suspend' ? { until: new Date(Date.now() + 86_400_000).toISOString() } : {};
        const { id } = await desk.sanction(reader, app.owner, { kind, ...until });
        const appeal = await desk.open(reader, id, 'It was not me.');
        expect(appeal).toMatchObject({ sanctionId: id, decisionId: null, commentId: null, state: 'open' });
        const item = await desk.item(mo, appeal);
        expect(item).toMatchObject({
          comment: null,
          appeal: { sanctionId: id, mayDecide: true, text: 'It was not me.' },
        });
        expect(await desk.detail(appeal.id, mo)).toMatchObject({
          ...{ comment: null, decision: null, original: null },
          sanction: { id, kind, lifted: null },
          record: { sanctions: [{ id }] },
        });
        expect(await desk.decided(mo, appeal.id, 'overturned')).toMatchObject({ effect: 'lifted' });
        const { sanction } = await desk.detail(appeal.id);
        expect(sanction).toMatchObject({ inForce: false, lifted: { reason: 'appeal', by: { id: mo.id } } });
        expect((await app.post(reader, thread, 'Back again')).status).toBe('published');
      },
    );

    it('with a text that can be read', async () => {
      const { decisionId } = await takenDown();
      for (const text of ['', ' \n ', '\u200b', 'x'.repeat(2_001), 7, null, '\ud800']) {
        const answer = await desk.appeal(ada, decisionId, text as string);
        expect([text, answer.status]).toEqual([text, 422]);
      }
      expect((await desk.appeal(ada, decisionId, '👍'.repeat(1_000))).status).toBe(201);
    });

    it('of a comment that its author has deleted since, whose text stands before the moderator', async () => {
      const comment = await app.post(ada, thread, 'The first words');
      await app.expect(200, `/comments/${comment.id}`, {
        method: 'PATCH',
        token: ada.token,
        body: { body: 'The words that were judged' },
      });
      await app.decide(mo, 'reject', [{ id: comment.id, revision: 2 }], { explanation: 'Too rude.' });
      await app.expect(204, `/comments/${comment.id}`, { method: 'DELETE', token: ada.token });
      await app.settled();
      const { id } = await desk.open(ada, await desk.decisionOn(comment));
      expect(await desk.detail(id, other)).toMatchObject({
        decision: { by: { id: mo.id }, explanation: 'Too rude.', revision: 2 },
        original: { revision: 2, body: 'The words that were judged', screening: expect.any(Array) as unknown },
        comment: {
          comment: { status: 'deleted' },
          revisions: [{ body: 'The words that were judged' }, { body: 'The first words' }],
          decisions: [{ action: 'reject' }],
        },
      });
      expect(await desk.decided(other, id, 'overturned')).toMatchObject({ state: 'overturned', effect: 'none' });
      expect(await desk.status(comment)).toBe('deleted');
    });
  });

  describe('are queued', () => {
    it('oldest first, with what they are about, found by reader, words, thread and rule', async () => {
      await app.pool.query(`DELETE FROM queue_items WHERE queue = 'appeals'`);
      const bo = await app.guest('Bo');
      const first = await takenDown(bo);
      const second = await takenDown();
      const oldest = await desk.open(bo, first.decisionId, 'Pineapple is no insult.');
      const newest = await desk.open(ada, second.decisionId);
      const of = async (query = '') => (await desk.items(other, query)).map(({ appeal }) => appeal?.id);
      expect(await of()).toEqual([oldest.id, newest.id]);
      expect(await of('&sort=newest')).toEqual([newest.id, oldest.id]);
      expect(await of(`&reader=${bo.id}`)).toEqual([oldest.id]);
      expect(await of('&q=apple%20insult')).toEqual([oldest.id]);
      expect(await of(`&thread=${thread}`)).toEqual([oldest.id, newest.id]);
      expect(await of('&reason=no-such-rule')).toEqual([]);
      const [item] = await desk.items(other);
      expect(item).toMatchObject({
        ...{ queue: 'appeals', priority: expect.closeTo(0, 1), enteredAt: oldest.at, claim: null },
        comment: { id: first.comment.id, status: 'rejected' },
        appeal: { ...oldest, site: 'demo', reader: { id: bo.id, name: 'Bo' }, against: { id: mo.id } },
      });
      const counts = await app.expect<List<{ queue: string; open: number }>>(200, '/moderation/queues?site=demo', {
        token: mo.token,
      });
      expect(counts.items).toContainEqual({
        queue: 'appeals',
        open: 2,
        claimed: 0,
        oldestAgeSeconds: expect.any(Number) as unknown,
      });
    });

    it('never offered to whoever took the decision, and shown with the reason', async () => {
      await app.pool.query(`DELETE FROM queue_items WHERE queue = 'appeals'`);
      const appeals = [];
      for (let n = 0; n < 3; n++) appeals.push(await desk.open(ada, (await takenDown()).decisionId));
      expect(await desk.claim(mo)).toEqual([]);
      expect((await desk.items(mo)).map(({ appeal }) => [appeal?.mayDecide, appeal?.whyNot])).toEqual(
        Array(3).fill([false, 'own-decision']),
      );
      const claimed = await desk.claim(other, 2);
      expect(claimed.map(({ appeal }) => appeal?.id)).toEqual(appeals.slice(0, 2).map(({ id }) => id));
      expect(claimed[0]?.appeal).toMatchObject({ mayDecide: true, whyNot: null });
      // Held by one, an appeal is decided by nobody else.
      expect(code(await desk.decide(app.owner, appeals[0]?.id ?? '', 'upheld'))).toEqual([409, 'appeal-claimed']);
      await app.expect(204, `/moderation/claims/${claimed[1]?.id}/skip`, { method: 'POST', token: other.token });
      expect((await desk.decide(app.owner, appeals[1]?.id ?? '', 'upheld')).status).toBe(200);
      expect((await desk.decide(other, appeals[0]?.id ?? '', 'upheld')).status).toBe(200);
      expect((await desk.items(mo)).map(({ appeal }) => appeal?.id)).toEqual([appeals[2]?.id]);
    });

    it('and the consoles learn of all of it', async () => {
      const socket = app.socket('/moderation', { auth: { token: other.token } });
      try {
        const frames: { type: string; queue: string; itemId: string }[] = [];
        socket.on('queue', (frame: { type: string; queue: string; itemId: string }) => frames.push(frame));
        await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
        expect(await socket.emitWithAck('join', { site: 'demo', queues: ['appeals'] })).toMatchObject({ ok: true });
        const appeal = await desk.open(ada, (await takenDown()).decisionId);
        const item = await desk.item(other, appeal);
        const seen = () => frames.filter(({ itemId }) => itemId === item?.id).map(({ type }) => type);
        await until(() => seen().includes('entered'), 'the console to be told of the appeal');
        await desk.claim(other);
        await until(() => seen().includes('claimed'), 'the console to be told of the claim');
        await desk.decided(other, appeal.id, 'upheld');
        await until(() => seen().includes('left'), 'the console to be told of the outcome');
        expect(seen()).toEqual(['entered', 'claimed', 'left']);
        expect(new Set(frames.map(({ queue }) => queue))).toEqual(new Set(['appeals']));
      } finally {
        socket.disconnect();
      }
    });

    it('and re-open no other queue; nor does a later report', async () => {
      const { comment, decisionId } = await takenDown();
      expect(await desk.queuesOf(comment)).toEqual([]);
      const appeal = await desk.open(ada, decisionId);
      expect(await desk.queuesOf(comment)).toEqual([]);
      await desk.decided(other, appeal.id, 'overturned');
      expect(await desk.queuesOf(comment)).toEqual([]);
      const bo = await app.guest('Bo');
      const report = { method: 'POST', token: bo.token, body: { reason: 'abuse' } };
      await app.expect(201, `/comments/${comment.id}/reports`, report);
      await app.settled();
      expect(await desk.queuesOf(comment)).toEqual([]);
      expect(await desk.item(other, appeal)).toBeUndefined();
      expect((await desk.detail(appeal.id)).state).toBe('overturned');
    });
  });

  describe('are decided', () => {
    it('by another person than the one whose decision it is', async () => {
      const { decisionId } = await takenDown();
      const appeal = await desk.open(ada, decisionId);
      for (const outcome of ['upheld', 'overturned']) {
        expect(code(await desk.decide(mo, appeal.id, outcome))).toEqual([403, 'own-decision']);
      }
      expect((await desk.detail(appeal.id)).state).toBe('open');
      const answer = await desk.decided(other, appeal.id, 'upheld', { note: 'Agreed with Mo.' });
      expect(answer).toMatchObject({
        ...{ id: appeal.id, state: 'upheld', effect: null, bySameStaff: false, decidedAt: instant },
        ...{ explanation: 'We have read it again.', note: 'Agreed with Mo.', decidedBy: { id: other.id } },
        ...{ mayDecide: false, whyNot: 'decided' },
      });
      const mine = await app.expect<List<Appeal>>(200, '/me/appeals', { token: ada.token });
      const own = mine.items.find(({ id }) => id === appeal.id);
      expect(own).toMatchObject({
        state: 'upheld',
        explanation: 'We have read it again.',
        decidedAt: answer.decidedAt,
      });
      expect(JSON.stringify(own)).not.toContain('Agreed with Mo.');
      expect(JSON.stringify(own)).not.toContain(other.id);
      const late = await desk.decide(app.owner, appeal.id, 'overturned');
      expect(code(late)).toEqual([409, 'appeal-decided']);
      expect(late.body.appeal).toEqual({ id: appeal.id, state: 'upheld' });
      expect(code(await desk.appeal(ada, decisionId))).toEqual([409, 'already-appealed']);
    });

    it('overturned: the comment is back at once, for everybody, by a decision of its own', async () => {
      const { comment, decisionId, batchId } = await takenDown();
      const { seq } = await app.readThread(thread);
      const shown = async () => (await app.list(thread, { limit: 100 })).items.map(({ id }) => id);
      expect(await shown()).not.toContain(comment.id);
      const appeal = await desk.open(ada, decisionId);
      await desk.decided(other, appeal.id, 'overturned');
      expect(await desk.status(comment)).toBe('published');
      await until(async () => (await shown()).includes(comment.id), 'the page to show it again');
      const events = await app.expect<{ items: LiveEvent[] }>(200, `${threadPath(thread)}/events?after=${seq}`);
      expect(events.items.map(({ type, commentId }) => [type, commentId])).toEqual([['comment.published', comment.id]]);
      const { comment: detail } = await desk.detail(appeal.id);
      expect(detail?.decisions.map(({ action }) => action)).toEqual(['overturn', 'reject']);
      // The decision that was overturned can not be taken back any more.
      const undo = await app.expect<{ results: { outcome: string }[] }>(200, `/moderation/decisions/${batchId}/undo`, {
        method: 'POST',
        token: mo.token,
      });
      expect(undo.results.map(({ outcome }) => outcome)).toEqual(['conflict']);
      // Whoever decides anew makes another decision, which can be appealed as well.
      await app.decide(mo, 'reject', [comment]);
      expect((await desk.appeal(ada, await desk.decisionOn(comment))).status).toBe(201);
    });

    it('once, by one of ten moderators at the same moment', async () => {
      const staff = await Promise.all(Array.from({ length: 10 }, () => app.staff('moderator')));
      for (let round = 0; round < 3; round++) {
        const { comment, decisionId } = await takenDown();
        const { id } = await desk.open(ada, decisionId);
        const answers = await Promise.all(
          staff.map((one, n) => desk.decide(one, id, n % 2 === 0 ? 'overturned' : 'upheld')),
        );
        const winners = answers.filter(({ status }) => status === 200);
        expect(winners).toHaveLength(1);
        expect(answers.filter(({ body }) => body.code === 'appeal-decided')).toHaveLength(9);
        await app.settled();
        const overturned = winners[0]?.body.state === 'overturned';
        expect(await desk.status(comment)).toBe(overturned ? 'published' : 'rejected');
        const made = await app.count(`SELECT count(*) FROM decisions WHERE comment_id = $1 AND action = 'overturn'`, [
          comment.id,
        ]);
        expect(made).toBe(overturned ? 1 : 0);
        expect((await desk.logged(id)).filter(({ action }) => action.startsWith('appeal.'))).toHaveLength(2);
      }
    });

    it('with an explanation, as one of two outcomes', async () => {
      const { id } = await desk.open(ada, (await takenDown()).decisionId);
      for (const body of [
        { explanation: undefined },
        { explanation: '' },
        { explanation: '\u200b' },
        { note: 'x'.repeat(2_001) },
      ]) {
        expect((await desk.decide(other, id, 'upheld', body)).status).toBe(422);
      }
      for (const outcome of ['moot', 'open', '']) expect((await desk.decide(other, id, outcome)).status).toBe(422);
      expect((await desk.detail(id)).state).toBe('open');
    });

    it('by staff of the site alone', async () => {
      const { id } = await desk.open(ada, (await takenDown()).decisionId);
      for (const person of [ada, stranger]) {
        const expected = person === ada ? 401 : 404;
        expect((await desk.decide(person, id, 'upheld')).status).toBe(expected);
        expect((await app.call(`/moderation/appeals/${id}`, { token: person.token })).status).toBe(expected);
        expect((await app.call('/moderation/appeals?site=demo', { token: person.token })).status).toBe(expected);
      }
      expect((await app.call(`/moderation/appeals/${id}`)).status).toBe(401);
      const foreign = await app.expect<List<StaffAppeal>>(200, '/moderation/appeals', { token: stranger.token });
      expect(foreign.items).toEqual([]);
      expect((await desk.decide(other, crypto.randomUUID(), 'upheld')).status).toBe(404);
      for (const role of ['owner', 'admin', 'moderator'] as const) {
        const appeal = await desk.open(ada, (await takenDown()).decisionId);
        const person = await app.staff(role);
        expect((await desk.detail(appeal.id, person)).mayDecide).toBe(true);
        expect((await desk.decide(person, appeal.id, 'upheld')).status).toBe(200);
      }
    });

    it('where a site has one person alone, by that person, and everybody is told', async () => {
      const alone = await app.staff('owner', 'elsewhere');
      await app.expect(200, `/staff/${stranger.id}`, {
        method: 'PATCH',
        token: app.owner.token,
        body: { site: 'elsewhere', role: null },
      });
      const reader = await app.guest('Ada', 'elsewhere');
      const key = 'an-article';
      await app.expect(200, threadPath(key, 'elsewhere'), {
        method: 'PUT',
        token: alone.token,
        body: { url: `${PAGE_ORIGIN}/x`, title: 'X' },
      });
      const comment = await app.expect<Comment>(201, `${threadPath(key, 'elsewhere')}/comments`, {
        method: 'POST',
        token: reader.token,
        body: { body: 'Words' },
      });
      await app.decide(alone, 'reject', [comment]);
      const { id } = await desk.open(reader, await desk.decisionOn(comment));
      const roles = await app.count(
        `SELECT count(*) FROM staff_roles r JOIN sites s ON s.id = r.site_id WHERE s.key = 'elsewhere'`,
      );
      const second = await app.staff('moderator', 'elsewhere');
      expect(code(await desk.decide(alone, id, 'upheld'))).toEqual([403, 'own-decision']);
      await app.expect(200, `/staff/${second.id}`, {
        method: 'PATCH',
        token: app.owner.token,
        body: { disabled: true },
      });
      if (roles > 1) {
        // Whoever created the site has a role there too.
        await app.pool.query(
          `DELETE FROM staff_roles r USING sites s WHERE s.id = r.site_id AND s.key = 'elsewhere' AND r.staff_id <> ALL($1)`,
          [[alone.id, second.id]],
        );
      }
      const body = { queue: 'appeals', site: 'elsewhere', limit: 1 };
      const claimed = await app.expect<List<Item>>(200, '/moderation/claims', {
        method: 'POST',
        token: alone.token,
        body,
      });
      expect(claimed.items[0]?.appeal).toMatchObject({ id, mayDecide: true });
      const answer = await desk.decided(alone, id, 'upheld');
      expect(answer).toMatchObject({ bySameStaff: true, decidedBy: { id: alone.id }, against: { id: alone.id } });
      const mine = await app.expect<List<Appeal>>(200, '/me/appeals', { token: reader.token });
      expect(mine.items[0]?.bySameStaff).toBe(true);
      expect((await desk.logged(id)).at(-1)).toMatchObject({ action: 'appeal.upheld', codes: { bySameStaff: true } });
    });

    it('and all of it stands in the log, without a word of the texts, also when these are erased', async () => {
      const { decisionId } = await takenDown();
      const { id } = await desk.open(ada, decisionId, 'A secret of mine');
      await desk.decided(other, id, 'overturned', { explanation: 'A public word', note: 'A private word' });
      const entries = await desk.logged(id);
      expect(entries.map(({ action, actor }) => [action, actor])).toEqual(
        expect.arrayContaining([
          ['appeal.opened', 'reader'],
          ['appeal.overturned', 'staff'],
          ['comment.restored', 'staff'],
        ]),
      );
      expect(entries).toHaveLength(3);
      expect(JSON.stringify(entries)).not.toMatch(/secret|public word|private word/);
      const opened = entries.find(({ action }) => action === 'appeal.opened');
      expect(opened?.codes).toMatchObject({
        decisionId,
        texts: { of: id, appeal: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
      });

      await verified();
      await app.pool.query(`UPDATE log_texts SET text = 'Another word' WHERE owner_id = $1 AND kind = 'appeal'`, [id]);
      await verified('text-changed');
      await app.pool.query(`UPDATE log_texts SET text = '', salt = NULL WHERE owner_id = $1`, [id]);
      await verified();
      expect(await desk.detail(id)).toMatchObject({ text: null, explanation: null, note: null, state: 'overturned' });
    });
  });

  describe('are moot', () => {
    it('where the decision is undone or the comment restored by another way', async () => {
      const undone = await takenDown();
      const first = await desk.open(ada, undone.decisionId);
      await app.expect(200, `/moderation/decisions/${undone.batchId}/undo`, { method: 'POST', token: mo.token });
      const restored = await takenDown();
      const second = await desk.open(ada, restored.decisionId);
      await app.decide(mo, 'restore', [now(restored.comment)]);
      await app.settled();
      for (const { id } of [first, second]) {
        expect(await desk.detail(id)).toMatchObject({ state: 'moot', mayDecide: false, decidedBy: null, effect: null });
        expect(await desk.item(other, { id } as Appeal)).toBeUndefined();
        expect(code(await desk.decide(other, id, 'upheld'))).toEqual([409, 'appeal-decided']);
        expect((await desk.logged(id)).map(({ action }) => action)).toEqual(['appeal.opened', 'appeal.closed']);
      }
    });

    it('and at once: before the relay has come by, nobody decides on them', async () => {
      const { comment, decisionId } = await takenDown();
      const { id } = await desk.open(ada, decisionId);
      await app.withoutRelay(async () => {
        await app.decide(mo, 'restore', [now(comment)]);
        const answer = await desk.decide(other, id, 'upheld');
        expect(code(answer)).toEqual([409, 'appeal-decided']);
        expect(answer.body.appeal).toEqual({ id, state: 'moot' });
      });
      await app.settled();
      expect((await desk.detail(id)).state).toBe('moot');
    });

    it('and open again where what closed them is undone', async () => {
      const { comment, decisionId } = await takenDown();
      const appeal = await desk.open(ada, decisionId);
      const { batchId } = await app.decide(other, 'restore', [now(comment)]);
      await app.settled();
      expect(await desk.item(other, appeal)).toBeUndefined();
      await app.expect(200, `/moderation/decisions/${batchId}/undo`, { method: 'POST', token: other.token });
      await app.settled();
      expect(await desk.item(other, appeal)).toMatchObject({ enteredAt: appeal.at });
      expect((await desk.logged(appeal.id)).map(({ action }) => action)).toEqual([
        ...['appeal.opened', 'appeal.closed', 'appeal.reopened'],
      ]);
      expect((await desk.decided(other, appeal.id, 'overturned')).effect).toBe('restored');
    });

    it('not where another restriction takes the place of the decision', async () => {
      const { comment, decisionId } = await takenDown();
      const appeal = await desk.open(ada, decisionId);
      await app.decide(other, 'spam', [now(comment)]);
      await app.settled();
      expect((await desk.detail(appeal.id)).state).toBe('open');
      const newer = await desk.appeal(ada, await desk.decisionOn(comment));
      expect(code(newer)).toEqual([409, 'already-appealed']);
      expect((await desk.decided(app.owner, appeal.id, 'overturned')).effect).toBe('restored');
      expect(await desk.status(comment)).toBe('published');
    });

    it('where the comment was public in between, however late the relay comes by; on top of each other restrictions count as one', async () => {
      const { comment, decisionId } = await takenDown();
      const { id } = await desk.open(ada, decisionId);
      const act = (action: string) => app.decide(mo, action, [now(comment)]);
      await app.withoutRelay(async () => {
        await act('spam');
        expect(code(await desk.decide(mo, id, 'upheld'))).toEqual([403, 'own-decision']);
        await act('restore');
        await act('reject');
        expect(code(await desk.decide(other, id, 'upheld'))).toEqual([409, 'appeal-decided']);
        // The new rejection is no longer the old one's: nothing keeps its own appeal waiting.
        expect((await desk.appeal(ada, await desk.decisionOn(comment))).status).toBe(201);
      });
      await app.settled();
      expect((await desk.detail(id)).state).toBe('moot');
      const open = (await desk.items(other)).filter((item) => item.comment?.id === comment.id);
      expect(open.map(({ appeal }) => appeal?.decisionId)).toEqual([await desk.decisionOn(comment)]);
    });

    it('where the sanction is lifted', async () => {
      const reader = await app.guest('Bo');
      const { id } = await desk.sanction(reader, mo, { kind: 'premoderate' });
      const appeal = await desk.open(reader, id);
      await app.expect(200, `/moderation/sanctions/${id}`, { method: 'DELETE', token: mo.token });
      await app.settled();
      expect(await desk.detail(appeal.id)).toMatchObject({ state: 'moot', sanction: { lifted: { reason: 'other' } } });
      expect(await desk.item(other, appeal)).toBeUndefined();
      expect(code(await desk.decide(other, appeal.id, 'overturned'))).toEqual([409, 'appeal-decided']);
      expect(code(await desk.appeal(reader, id))).toEqual([409, 'already-appealed']);
    });

    it('or decided, of a restoring and an outcome at the same moment: never both', async () => {
      for (let round = 0; round < 5; round++) {
        const { comment, decisionId } = await takenDown();
        const { id } = await desk.open(ada, decisionId);
        const [restored, outcome] = await Promise.all([
          app.decide(mo, 'restore', [now(comment)]),
          desk.decide(other, id, 'overturned'),
        ]);
        await app.settled();
        const { state } = await desk.detail(id);
        const won = outcome.status === 200;
        expect([state, restored.results[0]?.outcome]).toEqual(won ? ['overturned', 'conflict'] : ['moot', 'applied']);
        expect(await desk.status(comment)).toBe('published');
      }
    });
  });

  it('are listed for staff by state, newest first, page by page; for readers too', async () => {
    const bo = await app.guest('Bo');
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.unshift((await desk.open(bo, (await takenDown(bo)).decisionId)).id);
    await desk.decided(other, ids[1] ?? '', 'upheld');
    const walk = async (path: string, token: string) => {
      const found: (Appeal & Partial<StaffAppeal>)[] = [];
      let cursor = '';
      do {
        const page = await app.expect<List<Appeal>>(200, `${path}&limit=2${cursor}`, { token });
        found.push(...page.items);
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
      } while (cursor !== '');
      return found;
    };
    expect((await walk('/me/appeals?', bo.token)).map(({ id }) => id)).toEqual(ids);
    const all = await walk('/moderation/appeals?site=demo', mo.token);
    expect(all.slice(0, 3).map(({ id }) => id)).toEqual(ids);
    const upheld = await walk('/moderation/appeals?state=upheld', mo.token);
    expect(upheld[0]?.id).toBe(ids[1]);
    expect(new Set(upheld.map(({ state }) => state))).toEqual(new Set(['upheld']));
    expect(upheld).toHaveLength(all.filter(({ state }) => state === 'upheld').length);
    expect((await app.call('/moderation/appeals?state=closed', { token: mo.token })).status).toBe(400);
    expect((await app.call('/moderation/appeals?cursor=x', { token: mo.token })).status).toBe(400);
  });

  it('are found by indexes', async () => {
    await app.pool.query(
      `INSERT INTO appeals (id, site_id, reader_id, sanction_id, state, at, decided_at, decided_by)
       SELECT gen_random_uuid(), s.id, gen_random_uuid(), gen_random_uuid(), 'upheld', now() - n * interval '1 minute', now(), s.id
       FROM sites s, generate_series(1, 20000) n WHERE s.key = 'demo'`,
    );
    await app.pool.query('ANALYZE appeals');
    const { decisionId } = await takenDown();
    const recording = recordStatements();
    const { id } = await desk.open(ada, decisionId);
    await app.expect(200, '/me/appeals', { token: ada.token });
    await app.expect(200, '/moderation/appeals?site=demo', { token: mo.token });
    await app.expect(200, '/moderation/appeals?state=open', { token: mo.token });
    await desk.claim(other, 1);
    await desk.detail(id);
    recording.stop();
    const mine = recording.used.filter(({ name }) => /^(appeals|items)\./.test(name) && !/insert|text/.test(name));
    expect(new Set(mine.map(({ name }) => name)).size).toBeGreaterThan(6);
    for (const statement of mine.filter(({ text }) => text.trimStart().startsWith('SELECT'))) {
      for (const mode of ['force_generic_plan', 'force_custom_plan'] as const) {
        const values = statement.values.map((value) => value ?? other.id);
        const rows = await rowsByIndex(app.pool, { ...statement, values }, mode, 'appeals');
        expect([statement.name, mode, Object.keys(rows).filter((by) => by.includes('Seq'))]).toEqual([
          ...[statement.name, mode, []],
        ]);
        const read = Object.values(rows).reduce((sum, count) => sum + count, 0);
        expect([statement.name, read <= 200]).toEqual([statement.name, true]);
      }
    }
  });

  /** As if it had been made so long ago. */
  async function older(decisionId: string, interval: string): Promise<void> {
    // Without the trigger that keeps decisions as they are, for this transaction alone.
    await app.pool.query(
      `DO $$ BEGIN
         ALTER TABLE decisions DISABLE TRIGGER append_only;
         UPDATE decisions SET at = at - interval '${interval}' WHERE id = '${decisionId}';
         ALTER TABLE decisions ENABLE TRIGGER append_only;
       END $$`,
    );
  }

  /** What a rule leaves behind that rejects a comment; answers the decision. */
  async function rejectedByRule({ id }: Comment): Promise<string> {
    const { rows } = await app.pool.query<{ id: string }>(
      `WITH made AS (
         INSERT INTO decisions (id, site_id, thread_id, comment_id, revision, action, from_status, from_decided_by, to_status, decided_by, reason)
         SELECT gen_random_uuid(), site_id, thread_id, id, revision, 'reject', 'published', 'none', 'rejected', 'rule', 'words'
         FROM comments WHERE id = $1 RETURNING id
       )
       UPDATE comments SET status = 'rejected', decided_by = 'rule', decision_id = (SELECT id FROM made) WHERE id = $1
       RETURNING decision_id AS id`,
      [id],
    );
    return rows[0]?.id ?? '';
  }

  async function verified(fault?: string): Promise<void> {
    await until(async () => (await app.count('SELECT count(*) FROM log_waiting')) === 0, 'the log to be chained');
    const client = new pg.Client({ connectionString: app.database.url, types: pgTypes });
    await client.connect();
    try {
      const { rows } = await client.query<{ id: string }>(`SELECT id FROM sites WHERE key = 'demo'`);
      expect((await verifyLog(client, rows[0]?.id ?? '')).broken?.fault).toBe(fault);
    } finally {
      await client.end();
    }
  }
});
