import fc from 'fast-check';
import { AppealModel } from '../../test/support/appeal-model.js';
import { startApp, type App, type Person } from '../../test/support/app.js';
import { ClaimModel } from '../../test/support/claim-model.js';
import { anything, disputes, REPORTERS, shifts, type Status } from '../../test/support/status-commands.js';
import { until } from '../../test/support/until.js';
import { ActorResolver, type Actor } from '../identity/index.js';
import { Decide } from './decide.js';
import { queuesOf } from './queues.js';
import { COUNTING_WEIGHT, weightOf } from './reports/weight.js';
import { UndoDecisions } from './undo.js';

type By = 'none' | 'rule' | 'human';

/** What a comment should be. `decision` is the one that holds now; a decision remembers what it replaced. */
interface Judged {
  status: Status;
  by: By;
  revision: number;
  decision: number | null;
}
/** One reader's, with the decision that settled it or for whose sake it was ignored. */
interface Report {
  who: number;
  revision: number;
  state: 'open' | 'agreed' | 'disagreed' | 'ignored';
  decision: number | null;
}

interface Decision {
  /** In the database. */
  id: string;
  /** null: a rule's, or an appeal's, which nobody can undo. */
  batchId: string | null;
  before: Judged;
  after: Judged;
  undone: boolean;
}

const TEXTS = ['Plain.', 'Also plain.', 'https://a.example https://b.example'];
const HELD = TEXTS[2];
const LEADS: Record<string, Partial<Record<Status, Status>>> = {
  approve: { pending: 'published', published: 'published' },
  reject: { pending: 'rejected', published: 'rejected', rejected: 'rejected', spam: 'rejected' },
  spam: { pending: 'spam', published: 'spam', rejected: 'spam', spam: 'spam' },
  restore: { rejected: 'published', spam: 'published' },
};
const THRESHOLD = 2;

