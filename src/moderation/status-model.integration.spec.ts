import fc from 'fast-check';
import { startApp, type App, type Person } from '../../test/support/app.js';
import { ActorResolver, type Actor } from '../identity/index.js';
import { Decide } from './decide.js';
import { queuesOf } from './queues.js';
import { COUNTING_WEIGHT, weightOf } from './reports/weight.js';
import { UndoDecisions } from './undo.js';

type Status = 'pending' | 'published' | 'rejected' | 'spam' | 'deleted';
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
  /** null: a rule's, which nobody can undo. */
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
const REPORTERS = 4;

const command = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      action: fc.constantFrom('approve', 'reject', 'spam', 'restore'),
      stale: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
      status: fc.option(fc.constantFrom<Status>('pending', 'published', 'rejected', 'spam')),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit' as const), text: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('report' as const), who: fc.nat(REPORTERS - 1) }),
  },
);

/** Status × action as the product does it, against a model of a few lines. */
describe('what becomes of a comment', () => {
  let app: App;
  let author: Person;
  let thread: string;
  let staff: Actor;

  beforeAll(async () => {
    app = await startApp({
      settings: { moderationMode: 'post', maxLinks: 1, undoSeconds: 3_600, reportThreshold: THRESHOLD },
    });
    author = await app.guest();
    thread = await app.thread();
    staff = await app.node.app.get(ActorResolver).resolve(app.owner.token);
  });

  afterAll(() => app.stop());

  it('is what the model says, whatever is done in whatever order', async () => {
    const [decide, undo] = [app.node.app.get(Decide), app.node.app.get(UndoDecisions)];
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.array(command, { minLength: 4, maxLength: 14 }), async (first, commands) => {
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
        for (const one of commands) {
          if (one.kind === 'decide') {
            const item = {
              commentId: id,
              revision: one.stale ? is.revision + 1 : is.revision,
              ...(one.status === null ? {} : { status: one.status }),
            };
            const to =
              one.stale || (one.status !== null && one.status !== is.status)
                ? undefined
                : LEADS[one.action]?.[is.status];
            const expected =
              to === undefined ? 'conflict' : to === is.status && is.by === 'human' ? 'unchanged' : 'applied';
            const input = { items: [item], action: one.action as 'approve', idempotencyKey: null };
            const { batchId, results } = await decide.run(staff, input);
            expect(results.map((result) => result.outcome)).toEqual([expected]);
            if (expected === 'applied' && to) {
              const after: Judged = { ...is, status: to, by: 'human', decision: decisions.length };
              const verdict = to === 'published' ? 'disagreed' : 'agreed';
              for (const report of open()) Object.assign(report, { state: verdict, decision: decisions.length });
              decisions.push({ batchId, before: is, after, undone: false });
              is = after;
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
              const settled = reports.filter((report) => report.decision === decisions.indexOf(decision));
              for (const report of settled) Object.assign(report, { state: 'open', decision: null });
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
              decisions.push({ batchId: null, before: is, after, undone: false });
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
            expect(status).toBe(is.status === 'deleted' ? 404 : editable ? 200 : 409);
            if (editable && body !== text) {
              text = body;
              const held = is.status === 'pending' && is.by === 'rule';
              is = {
                status: held || body === HELD ? 'pending' : 'published',
                by: held ? 'rule' : 'none',
                revision: is.revision + 1,
                decision: null,
              };
            }
          } else {
            const { status } = await app.call(`/comments/${id}`, { method: 'DELETE', token: author.token });
            expect(status).toBe(is.status === 'deleted' ? 404 : 204);
            is = { ...is, status: 'deleted' };
            for (const report of open()) Object.assign(report, { state: 'ignored' });
          }
        }
        await app.settled();
        const { rows } = await app.pool.query(
          `SELECT c.status, c.decided_by AS by, c.revision, c.decision_id IS NOT NULL AS decided,
                  array(SELECT queue FROM queue_items q WHERE q.comment_id = c.id ORDER BY queue) AS queues,
                  array(SELECT state FROM reports r WHERE r.comment_id = c.id ORDER BY state) AS reports,
                  (SELECT published FROM listed_comments l WHERE l.comment_id = c.id) AS listed
           FROM comments c WHERE c.id = $1`,
          [id],
        );
        const { status, by, revision, decision } = is;
        const listed = status === 'published' ? true : null;
        expect(rows[0]).toEqual({
          ...{ status, by, revision, listed, decided: decision !== null },
          queues: queuesOf(status, by, { reports: open().length, notices: 0, advertises: text === HELD }).sort(),
          reports: reports.map((report) => report.state).sort(),
        });
      }),
      { numRuns: Number(process.env['STATUS_RUNS'] ?? 60) },
    );
  });
});
