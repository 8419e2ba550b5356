import fc from 'fast-check';
import { startApp, type App, type Person } from '../../test/support/app.js';
import { subscribed } from '../../test/support/mailbox.js';
import { MailServer } from '../../test/support/mail-server.js';
import { press } from '../../test/support/mail-links.js';
import { AddressTokens } from './addresses/address-tokens.js';
import { SendingWork } from './mails/sending-work.js';
import { TellingWork } from './telling/telling-work.js';

interface Comment {
  id: string;
  author: number;
  parent: number | null;
  status: 'published' | 'rejected' | 'deleted';
  revision: number;
}
interface Subscription {
  id: string;
  person: number;
  kind: 'thread' | 'replies' | 'comment';
  comment: number | null;
  state: 'pending' | 'confirmed' | 'ended';
}

const READERS = 3;
/** The last one has an address and no session. */
const PEOPLE = 4;

const which = fc.nat(9);
const command = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('post' as const), who: fc.nat(READERS - 1), parent: fc.option(which) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('reject' as const, 'restore' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'edit' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('want' as const),
      who: fc.nat(PEOPLE - 1),
      kind: fc.constantFrom('thread' as const, 'replies' as const, 'comment' as const),
      which,
      confirmed: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('confirm' as const, 'end' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('tell' as const, 'send' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('crash-telling' as const, 'crash-sending' as const), which }),
  },
);