/** Status × action as the product does it, against a model of a few lines. */
describe('what becomes of a comment', () => {
  let app: App;
  let thread: string;
  let staff: Actor;
  /** Decides on appeals, holds items, and decides on nothing else. */
  let second: Person;
  const crashes = { broken: 0, answered: 0 };

  beforeAll(async () => {
    app = await startApp({
      settings: { moderationMode: 'post', maxLinks: 1, undoSeconds: 3_600, reportThreshold: THRESHOLD },
    });
    second = await app.staff('moderator');
    thread = await app.thread();
    staff = await app.node.app.get(ActorResolver).resolve(app.owner.token);
  });

  afterAll(() => app.stop());

  it.each([
    ['whatever is done in whatever order', anything, 60],
    ['whoever appeals, and takes back or lifts what is appealed', disputes, 30],
    ['whoever holds it, and whatever breaks', shifts, 40],
  ])('is what the model says, %s', async (_what, sequences, numRuns) => {
    const [decide, undo] = [app.node.app.get(Decide), app.node.app.get(UndoDecisions)];
    await fc.assert(
      fc.asyncProperty(fc.nat(2), sequences, async (first, commands) => {
        // Each finds empty queues, whatever became of the one before.
        await app.pool.query('DELETE FROM queue_items');
        const author = await app.guest();
        const { id } = await app.post(author, thread, TEXTS[first] ?? '');
        let text = TEXTS[first];
        let is: Judged = { status: text === HELD ? 'pending' : 'published', by: 'none', revision: 1, decision: null };
        const decisions: Decision[] = [];
        const readers = await Promise.all(Array.from({ length: REPORTERS }, () => app.guest()));
        const reports: Report[] = [];
        const open = () => reports.filter((report) => report.state === 'open');
        const weight = (who: number) => {
          const said = (state: string) => reports.filter((one) => one.who === who && one.state === state).length;
          return weightOf({ agreed: said('agreed'), disagreed: said('disagreed') });
        };
        const weights = new Map<Report, number>();
        const appeals = new AppealModel(decisions);
        let ban: { id: string; lifted: boolean } | undefined;
        const nth = (which: number) => decisions.length - 1 - (which % Math.max(1, decisions.length));
        const made = async () => (await holdsNow(id)) ?? '';
        const queues = () =>
          queuesOf(is.status, is.by, { reports: open().length, notices: 0, advertises: text === HELD });
        const claims = new ClaimModel();
        const leads = (action: string, stale = false, seen: Status | null = null) => {
          const conflict = stale || claims.heldByAnother || (seen !== null && seen !== is.status);
          const to = conflict ? undefined : LEADS[action]?.[is.status];
          const outcome =
            to === undefined ? 'conflict' : to === is.status && is.by === 'human' ? 'unchanged' : 'applied';
          return { to, outcome };
        };
        const decidedOn = async (to: Status, batchId: string) => {
          const after: Judged = { ...is, status: to, by: 'human', decision: decisions.length };
          const verdict = to === 'published' ? 'disagreed' : 'agreed';
          for (const report of open()) Object.assign(report, { state: verdict, decision: decisions.length });
          decisions.push({ id: await made(), batchId, before: is, after, undone: false });
          is = after;
          claims.settle();
        };
        if (sequences === shifts) await app.settled();
        for (const one of commands) {
          if (one.kind === 'decide') {
            const item = {
              commentId: id,
              revision: one.stale ? is.revision + 1 : is.revision,
              ...(one.status === null ? {} : { status: one.status }),
            };
            const { to, outcome: expected } = leads(one.action, one.stale, one.status);
            const input = { items: [item], action: one.action as 'approve', idempotencyKey: null };
            const { batchId, results } = await decide.run(staff, input);
            expect(results.map((result) => result.outcome)).toEqual([expected]);
            if (expected === 'applied' && to) await decidedOn(to, batchId);
          } else if (one.kind === 'crash') {
            const { to, outcome } = leads(one.action);
            const before = await made();
            const item = { commentId: id, revision: is.revision };
            const deciding = decide.run(staff, {
              items: [item],
              action: one.action as 'approve',
              idempotencyKey: null,
            });
            const answered = deciding.then(
              ({ results }) => results[0]?.outcome,
              () => 'broken',
            );
            await new Promise((resolve) => setTimeout(resolve, one.afterMs));
            await endConnections(one.relayToo);
            const told = await answered;
            crashes[told === 'broken' ? 'broken' : 'answered'] += 1;
            await recovered();
            const done = (await made()) !== before;
            // All of it or nothing; and what was answered is so.
            expect(told === 'broken' ? outcome === 'applied' || !done : told === outcome).toBe(true);
            if (told === 'applied') expect(done).toBe(true);
            if (done && to) await decidedOn(to, await batchOf(await made()));
          } else if (one.kind === 'claim') {
            const person = one.by === 'me' ? app.owner : second;
            if (one.how === 'lapse') {
              await lapse(person);
              claims.end(one.by);
            } else if (one.how === 'release') {
              const itemId = await held(id, one.queue, person);
              expect(itemId !== undefined).toBe(claims.holds(one.by, one.queue));
              if (itemId === undefined) continue;
              await app.expect(204, `/moderation/claims/${itemId}`, { method: 'DELETE', token: person.token });
              claims.end(one.by, one.queue);
            } else {
              const taken = await app.expect<{ items: { comment: { id: string } }[] }>(200, '/moderation/claims', {
                ...{ method: 'POST', token: person.token, body: { queue: one.queue, limit: 1 } },
              });
              const expected = claims.take(one.by, one.queue, queues());
              expect(taken.items.map(({ comment }) => comment.id)).toEqual(expected ? [id] : []);
            }
          } else if (one.kind === 'undo') {
            const decision = decisions[one.which % Math.max(1, decisions.length)];
            if (!decision || decision.undone || decision.batchId === null) continue;
            const holds =
              is.decision !== null && decisions[is.decision] === decision && is.revision === decision.after.revision;
            const possible = holds && is.status === decision.after.status;
            const { results } = await undo.run(staff, decision.batchId);
            expect(results.map((result) => result.outcome)).toEqual([possible ? 'applied' : 'conflict']);
            decision.undone = true;
            if (possible) {
              is = { ...decision.before };
              claims.settle();
              const settled = reports.filter((report) => report.decision === decisions.indexOf(decision));
              for (const report of settled) {
                // Of one reader's, of the revision before and of this one, the newest alone.
                const newer = settled.some(({ who, revision }) => who === report.who && revision > report.revision);
                Object.assign(report, { state: newer ? 'ignored' : 'open', decision: null });
              }
            }
          } else if (one.kind === 'report') {
            const reader = readers[one.who] as Person;
            const { status } = await app.call(`/comments/${id}/reports`, {
              method: 'POST',
              token: reader.token,
              body: { reason: 'other' },
            });
            const prior = reports.some(
              ({ who, state, revision }) => who === one.who && (state === 'open' || revision === is.revision),
            );
            const published = is.status === 'published';
            expect(status).toBe(is.status === 'deleted' ? 404 : prior || published ? 201 : 409);
            if (prior || !published) continue;
            const judged = is.by === 'human';
            const report: Report = {
              who: one.who,
              revision: is.revision,
              state: judged ? 'ignored' : 'open',
              decision: judged ? is.decision : null,
            };
            weights.set(report, weight(one.who));
            reports.push(report);
            const counting = open().filter((each) => (weights.get(each) ?? 0) >= COUNTING_WEIGHT);
            if (!judged && counting.length >= THRESHOLD) {
              const after: Judged = { ...is, status: 'pending', by: 'rule', decision: decisions.length };
              decisions.push({ id: await made(), batchId: null, before: is, after, undone: false });
              is = after;
            }
          } else if (one.kind === 'edit') {
            const body = TEXTS[one.text];
            const editable = is.status === 'pending' || is.status === 'published';
            const { status } = await app.call(`/comments/${id}`, {
              method: 'PATCH',
              token: author.token,
              body: { body },
            });
            const banned = ban !== undefined && !ban.lifted;
            expect(status).toBe(is.status === 'deleted' ? 404 : banned ? 403 : editable ? 200 : 409);
            if (editable && !banned && body !== text) {
              text = body;
              const held = is.status === 'pending' && is.by === 'rule';
              is = {
                status: held || body === HELD ? 'pending' : 'published',
                by: held ? 'rule' : 'none',
                revision: is.revision + 1,
                decision: null,
              };
            }
          } else if (one.kind === 'appeal') {
            const of = one.ofSanction ? ban : nth(one.which);
            const target = typeof of === 'number' ? decisions[of]?.id : of?.id;
            if (of === undefined || target === undefined) continue;
            await app.settled();
            const answer = await app.call<{ id: string; code?: string; state?: string }>(
              `/me/decisions/${target}/appeal`,
              {
                method: 'POST',
                token: author.token,
                body: { text: 'Look again.' },
              },
            );
            const expected = appeals.expected(of, is.decision);
            expect(answer.body.code ?? answer.body.state).toBe(expected);
            if (expected === 'open') appeals.all.push({ id: answer.body.id, of, state: 'open' });
          } else if (one.kind === 'outcome') {
            const appeal = appeals.newest;
            if (!appeal) continue;
            const { status } = await app.call(`/moderation/appeals/${appeal.id}/outcome`, {
              method: 'POST',
              token: one.own ? app.owner.token : second.token,
              body: { outcome: one.outcome, explanation: 'Read again.' },
            });
            expect(status).toBe(appeal.state !== 'open' ? 409 : one.own ? 403 : 200);
            if (status !== 200) continue;
            appeal.state = one.outcome;
            if (one.outcome === 'upheld') continue;
            if (typeof appeal.of !== 'number') appeal.of.lifted = true;
            else if (is.status !== 'deleted') {
              const after: Judged = { ...is, status: 'published', by: 'human', decision: decisions.length };
              decisions.push({ id: await made(), batchId: null, before: is, after, undone: false });
              is = after;
            }
          } else if (one.kind === 'sanction') {
            if (ban && !ban.lifted) {
              await app.expect(200, `/moderation/sanctions/${ban.id}`, { method: 'DELETE', token: app.owner.token });
              ban.lifted = true;
            } else {
              const { sanction } = await app.expect<{ sanction: { id: string } }>(
                201,
                `/moderation/readers/${author.id}/sanctions`,
                { method: 'POST', token: app.owner.token, body: { kind: 'ban', reason: 'abuse' } },
              );
              ban = { id: sanction.id, lifted: false };
            }
          } else if (one.kind === 'expire') {
            const expiring = decisions[nth(one.which)];
            if (!expiring) continue;
            await age(expiring.id);
            appeals.expired.add(nth(one.which));
          } else {
            const { status } = await app.call(`/comments/${id}`, { method: 'DELETE', token: author.token });
            expect(status).toBe(is.status === 'deleted' ? 404 : 204);
            is = { ...is, status: 'deleted' };
            for (const report of open()) Object.assign(report, { state: 'ignored' });
          }
          appeals.follow(is.decision);
          if (claims.follow(queues()) || sequences === shifts) await app.settled();
        }
        await app.settled();
        const { rows } = await app.pool.query(
          `SELECT c.status, c.decided_by AS by, c.revision, c.decision_id IS NOT NULL AS decided,
                  array(SELECT queue FROM queue_items q WHERE q.comment_id = c.id ORDER BY queue) AS queues,
                  (SELECT count(*)::int FROM decisions d WHERE d.comment_id = c.id) -
                    (SELECT count(*)::int FROM log_entries e
                     WHERE e.subject_id = c.id AND e.codes ? 'decisionId' AND e.action NOT LIKE 'appeal.%') AS unlogged,
                  array(SELECT queue FROM queue_items q WHERE q.comment_id = c.id AND q.claimed_until > clock_timestamp()
                        ORDER BY queue) AS held,
                  array(SELECT state FROM reports r WHERE r.comment_id = c.id ORDER BY state) AS reports,
                  array(SELECT state FROM appeals a WHERE a.reader_id = c.reader_id ORDER BY at, id) AS appeals,
                  (SELECT count(*)::int FROM queue_items q JOIN appeals a ON a.id = q.appeal_id WHERE a.reader_id = c.reader_id) AS appealed,
                  (SELECT published FROM listed_comments l WHERE l.comment_id = c.id) AS listed
           FROM comments c WHERE c.id = $1`,
          [id],
        );
        const { status, by, revision, decision } = is;
        const listed = status === 'published' ? true : null;
        expect(rows[0]).toEqual({
          ...{ status, by, revision, listed, decided: decision !== null },
          queues: queues().sort(),
          unlogged: 0,
          held: claims.queues,
          reports: reports.map((report) => report.state).sort(),
          appeals: appeals.all.map((appeal) => appeal.state),
          appealed: appeals.all.filter((appeal) => appeal.state === 'open').length,
        });
      }),
      { numRuns: Number(process.env['STATUS_RUNS'] ?? numRuns) },
    );
    if (sequences === shifts) {
      expect(Math.min(crashes.broken, crashes.answered)).toBeGreaterThan(0);
      process.stdout.write(`Of decisions in a crash ${crashes.broken} broke, ${crashes.answered} were answered\n`);
    }
  });

  /** What nodes hold to the database ends in the middle of what they do. */
  async function endConnections(relayToo: boolean): Promise<void> {
    await app.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'suite'
         AND ($1 OR application_name <> 'postil-relay')`,
      [relayToo],
    );
  }

  /** Several requests in a row, so that none of the connections is one that ended. */
  function recovered(): Promise<void> {
    const asks = Array.from({ length: 12 }, () => '/moderation/queues?site=demo');
    return until(async () => {
      const answers = await Promise.all(asks.map((path) => app.call(path, { token: app.owner.token })));
      return answers.every(({ status }) => status === 200);
    }, 'the node to have connections again');
  }

  async function batchOf(decisionId: string): Promise<string> {
    const { rows } = await app.pool.query<{ id: string }>('SELECT batch_id AS id FROM decisions WHERE id = $1', [
      decisionId,
    ]);
    return rows[0]?.id ?? '';
  }

  function lapse({ id }: Person): Promise<unknown> {
    return app.pool.query('UPDATE queue_items SET claimed_until = clock_timestamp() WHERE claimed_by = $1', [id]);
  }

  async function held(commentId: string, queue: string, { id }: Person): Promise<string | undefined> {
    const { rows } = await app.pool.query<{ id: string }>(
      `SELECT id FROM queue_items WHERE comment_id = $1 AND queue = $2 AND claimed_by = $3
       AND claimed_until > clock_timestamp()`,
      [commentId, queue, id],
    );
    return rows[0]?.id;
  }

  async function holdsNow(commentId: string): Promise<string | undefined> {
    const { rows } = await app.pool.query<{ id: string }>('SELECT decision_id AS id FROM comments WHERE id = $1', [
      commentId,
    ]);
    return rows[0]?.id;
  }

  /** Makes a decision older than any appeal may be, without the trigger that keeps decisions as they are. */
  async function age(decisionId: string): Promise<void> {
    await app.pool.query(
      `DO $$ BEGIN
         ALTER TABLE decisions DISABLE TRIGGER append_only;
         UPDATE decisions SET at = at - interval '1 year' WHERE id = '${decisionId}';
         ALTER TABLE decisions ENABLE TRIGGER append_only;
       END $$`,
    );
  }
});
