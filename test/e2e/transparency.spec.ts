import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Comment } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';
import { recordStatements, rowsByIndex } from '../support/query-plans.js';

interface DsaStatement {
  puid: string;
  application_date: string;
  source_type: string;
  decision_visibility?: string[];
}
interface Report {
  sites: string[];
  from: string;
  to: string;
  counts: Record<string, Record<string, unknown>>;
  statements: DsaStatement[];
  nextCursor: string | null;
}
interface Page {
  items: DsaStatement[];
  nextCursor: string | null;
}

const PATH = '/moderation/transparency';
const SECRETS = ['Ada Lovelace', 'ada@example.org', 'Nora Notifier', 'nora@example.org', 'You are all fools', 'Rita'];
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync('docs/schemas/dsa-statement.schema.json', 'utf8')) as AnySchemaObject,
);

describe('the transparency report', () => {
  let app: App;
  let thread: string;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post', reportThreshold: 1, undoSeconds: 0 } });
    thread = await app.thread();
  });
  afterAll(() => app.stop());

  const read = (query: Record<string, string> = {}, by = app.owner) =>
    app.expect<Report>(200, PATH, { token: by.token, query: { site: 'demo', ...query } });
  const judged = ({ id }: Comment) => [{ id, revision: 1 }];
  const guest = () => app.guest('Ada Lovelace');
  const post = async (body = 'You are all fools') => app.post(await guest(), thread, body);
  const reject = (comment: Comment, reason: string, action = 'reject') =>
    app.decide(app.owner, action, judged(comment), { reason, explanation: 'Ada Lovelace, ada@example.org' });
  const notify = (comment: Comment) =>
    app.expect(201, '/sites/demo/notices', {
      method: 'POST',
      body: {
        ...{ commentId: comment.id, law: 'Section 185', explanation: 'An insult', goodFaith: true },
        contact: { name: 'Nora Notifier', email: 'nora@example.org' },
      },
    });
  const report = (by: Person, comment: Comment) =>
    app.expect(201, `/comments/${comment.id}/reports`, { method: 'POST', token: by.token, body: { reason: 'hate' } });
  const sanction = async (body: object): Promise<string> => {
    const { sanction: placed } = await app.expect<{ sanction: { id: string } }>(
      201,
      `/moderation/readers/${(await guest()).id}/sanctions`,
      { method: 'POST', token: app.owner.token, body: { reason: 'abuse', ...body } },
    );
    return placed.id;
  };
  /** Rejected by a rule as it came; answers once that is written down. */
  const rejectedByRule = async (): Promise<Comment> => {
    const comment = await app.withoutRelay(async () => {
      const posted = await post();
      const finding = {
        rule: 'ours',
        kind: 'domains',
        score: 1,
        action: 'reject',
        explanation: 'ada@example.org',
        evidence: [],
      };
      await app.pool.query(`UPDATE comments SET status = 'rejected', decided_by = 'rule' WHERE id = $1`, [posted.id]);
      await app.pool.query(`UPDATE comment_revisions SET screening = $2 WHERE comment_id = $1`, [
        posted.id,
        JSON.stringify([finding]),
      ]);
      await app.pool.query(`UPDATE outbox SET to_status = 'rejected' WHERE subject_id = $1`, [posted.id]);
      return posted;
    });
    await app.settled();
    return comment;
  };

  describe('of things that were done', () => {
    let ids: string[];

    beforeAll(async () => {
      const rita = await app.guest('Rita');
      // Two removals, one of them confirmed as spam: still one. One that was never shown, by a person.
      const removed = [await post(), await post()];
      await reject(removed[0]!, 'abuse');
      await reject(removed[1]!, 'hate');
      await reject(removed[1]!, 'spam', 'spam');
      // By a rule, twice; a person let one stand.
      const [standing, wrong] = [await rejectedByRule(), await rejectedByRule()];
      await app.decide(app.owner, 'restore', judged(wrong));
      // Reported, held, and taken down; reported, held, and let stand.
      const [bad, good] = [await post(), await post()];
      for (const comment of [bad, good]) await report(rita, comment);
      await reject(bad, 'hate');
      await app.decide(app.owner, 'approve', judged(good));
      // Three notices: removed, kept, open.
      const [illegal, legal, waiting] = [await post(), await post(), await post()];
      for (const comment of [illegal, legal, waiting]) await notify(comment);
      await reject(illegal, 'illegal');
      await app.decide(app.owner, 'approve', judged(legal));
      // Undone, and still to be undone: neither counts.
      await app.settings({ undoSeconds: 600 });
      const { batchId } = await reject(await post(), 'abuse');
      await app.expect(200, `/moderation/decisions/${batchId}/undo`, { method: 'POST', token: app.owner.token });
      await reject(await post(), 'abuse');
      await app.settings({ undoSeconds: 0 });
      // A warning is no restriction; one of the others was lifted.
      await sanction({ kind: 'warn' });
      await sanction({ kind: 'premoderate' });
      await sanction({ kind: 'suspend', until: new Date(Date.now() + 86_400_000).toISOString() });
      const banned = await sanction({ kind: 'ban', reason: 'hate' });
      await app.expect(200, `/moderation/sanctions/${banned}`, {
        method: 'DELETE',
        token: app.owner.token,
        body: { reason: 'mistake' },
      });
      ids = [removed[0]!, removed[1]!, standing, wrong, bad, good, illegal].map(({ id }) => id);
      await app.settled();
    });

    it('counts what a count by hand has', async () => {
      const { counts, sites } = await read();
      expect(sites).toEqual(['demo']);
      expect(counts['notices']).toEqual({
        received: 3,
        byCategory: { other: 3 },
        byOutcome: { kept: 1, open: 1, removed: 1 },
        byGround: { illegal: 1 },
        automated: 0,
        medianSeconds: expect.any(Number) as number,
      });
      const other = 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC';
      const speech = 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH';
      const violence = 'STATEMENT_CATEGORY_CYBER_VIOLENCE';
      expect(counts['restrictions']).toEqual({
        total: 11,
        byRestriction: { banned: 1, held: 2, premoderated: 1, refused: 2, removed: 4, suspended: 1 },
        byCategory: { [other]: 4, [speech]: 4, [violence]: 3 },
        byGround: { illegal: 1, incompatible: 10 },
        bySource: { notice: 1, 'own-initiative': 7, reports: 3 },
        byAutomation: { fully: 4, not: 7 },
        detectedAutomatically: 2,
      });
      expect(counts['ownInitiative']).toMatchObject({ total: 10, byGround: { incompatible: 10 } });
      expect(counts['automatedMeans']).toEqual({ decisions: 4, overturned: 2, errorRate: 0.5 });
      expect(counts['suspensions']).toEqual({ premoderated: 1, suspended: 1, banned: 1, lifted: 1 });
    });

    it('states each of them once, valid for the database of the EU, and nothing of anybody', async () => {
      const { statements, counts } = await read();
      expect(statements).toHaveLength(11);
      expect(counts['restrictions']?.['total']).toBe(11);
      expect(new Set(statements.map(({ puid }) => puid)).size).toBe(11);
      for (const statement of statements) expect([validate(statement), validate.errors]).toEqual([true, null]);
      const text = JSON.stringify(statements);
      for (const secret of [...SECRETS, ...ids, app.owner.id, thread]) expect(text).not.toContain(secret);
    });

    it('is walked by pages, and streamed as lines, alike', async () => {
      const { statements } = await read();
      const walked: DsaStatement[] = [];
      let cursor: string | null = '';
      do {
        const page: Page = await app.expect<Page>(200, `${PATH}/statements`, {
          token: app.owner.token,
          query: { site: 'demo', limit: '3', ...(cursor ? { cursor } : {}) },
        });
        walked.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      expect(walked).toEqual(statements);
      const lines = await fetch(`${app.address}/api/v1${PATH}/statements.ndjson?site=demo`, {
        headers: { authorization: `Bearer ${app.owner.token}` },
      });
      expect(lines.headers.get('content-type')).toBe('application/x-ndjson');
      const parsed = (await lines.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      expect(parsed).toEqual(statements);
    });

    it('counts appeals and what came of them', async () => {
      const moderator = await app.staff('moderator');
      const author = await guest();
      const comment = await app.post(author, thread, 'Fair enough');
      await reject(comment, 'abuse');
      const { items } = await app.expect<{ items: { id: string; appeal: object | null }[] }>(200, '/me/decisions', {
        token: author.token,
      });
      const appeal = await app.expect<{ id: string }>(201, `/me/decisions/${items[0]?.id}/appeal`, {
        method: 'POST',
        token: author.token,
        body: { text: 'I meant it well. Ada Lovelace' },
      });
      await app.expect(200, `/moderation/appeals/${appeal.id}/outcome`, {
        method: 'POST',
        token: moderator.token,
        body: { outcome: 'overturned', explanation: 'You did.' },
      });
      const { counts } = await read();
      expect(counts['complaints']).toEqual({
        received: 1,
        byAbout: { comment: 1 },
        byOutcome: { overturned: 1 },
        medianSeconds: expect.any(Number) as number,
      });
      const after = await app.expect<{ items: { state: string; appeal: { state: string } | null }[] }>(
        200,
        '/me/decisions',
        {
          token: author.token,
        },
      );
      expect(after.items).toMatchObject([{ state: 'reversed', appeal: { state: 'overturned' } }]);
    });

    it('is of the period, whose end is not in it', async () => {
      const { rows } = await app.pool.query<{ at: Date }>(
        `SELECT at FROM decisions WHERE action IN ('reject', 'spam', 'hold') ORDER BY at LIMIT 1`,
      );
      const first = rows[0]!.at;
      const next = new Date(first.getTime() + 1);
      const from = new Date(first.getTime() - 1_000).toISOString();
      expect((await read({ from, to: first.toISOString() })).statements).toEqual([]);
      expect((await read({ from, to: next.toISOString() })).statements).toHaveLength(1);
      const day = first.toISOString().slice(0, 10);
      const today = await read({ from: day, to: day });
      expect([today.from, Date.parse(today.to) - Date.parse(today.from)]).toEqual([`${day}T00:00:00.000Z`, 86_400_000]);
      expect((await read({ from: '2026-01-01', to: '2026-01-31' })).counts['restrictions']).toMatchObject({ total: 0 });
    });

    it.each([
      ['from=yesterday', '?from'],
      ['from=2026-02-30', '?from'],
      ['from=2026-01-02&to=2026-01-01', '?from'],
      ['from=2024-01-01&to=2026-01-01', '?from'],
      ['to=1999-01-01', '?to'],
      ['limit=5', '?limit'],
    ])('refuses %s', async (query, pointer) => {
      const { status, body } = await app.call<ProblemBody>(`${PATH}?site=demo&${query}`, { token: app.owner.token });
      expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
    });

    it('is for staff of the site, and of their sites alone', async () => {
      await app.site('elsewhere', { name: 'Elsewhere', origins: [] });
      const stranger = await app.staff('moderator', 'elsewhere');
      for (const path of [PATH, `${PATH}/statements`, `${PATH}/statements.ndjson`]) {
        expect((await app.call(path)).status).toBe(401);
        expect((await app.call(path, { token: (await guest()).token })).status).toBe(401);
        expect((await app.call(`${path}?site=demo`, { token: stranger.token })).status).toBe(404);
      }
      const own = await app.expect<Report>(200, PATH, { token: stranger.token });
      expect(own).toMatchObject({ sites: ['elsewhere'], statements: [], counts: { restrictions: { total: 0 } } });
      for (const role of ['admin', 'moderator'] as const) {
        expect((await read({}, await app.staff(role))).statements.length).toBeGreaterThan(10);
      }
      const all = await app.expect<Report>(200, PATH, { token: app.owner.token });
      expect(all.sites).toEqual(['demo', 'elsewhere']);
    });

    it('keeps all of it when words are erased', async () => {
      const before = await read();
      await app.pool.query(`UPDATE log_texts SET text = '', salt = NULL`);
      await app.pool.query(`UPDATE comment_revisions SET body = '', html = ''`);
      await app.pool.query(`UPDATE readers SET display_name = '', email = NULL`);
      const { counts, statements } = await read();
      expect([counts, statements]).toEqual([before.counts, before.statements]);
    });
  });

  describe('at many decisions', () => {
    const MANY = 60_000;
    const DAYS = 300;
    const TABLES = ['decisions', 'comments', 'comment_revisions', 'reports', 'notices', 'sanctions', 'appeals'];

    let old: Person;

    beforeAll(async () => {
      old = await guest();
      await app.pool.query(
        `WITH site AS (SELECT id FROM sites WHERE key = 'demo'), reader AS (SELECT id FROM readers WHERE id = $1), n AS (
           SELECT gen_random_uuid() AS id, gen_random_uuid() AS decision, clock_timestamp() - make_interval(days => 40 + n % ${DAYS}) AS at
           FROM generate_series(1, ${MANY}) n
         ), made AS (
           INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by, decision_id, created_at)
           SELECT n.id, site.id, gen_random_uuid(), n.id, 0, reader.id, 'rejected', 'human', n.decision, n.at FROM n, site, reader
         ), texts AS (
           INSERT INTO comment_revisions (comment_id, revision, site_id, body, html)
           SELECT n.id, 1, site.id, 'Old', '' FROM n, site
         )
         INSERT INTO decisions (id, site_id, thread_id, comment_id, reader_id, revision, action, from_status, from_decided_by,
                                to_status, decided_by, staff_id, reason, at)
         SELECT n.decision, site.id, gen_random_uuid(), n.id, reader.id, 1, 'reject', 'published', 'none', 'rejected', 'human',
                gen_random_uuid(), 'abuse', n.at
         FROM n, site, reader`,
        [old.id],
      );
      for (const table of TABLES) await app.pool.query(`VACUUM ANALYZE ${table}`);
    }, 60_000);

    /** The most rows that one index of a table gave, under both ways of planning. No table may be read whole. */
    const most = async (path: string, token: string, named: RegExp) => {
      const recorded = recordStatements();
      await app.expect(200, path, { token }).finally(() => recorded.stop());
      const statements = recorded.used.filter(({ name }) => named.test(name));
      expect(statements.length).toBeGreaterThan(0);
      let rows = 0;
      for (const statement of statements) {
        for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
          for (const table of TABLES) {
            const by = await rowsByIndex(app.pool, statement, mode, table);
            // These have a page or two.
            if (!['reports', 'notices', 'sanctions', 'appeals'].includes(table)) {
              expect([statement.name, mode, table, Object.keys(by)]).not.toContainEqual(
                expect.arrayContaining(['Seq Scan']),
              );
            }
            rows = Math.max(rows, ...Object.values(by));
          }
        }
      }
      return rows;
    };
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

    it('a page costs the page', async () => {
      const query = `site=demo&from=${day(390)}&limit=50`;
      expect(await most(`${PATH}/statements?${query}`, app.owner.token, /^(transparency|statements)\./)).toBeLessThan(
        500,
      );
    });

    it('figures of a day cost what that day has', async () => {
      const query = `site=demo&from=${day(100)}&to=${day(100)}`;
      const { counts } = await read({ from: day(100), to: day(100) });
      expect(counts['restrictions']?.['total']).toBe(MANY / DAYS);
      expect(await most(`${PATH}?${query}`, app.owner.token, /^(transparency|statements)\./)).toBeLessThan(500);
    });

    it('what was done to a reader is found by the reader', async () => {
      const reader = await guest();
      await reject(await app.post(reader, thread, 'One of few'), 'abuse');
      expect(await most('/me/decisions', reader.token, /^statements\./)).toBeLessThan(20);
      expect(await most('/me/decisions?limit=50', old.token, /^statements\./)).toBeLessThan(200);
    });
  });
});
