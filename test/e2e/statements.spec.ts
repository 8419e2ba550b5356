import type { Comment } from '../../web/shared/api-types.js';
import { startApp, type App, type Person } from '../support/app.js';

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
});