/** Whatever is posted, decided, edited, wanted and lost in between: each person’s mails against a model of a few lines. */
describe('each person’s mails', () => {
  let app: App;
  let server: MailServer;

  beforeAll(async () => {
    server = new MailServer();
    await server.start();
    const settings = { moderationMode: 'post', mailWindowSeconds: 0, undoSeconds: 0 };
    app = await startApp({ settings, config: { smtpUrl: server.url } });
  });
  afterAll(async () => {
    await app.stop();
    await server.stop();
  });

  const running = new AbortController();
  const tell = () => app.node.app.get(TellingWork).run(running.signal);
  const send = () => app.node.app.get(SendingWork).run(running.signal);

  /** The path of somebody's page of preferences, or of the one that ends a subscription. */
  const pageOf = async (email: string, subscriptionId?: string) => {
    const tokens = app.node.app.get(AddressTokens, { strict: false });
    const { rows } = await app.pool.query<{ id: string; tokenGeneration: number }>(
      'SELECT id, token_generation AS "tokenGeneration" FROM addresses WHERE email = $1',
      [email],
    );
    const [address] = rows;
    if (!address) throw new Error(`${email} is not stored`);
    const url =
      subscriptionId === undefined
        ? tokens.preferencesUrl(address)
        : tokens.unsubscribeUrl({ ...address, id: subscriptionId });
    return new URL(url).pathname;
  };

  it('are what the model says', async () => {
    let history = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 40 }), async (commands) => {
        history += 1;
        const thread = await app.thread();
        const readers = await Promise.all(['Ada', 'Grace', 'Edsger'].map((name) => app.guest(name)));
        const addressOf = (person: number) => `person-${person}-of-${history}@example.org`;
        const comments: Comment[] = [];
        const wanted: Subscription[] = [];
        /** What the relay has noted and nobody was told of yet. */
        const noted = new Set<number>();
        const everTold = new Set<number>();
        const told = new Set<string>();
        /** Of each person, what the next mail is made of. */
        let waiting = Array.from({ length: PEOPLE }, () => [] as { comment: number; line: string }[]);
        const mails = Array.from({ length: PEOPLE }, () => [] as string[][]);

        const wants = (person: number, comment: Comment, kinds: readonly string[]) =>
          wanted.some(
            (one) =>
              one.person === person &&
              one.state === 'confirmed' &&
              kinds.includes(one.kind) &&
              (one.kind === 'thread' ||
                (comment.parent !== null &&
                  (one.kind === 'comment'
                    ? one.comment === comment.parent
                    : comments[comment.parent]?.author === person))),
          );
        const note = (n: number, decided = false) => {
          const comment = comments[n];
          if (!comment || everTold.has(n)) return;
          if (
            comment.parent !== null ||
            decided ||
            wanted.some((one) => one.kind === 'thread' && one.state === 'confirmed')
          )
            noted.add(n);
        };
        const modelTells = () => {
          for (const n of noted) {
            const comment = comments[n];
            if (comment?.status !== 'published') continue;
            everTold.add(n);
            for (let person = 0; person < PEOPLE; person++) {
              if (person === comment.author || told.has(`${person} ${n}`)) continue;
              const parentStands = comment.parent !== null && comments[comment.parent]?.status !== 'deleted';
              const answer = parentStands && wants(person, comment, ['comment', 'replies']);
              if (!answer && !wants(person, comment, ['thread'])) continue;
              told.add(`${person} ${n}`);
              const name = readers[comment.author]?.name;
              const line = answer ? `${name} answered your comment` : `${name} commented`;
              waiting[person]?.push({ comment: n, line });
            }
          }
          noted.clear();
        };
        const modelSends = (lost: boolean) => {
          for (const [person, items] of waiting.entries()) {
            const left = items
              .filter(({ comment: n }) => comments[n]?.status === 'published')
              .filter(({ comment: n }) => wants(person, comments[n] as Comment, ['thread', 'comment', 'replies']))
              .sort((a, b) => a.comment - b.comment);
            if (left.length > 0 && !lost) {
              mails[person]?.push(left.map(({ comment: n, line }) => `${line}: c${n} v${comments[n]?.revision}`));
            }
          }
          waiting = waiting.map(() => []);
        };
        const author = (comment: Comment) => readers[comment.author] as Person;

        for (const one of commands) {
          if (one.do === 'post') {
            const parents = comments.flatMap(({ status }, n) => (status === 'published' ? [n] : []));
            const parent = one.parent === null ? null : (parents[one.parent % Math.max(1, parents.length)] ?? null);
            const n = comments.length;
            const where = parent === null ? {} : { parentId: comments[parent]?.id };
            const { id } = await app.post(readers[one.who] as Person, thread, `c${n} v1`, where);
            comments.push({ id, author: one.who, parent, status: 'published', revision: 1 });
            await app.settled();
            note(n);
          } else if (one.do === 'want') {
            const about = comments[one.which % Math.max(1, comments.length)];
            if (
              (one.kind === 'comment' && about?.status !== 'published') ||
              (one.kind === 'replies' && one.who >= READERS)
            )
              continue;
            const comment = one.kind === 'comment' ? comments.indexOf(about as Comment) : null;
            const same = wanted.find((w) => w.person === one.who && w.kind === one.kind && w.comment === comment);
            if (same) continue;
            const id = await subscribed(app, addressOf(one.who), thread, {
              kind: one.kind,
              ...(comment === null ? {} : { commentId: comments[comment]?.id }),
              ...(one.who < READERS ? { readerId: readers[one.who]?.id } : {}),
            });
            if (!one.confirmed) await app.pool.query(`UPDATE subscriptions SET state = 'pending' WHERE id = $1`, [id]);
            const state = one.confirmed ? 'confirmed' : 'pending';
            wanted.push({ id, person: one.who, kind: one.kind, comment, state });
          } else if (one.do === 'confirm' || one.do === 'end') {
            const from = one.do === 'confirm' ? 'pending' : 'confirmed';
            const some = wanted.filter(({ state }) => state === from);
            const subscription = some[one.which % Math.max(1, some.length)];
            if (!subscription) continue;
            const { person, id } = subscription;
            if (one.do === 'end' && one.which % 2 === 0) {
              // The link at the end of a mail: no more of this thread.
              for (const other of wanted) if (other.person === person) other.state = 'ended';
              await press(app, await pageOf(addressOf(person), id));
            } else {
              subscription.state = one.do === 'confirm' ? 'confirmed' : 'ended';
              const fields = { do: one.do === 'confirm' ? 'confirm' : 'stop', id };
              await press(app, await pageOf(addressOf(person)), fields);
            }
          } else if (one.do === 'tell') {
            await tell();
            modelTells();
          } else if (one.do === 'send') {
            await send();
            modelSends(false);
          } else if (one.do === 'crash-telling') {
            // What was told is told once more, from its beginning.
            const ids = [...noted].map((n) => comments[n]?.id);
            await tell();
            modelTells();
            await app.pool.query(
              'UPDATE notification_facts SET done_at = NULL, cursor = NULL WHERE subject_id = ANY($1::uuid[])',
              [ids],
            );
            await tell();
          } else if (one.do === 'crash-sending') {
            // A worker took all that was due, and died behind the hand-over: nobody knows what of it arrived.
            await app.pool.query(
              `UPDATE mails SET state = 'sending', bucket = NULL, attempts = attempts + 1,
                      next_at = clock_timestamp() - interval '1 second' WHERE state = 'queued'`,
            );
            await send();
            modelSends(true);
          } else {
            const status = one.do === 'restore' ? 'rejected' : 'published';
            const some = comments.filter((comment) => comment.status === status);
            const comment = some[one.which % Math.max(1, some.length)];
            if (!comment) continue;
            const { id, revision } = comment;
            if (one.do === 'reject') {
              await app.decide(app.owner, 'reject', [{ id, revision }], { reason: 'abuse' });
              comment.status = 'rejected';
            } else if (one.do === 'restore') {
              await app.decide(app.owner, 'restore', [{ id, revision }]);
              comment.status = 'published';
            } else if (one.do === 'remove') {
              await app.expect(204, `/comments/${id}`, { method: 'DELETE', token: author(comment).token });
              comment.status = 'deleted';
            } else {
              comment.revision += 1;
              const body = { body: `c${comments.indexOf(comment)} v${comment.revision}` };
              await app.expect(200, `/comments/${id}`, { method: 'PATCH', token: author(comment).token, body });
            }
            await app.settled();
            if (one.do === 'restore') note(comments.indexOf(comment), true);
          }
        }
        await tell();
        modelTells();
        await send();
        modelSends(false);
        const received = mails.map((_, person) =>
          server
            .all(addressOf(person))
            .map(({ text = '' }) =>
              [...text.matchAll(/^(.+):\n> (.+)$/gm)].map(([, line, excerpt]) => `${line}: ${excerpt}`),
            ),
        );
        expect(received).toEqual(mails);
      }),
      { numRuns: 30 },
    );
  }, 180_000);
});
