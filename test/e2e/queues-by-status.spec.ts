import { queuesOf } from '../../src/moderation/queues.js';
import { STATUSES } from '../../src/threads/comment-status.js';
import { startApp, type App } from '../support/app.js';

/** The relay's SQL decides membership; `queuesOf` is the same rule in words. */
describe('the queue of a comment', () => {
  let app: App;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  it.each(STATUSES.flatMap((status) => (['none', 'rule', 'human'] as const).map((by) => [status, by] as const)))(
    'that is %s by %s is as the rule says',
    async (status, decidedBy) => {
      const comment = await app.post(await app.guest(), await app.thread(), 'A comment');
      await app.settled();
      await app.pool.query('UPDATE comments SET status = $2, decided_by = $3 WHERE id = $1', [
        comment.id,
        status,
        decidedBy,
      ]);
      await app.pool.query(
        `INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status)
         SELECT site_id, thread_id, id, 'comment.decided', 'pending', status FROM comments WHERE id = $1`,
        [comment.id],
      );
      await app.settled();
      const items = await app.pool.query<{ queue: string }>('SELECT queue FROM queue_items WHERE comment_id = $1', [
        comment.id,
      ]);
      expect(items.rows.map((row) => row.queue)).toEqual(queuesOf(status, decidedBy, { reports: 0, notices: 0 }));
    },
  );
});
