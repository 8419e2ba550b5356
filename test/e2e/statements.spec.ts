import type { Comment } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import type { Answer } from '../support/http.js';

interface Said {
  id: string;
  restriction: string;
  state: string;
  until: string | null;
  comment: { id: string; revision: number; body: string | null } | null;
  where: { site: string; thread: { key: string; title: string } | null; territorialScope: string[] };
  facts: { source: string; findings: { rule: string }[]; explanation: string | null };
  automated: { detection: boolean; decision: string };
  reason: {
    code: string;
    label: string;
    explanation: string;
    ground: { kind: string; reference: string; url?: string };
  };
  redress: { appealUntil: string | null; court: boolean };
  appealableUntil: string | null;
  appeal: { id: string; state: string } | null;
  language: string;
  words: Record<string, string>;
}
interface SaidList {
  items: Said[];
  nextCursor: string | null;
}

/** What a rule of the site that rejects says of a comment. */
const finding = (kind: string) => ({
  ...{ rule: `our-${kind}`, kind, score: 1, action: 'reject', explanation: 'For moderators only.' },
  evidence: [{ start: 0, end: 4, text: 'What' }],
});

describe('statements of reasons', () => {
  let app: App;
  let ada: Person;
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post', reportThreshold: 1, undoSeconds: 0 } });
    ada = await app.guest();
    thread = await app.thread();
  });
  afterAll(() => app.stop());

  /** Posted as a site's rule of that kind would have it, whatever rules the site has. */
  const rejectedByRule = async (author: Person, kind: string, body = 'What a rule rejects'): Promise<Comment> => {
    const comment = await app.withoutRelay(async () => {
      const posted = await app.post(author, thread, body);
      await judgedByRule(posted.id, kind);
      return posted;
    });
    await app.settled();
    return comment;
  };
  const judgedByRule = async (id: string, kind: string) => {
    await app.pool.query(`UPDATE comments SET status = 'rejected', decided_by = 'rule' WHERE id = $1`, [id]);
    await app.pool.query(
      `UPDATE comment_revisions SET screening = $2 WHERE comment_id = $1
       AND revision = (SELECT revision FROM comments WHERE id = $1)`,
      [id, JSON.stringify([finding(kind)])],
    );
    await app.pool.query(
      `UPDATE outbox SET to_status = 'rejected' WHERE id = (SELECT max(id) FROM outbox WHERE subject_id = $1)`,
      [id],
    );
  };
  const decisionsOn = async (id: string) =>
    (
      await app.pool.query<Record<string, unknown>>(
        `SELECT d.id, d.action, d.revision, d.from_status, d.from_decided_by, d.to_status, d.decided_by, d.staff_id, d.reason,
                d.reader_id, d.id = c.decision_id AS named
         FROM decisions d JOIN comments c ON c.id = d.comment_id WHERE c.id = $1 ORDER BY d.at, d.id`,
        [id],
      )
    ).rows;

  describe('what a rule rejects', () => {
    const byRule = { action: 'reject', to_status: 'rejected', decided_by: 'rule', staff_id: null };

    it('is a decision, with its reason and its entry in the log', async () => {
      const comment = await rejectedByRule(ada, 'domains');
      const decisions = await decisionsOn(comment.id);
      const { id } = decisions[0] ?? {};
      const posted = { from_status: 'pending', from_decided_by: 'none', revision: 1 };
      expect(decisions).toEqual([{ ...byRule, ...posted, id, reason: 'spam', reader_id: ada.id, named: true }]);
      const { rows } = await app.pool.query(
        `SELECT actor_kind, actor_id, action, codes FROM log_entries WHERE subject_id = $1`,
        [comment.id],
      );
      const codes = { decisionId: id, revision: 1, from: 'pending', to: 'rejected', reason: 'spam', rule: 'domains' };
      expect(rows).toEqual([{ actor_kind: 'rule', actor_id: null, action: 'comment.rejected', codes }]);
    });

    it('is so after an edit too, from what the comment was before', async () => {
      const comment = await app.post(ada, thread, 'At first quite harmless');
      await app.settled();
      await app.withoutRelay(async () => {
        const body = { body: 'And now not at all' };
        await app.expect(200, `/comments/${comment.id}`, { method: 'PATCH', token: ada.token, body });
        await judgedByRule(comment.id, 'unheard-of');
      });
      await app.settled();
      const edited = { from_status: 'published', from_decided_by: 'none', revision: 2, reason: 'other', named: true };
      expect(await decisionsOn(comment.id)).toEqual([expect.objectContaining({ ...byRule, ...edited })]);
    });

    it('is written down once, however often and however late the fact comes by', async () => {
      const comment = await app.withoutRelay(async () => {
        const posted = await app.post(ada, thread, 'Rejected, and restored before the relay came by');
        await judgedByRule(posted.id, 'words');
        await app.pool.query(
          `INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status, at)
           SELECT site_id, stream_id, subject_id, topic, from_status, to_status, at FROM outbox WHERE subject_id = $1`,
          [posted.id],
        );
        await app.decide(app.owner, 'restore', [{ id: posted.id, revision: 1 }]);
        return posted;
      });
      await app.settled();
      const decisions = await decisionsOn(comment.id);
      expect(decisions.map(({ action, named }) => [action, named])).toEqual([
        ['reject', false],
        ['restore', true],
      ]);
      expect(await app.count(`SELECT count(*) FROM log_entries WHERE subject_id = $1`, [comment.id])).toBe(2);
      const list = await app.list(thread);
      expect(list.items.some(({ id }) => id === comment.id)).toBe(true);
    });
  });

  const said = (reader: Person, query: Record<string, unknown> = {}, language = 'en'): Promise<SaidList> =>
    app.expect<SaidList>(200, '/me/decisions', {
      token: reader.token,
      query: query as Record<string, string>,
      headers: { 'accept-language': language },
    });
  const newest = async (reader: Person, language?: string) => (await said(reader, {}, language)).items[0];
  const report = (by: Person, comment: Comment): Promise<Answer<unknown>> =>
    app.call(`/comments/${comment.id}/reports`, { method: 'POST', token: by.token, body: { reason: 'hate' } });
  const sanction = (reader: Person, body: object) =>
    app.expect<{ sanction: { id: string } }>(201, `/moderation/readers/${reader.id}/sanctions`, {
      method: 'POST',
      token: app.owner.token,
      body: { reason: 'abuse', ...body },
    });

  describe('GET /me/decisions', () => {
    it('is empty for who was never restricted, and nobody but a reader has one', async () => {
      const reader = await app.guest('Unharmed');
      const comment = await app.post(reader, thread, 'Shown, and looked at');
      await app.decide(app.owner, 'approve', [comment]);
      expect(await said(reader)).toEqual({ items: [], nextCursor: null });
      expect((await app.call('/me/decisions')).status).toBe(401);
      expect((await app.call('/me/decisions', { token: app.owner.token })).status).toBe(401);
    });

    it('says of a removal what, where, why, by whom and what can be done', async () => {
      const reader = await app.guest('Removed');
      const comment = await app.post(reader, thread, 'You are all fools');
      const why = { reason: 'abuse', explanation: 'Please argue with the point.', note: 'for staff alone' };
      await app.decide(app.owner, 'reject', [comment], why);
      const [one, ...others] = (await said(reader)).items;
      expect(others).toEqual([]);
      expect(one).toMatchObject({
        ...{ restriction: 'removed', state: 'in-force', until: null, appeal: null, language: 'en' },
        comment: { id: comment.id, revision: 1, body: 'You are all fools' },
        where: { site: 'demo', thread: { key: thread, title: `Article ${thread}` } },
        facts: { source: 'own-initiative', findings: [], explanation: why.explanation },
        automated: { detection: false, decision: 'not' },
        reason: { code: 'abuse', label: 'Insult or harassment', ground: { kind: 'incompatible' } },
        redress: { court: true },
      });
      expect(one?.where.territorialScope).toHaveLength(30);
      const { rows } = await app.pool.query<{ until: Date }>(
        `SELECT d.at + interval '30 days' AS until FROM decisions d WHERE d.id = $1`,
        [one?.id],
      );
      expect(one?.appealableUntil).toBe(rows[0]?.until.toISOString());
      expect(one?.redress.appealUntil).toBe(one?.appealableUntil);
      expect(JSON.stringify(one)).not.toContain(app.owner.id);
      expect(JSON.stringify(one)).not.toContain('for staff alone');
    });

    it('says what a rule has found, and nothing that is for moderators', async () => {
      const reader = await app.guest('Caught');
      await rejectedByRule(reader, 'words');
      const one = await newest(reader);
      expect(one).toMatchObject({
        ...{ restriction: 'refused', state: 'in-force', automated: { detection: true, decision: 'fully' } },
        reason: { code: 'abuse' },
        facts: {
          source: 'own-initiative',
          findings: [{ rule: 'words', evidence: [{ start: 0, end: 4, text: 'What' }] }],
        },
      });
      expect(JSON.stringify(one)).not.toContain('our-words');
      expect(JSON.stringify(one)).not.toContain('For moderators only.');
    });

    it('tells a hold by reports and a decision on them from whose they are', async () => {
      const [reader, reporter] = [await app.guest('Held'), await app.guest('Reporting Rita')];
      const comment = await app.post(reader, thread, 'Reported words');
      expect((await report(reporter, comment)).status).toBe(201);
      expect(await newest(reader)).toMatchObject({
        ...{ restriction: 'held', state: 'in-force', facts: { source: 'reports' }, appealableUntil: null },
        automated: { detection: false, decision: 'fully' },
      });
      await app.expect(200, `/comments/${comment.id}`, {
        method: 'PATCH',
        token: reader.token,
        body: { body: 'Mended' },
      });
      expect((await newest(reader))?.state).toBe('in-force');
      await app.decide(app.owner, 'reject', [{ id: comment.id, revision: 2 }], { reason: 'hate' });
      const { items } = await said(reader);
      expect(items.map(({ restriction, state }) => [restriction, state])).toEqual([
        ['removed', 'in-force'],
        ['held', 'replaced'],
      ]);
      expect(items[0]).toMatchObject({ facts: { source: 'reports' }, comment: { revision: 2, body: 'Mended' } });
      expect(JSON.stringify(items)).not.toMatch(new RegExp(`${reporter.id}|Rita`));
    });

    it('says that a notice led there, and not whose', async () => {
      const reader = await app.guest('Noticed');
      const comment = await app.post(reader, thread, 'Against some law');
      await app.expect(201, '/sites/demo/notices', {
        method: 'POST',
        body: {
          ...{ commentId: comment.id, law: 'Section 185', explanation: 'An insult', goodFaith: true },
          contact: { name: 'Nora Notifier', email: 'nora@example.org' },
        },
      });
      await app.decide(app.owner, 'reject', [comment], { reason: 'illegal' });
      const one = await newest(reader);
      expect(one).toMatchObject({ facts: { source: 'notice' }, reason: { ground: { kind: 'illegal' } } });
      expect(JSON.stringify(one)).not.toMatch(/Nora|nora@/);
    });

    it('keeps what was reversed or replaced, and says so', async () => {
      const reader = await app.guest('Up and down');
      const comment = await app.post(reader, thread, 'Now down, now up');
      const judged = [{ id: comment.id, revision: 1 }];
      await app.decide(app.owner, 'reject', judged, { reason: 'other' });
      await app.decide(app.owner, 'spam', judged, { reason: 'spam' });
      await app.decide(app.owner, 'restore', judged);
      const states = async () =>
        (await said(reader)).items.map(({ state, appealableUntil }) => [state, appealableUntil]);
      expect(await states()).toEqual([
        ['reversed', null],
        ['replaced', null],
      ]);
    });

    it('takes back what is undone, and what an undo brings back', async () => {
      await app.settings({ undoSeconds: 600 });
      const reader = await app.guest('Undone');
      const comment = await app.post(reader, thread, 'A slip of the finger');
      const judged = [{ id: comment.id, revision: 1 }];
      const { batchId } = await app.decide(app.owner, 'reject', judged, { reason: 'other' });
      const undo = (batch: string) =>
        app.expect(200, `/moderation/decisions/${batch}/undo`, { method: 'POST', token: app.owner.token });
      await undo(batchId);
      expect(await newest(reader)).toMatchObject({ state: 'withdrawn', appealableUntil: null });
      await app.decide(app.owner, 'reject', judged, { reason: 'other' });
      await undo((await app.decide(app.owner, 'restore', judged)).batchId);
      expect((await said(reader)).items.map(({ state }) => state)).toEqual(['in-force', 'withdrawn']);
      await app.settings({ undoSeconds: 0 });
    });

    it('knows what stands where a person decided before the rule’s rejection was written down, and undid that', async () => {
      await app.settings({ undoSeconds: 600 });
      const reader = await app.guest('Quickly');
      const batchId = await app.withoutRelay(async () => {
        const posted = await app.post(reader, thread, 'Rejected, restored, and rejected');
        await judgedByRule(posted.id, 'words');
        return (await app.decide(app.owner, 'restore', [{ id: posted.id, revision: 1 }])).batchId;
      });
      await app.settled();
      expect((await newest(reader))?.state).toBe('reversed');
      await app.expect(200, `/moderation/decisions/${batchId}/undo`, { method: 'POST', token: app.owner.token });
      await app.settled();
      const { items } = await said(reader);
      expect(items.map(({ state }) => state)).toEqual(['in-force']);
      const appeal = await app.call(`/me/decisions/${items[0]?.id}/appeal`, {
        ...{ method: 'POST', token: reader.token, body: { text: 'Nobody was insulted.' } },
      });
      expect(appeal).toMatchObject({ status: 201, body: { state: 'open' } });
      await app.settled();
      expect((await newest(reader))?.appeal?.state).toBe('open');
      await app.settings({ undoSeconds: 0 });
    });

    it('has sanctions too, warnings among them, and who is banned still reads them', async () => {
      const reader = await app.guest('Sanctioned');
      const until = new Date(Date.now() + 86_400_000).toISOString();
      await sanction(reader, { kind: 'warn', explanation: 'Once more, and you are out.' });
      await sanction(reader, { kind: 'premoderate' });
      const { sanction: suspended } = await sanction(reader, { kind: 'suspend', until });
      await sanction(reader, { kind: 'ban', reason: 'hate' });
      await app.expect(200, `/moderation/sanctions/${suspended.id}`, {
        method: 'DELETE',
        token: app.owner.token,
        body: { reason: 'mistake' },
      });
      const { items } = await said(reader);
      expect(items.map(({ restriction, state, reason }) => [restriction, state, reason.code])).toEqual([
        ['banned', 'in-force', 'hate'],
        ['suspended', 'reversed', 'abuse'],
        ['premoderated', 'in-force', 'abuse'],
        ['warned', 'in-force', 'abuse'],
      ]);
      expect(items[1]).toMatchObject({ until, comment: null, where: { thread: null }, appealableUntil: null });
      expect(items[3]).toMatchObject({ facts: { explanation: 'Once more, and you are out.' } });
      expect(items[0]?.appealableUntil).not.toBeNull();
    });

    it('is walked by its cursor without a gap or a double, newest first', async () => {
      const reader = await app.guest('Prolific');
      for (let n = 0; n < 7; n++) {
        const comment = await app.post(reader, thread, `Number ${n}`);
        await app.decide(app.owner, 'reject', [comment], { reason: 'off-topic' });
      }
      const bodies: (string | null | undefined)[] = [];
      let cursor: string | null = '';
      do {
        const page: SaidList = await said(reader, { limit: 3, ...(cursor ? { cursor } : {}) });
        bodies.push(...page.items.map(({ comment }) => comment?.body));
        cursor = page.nextCursor;
      } while (cursor);
      expect(bodies).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `Number ${n}`));
      const elsewhere = await app.call('/me/decisions?cursor=abc', { token: reader.token });
      expect(elsewhere.body).toMatchObject({ code: 'malformed-cursor' });
    });

    it('is the reader’s own', async () => {
      const [mine, other] = [await app.guest('Mine'), await app.guest('Other')];
      await app.decide(app.owner, 'reject', [await app.post(mine, thread, 'Of mine')], { reason: 'other' });
      expect((await said(other)).items).toEqual([]);
      expect((await said(mine)).items).toHaveLength(1);
    });

    it.each([
      ['de-AT,de;q=0.9,en;q=0.8', 'de', 'wurde entfernt', 'Beleidigung oder Belästigung'],
      ['pl, fr;q=0.5, en;q=0.1', 'fr', 'a été retiré', 'Insulte ou harcèlement'],
      ['es', 'es', 'ha sido retirado', 'Insulto o acoso'],
      ['pl', 'en', 'was taken down', 'Insult or harassment'],
      ['de;q=0, *', 'en', 'was taken down', 'Insult or harassment'],
    ])('speaks for %j the language %j', async (accepted, language, words, label) => {
      const reader = await app.guest('Polyglot');
      await app.decide(app.owner, 'reject', [await app.post(reader, thread, 'Fools')], { reason: 'abuse' });
      const one = await newest(reader, accepted);
      expect(one).toMatchObject({ language, reason: { label } });
      expect(one?.words['what']).toContain(words);
      for (const sentence of Object.values(one?.words ?? {})) expect(sentence).toMatch(/\S.*\.$/);
    });

    it('still says what was deleted by its author; and nothing but a skeleton of what was erased', async () => {
      const reader = await app.guest('Leaving');
      const comment = await app.post(reader, thread, 'To be forgotten');
      await app.decide(app.owner, 'reject', [comment], { reason: 'abuse', explanation: 'Too personal' });
      await app.expect(204, `/comments/${comment.id}`, { method: 'DELETE', token: reader.token });
      const before = await newest(reader);
      expect(before).toMatchObject({ state: 'in-force', comment: { body: 'To be forgotten' } });
      await app.pool.query(`UPDATE log_texts SET text = '', salt = NULL WHERE owner_id = $1`, [before?.id]);
      await app.pool.query(
        `UPDATE comment_revisions SET body = '', html = '', screening = '[]' WHERE comment_id = $1`,
        [comment.id],
      );
      expect(await newest(reader)).toEqual({
        ...before,
        comment: { ...before?.comment, body: null },
        facts: { ...before?.facts, explanation: null },
      });
    });
  });

  describe('a rule of the site that rejects', () => {
    const find = async (reader: Person) => {
      const one = await newest(reader);
      if (!one) throw new Error('no statement yet');
      return one;
    };
    const appeal = (reader: Person, id: string) =>
      app.call<{ id: string }>(`/me/decisions/${id}/appeal`, {
        method: 'POST',
        token: reader.token,
        body: { text: 'It is a surname.' },
      });

    beforeAll(async () => {
      const rule = { site: 'demo', id: 'our-own', kind: 'words', action: 'reject', params: { words: ['scum'] } };
      await app.expect(201, '/moderation/rules', { method: 'POST', token: app.owner.token, body: rule });
    });
    afterAll(() =>
      app.expect(204, '/moderation/rules/our-own?site=demo&version=1', { method: 'DELETE', token: app.owner.token }),
    );

    it('is explained, and can be appealed and overturned by a person', async () => {
      const reader = await app.guest('Surnamed');
      const comment = await app.post(reader, thread, 'Written by Mr Scum');
      expect(comment.status).toBe('rejected');
      await app.settled();
      const one = await find(reader);
      expect(one).toMatchObject({
        ...{ restriction: 'refused', state: 'in-force', automated: { detection: true, decision: 'fully' } },
        comment: { id: comment.id, body: 'Written by Mr Scum' },
        facts: { source: 'own-initiative', findings: [{ rule: 'words', evidence: [{ text: 'Scum' }] }] },
      });
      expect(JSON.stringify(one)).not.toContain('our-own');
      const { status, body } = await appeal(reader, one.id);
      expect(status).toBe(201);
      expect(await find(reader)).toMatchObject({ appealableUntil: null, appeal: { id: body.id, state: 'open' } });
      await app.expect(200, `/moderation/appeals/${body.id}/outcome`, {
        method: 'POST',
        token: app.owner.token,
        body: { outcome: 'overturned', explanation: 'So it is.' },
      });
      expect(await find(reader)).toMatchObject({ state: 'reversed', appeal: { state: 'overturned' } });
      await app.settled();
      expect((await app.list(thread)).items.some(({ id }) => id === comment.id)).toBe(true);
    });

    it('is explained where an edit takes down what a person had approved; a hold is nothing to explain', async () => {
      const reader = await app.guest('Edited');
      const comment = await app.post(reader, thread, 'Quite civil');
      await app.decide(app.owner, 'approve', [comment]);
      const edit = (body: string) =>
        app.expect<Comment>(200, `/comments/${comment.id}`, { method: 'PATCH', token: reader.token, body: { body } });
      const links = [1, 2, 3, 4].map((n) => `https://example.org/${n}`).join(' ');
      expect((await edit(links)).status).toBe('pending');
      await app.settled();
      expect((await said(reader)).items).toEqual([]);
      expect((await edit('Scum, all of you')).status).toBe('rejected');
      await app.settled();
      expect((await said(reader)).items).toMatchObject([{ restriction: 'refused', comment: { revision: 3 } }]);
    });

    it('rejects many at once, and each has one statement', async () => {
      const readers = await Promise.all([1, 2, 3, 4, 5].map((n) => app.guest(`Many ${n}`)));
      await Promise.all(
        readers.flatMap((reader) => [1, 2, 3, 4].map((n) => app.post(reader, thread, `You scum, ${reader.name} ${n}`))),
      );
      await app.settled();
      for (const reader of readers) {
        const bodies = (await said(reader)).items.map(({ comment }) => comment?.body).sort();
        expect(bodies).toEqual([1, 2, 3, 4].map((n) => `You scum, ${reader.name} ${n}`));
      }
    });
  });

  describe('reasons of a site', () => {
    const house = {
      code: 'house-rule',
      label: 'House rule 7',
      explanation: 'No limericks.',
      ground: { kind: 'incompatible', reference: 'House rules, 7', url: 'https://news.example/rules#7' },
      category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
    };
    const reject = (comment: Comment, reason: string) =>
      app.call<{ code: string; errors: { pointer: string }[] }>('/moderation/decisions', {
        method: 'POST',
        token: app.owner.token,
        body: { items: [{ commentId: comment.id, revision: 1 }], action: 'reject', reason },
      });

    it('are what it has set, are what decisions may name, and stand in the statement', async () => {
      const reader = await app.guest('Limerick');
      const comment = await app.post(reader, thread, 'There was an old man');
      expect((await reject(comment, 'house-rule')).body).toMatchObject({
        code: 'validation',
        errors: [{ pointer: '/reason' }],
      });
      await app.settings({ decisionReasons: [house], territorialScope: ['DE', 'AT'] });
      const list = await app.expect<{ items: object[] }>(200, '/moderation/reasons?site=demo', {
        token: app.owner.token,
      });
      expect(list.items).toEqual([house]);
      expect((await reject(comment, 'abuse')).status).toBe(422);
      expect((await reject(comment, 'house-rule')).status).toBe(200);
      const one = await newest(reader, 'de');
      expect(one?.reason).toEqual(house);
      expect(one?.where.territorialScope).toEqual(['DE', 'AT']);
      expect(one?.words['scope']).toBe('Das gilt in: Deutschland und Österreich.');
    });

    it('stay with what was decided for one that is not there any more', async () => {
      const reader = await app.guest('Before');
      const comment = await app.post(reader, thread, 'There was an old man');
      expect((await reject(comment, 'house-rule')).status).toBe(200);
      await app.settings({ decisionReasons: [{ ...house, code: 'another' }] });
      expect((await newest(reader))?.reason.code).toBe('other');
    });

    it('are not for those without a role on the site', async () => {
      await app.site('elsewhere', { name: 'Elsewhere', origins: [] });
      const stranger = await app.staff('moderator', 'elsewhere');
      expect((await app.call('/moderation/reasons?site=demo', { token: stranger.token })).status).toBe(404);
      expect((await app.call('/moderation/reasons')).status).toBe(401);
    });
  });
});
