import fc from 'fast-check';
import { startApp, type App, type Person } from '../../test/support/app.js';
import { ActorResolver, type Actor } from '../identity/index.js';
import { Decide } from './decide.js';
import { UndoDecisions } from './undo.js';

type Status = 'pending' | 'published' | 'rejected' | 'spam' | 'deleted';
type By = 'none' | 'human';

/** What a comment should be. `decision` is the one that holds now; a decision remembers what it replaced. */
interface Judged {
  status: Status;
  by: By;
  revision: number;
  decision: number | null;
}
interface Decision {
  batchId: string;
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
const QUEUE = ({ status, by }: Judged) =>
  status === 'pending' ? 'pending' : status === 'published' && by !== 'human' ? 'unmoderated' : undefined;

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
);

/** Status × action as the product does it, against a model of a few lines. */
describe('what becomes of a comment', () => {
  let app: App;
  let author: Person;
  let thread: string;
  let staff: Actor;

  beforeAll(async () => {
    app = await startApp({ settings: { moderationMode: 'post', maxLinks: 1, undoSeconds: 3_600 } });
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
              decisions.push({ batchId, before: is, after, undone: false });
              is = after;
            }
          } else if (one.kind === 'undo') {
            const decision = decisions[one.which % Math.max(1, decisions.length)];
            if (!decision || decision.undone) continue;
            const holds =
              is.decision !== null && decisions[is.decision] === decision && is.revision === decision.after.revision;
            const possible = holds && is.status === decision.after.status;
            const { results } = await undo.run(staff, decision.batchId);
            expect(results.map((result) => result.outcome)).toEqual([possible ? 'applied' : 'conflict']);
            decision.undone = true;
            if (possible) is = { ...decision.before };
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
              is = {
                status: body === HELD ? 'pending' : 'published',
                by: 'none',
                revision: is.revision + 1,
                decision: null,
              };
            }
          } else {
            const { status } = await app.call(`/comments/${id}`, { method: 'DELETE', token: author.token });
            expect(status).toBe(is.status === 'deleted' ? 404 : 204);
            is = { ...is, status: 'deleted' };
          }
        }
        await app.settled();
        const { rows } = await app.pool.query(
          `SELECT c.status, c.decided_by AS by, c.revision, c.decision_id IS NOT NULL AS decided,
                  (SELECT queue FROM queue_items q WHERE q.comment_id = c.id) AS queue,
                  (SELECT published FROM listed_comments l WHERE l.comment_id = c.id) AS listed
           FROM comments c WHERE c.id = $1`,
          [id],
        );
        const { status, by, revision, decision } = is;
        const listed = status === 'published' ? true : null;
        expect(rows[0]).toEqual({ status, by, revision, decided: decision !== null, queue: QUEUE(is) ?? null, listed });
      }),
      { numRuns: Number(process.env['STATUS_RUNS'] ?? 60) },
    );
  });
});
