import { Injectable } from '@nestjs/common';
import { Statement } from '../platform/database/statement.js';
import type { Folded, OutboxRow, Projection, RelayConnection } from '../platform/stream/projection.js';

const NOTICE_DECIDED = 'notice.decided';

/**
 * What is open about comments that are gone without anybody having decided on it: their author took them back, or a
 * rule rejected what an edit made of them. Nobody was right or wrong then.
 */
const CLOSE = new Statement<never>(
  'cases.close',
  `WITH reported AS (
     UPDATE reports r SET state = 'ignored', settled_at = clock_timestamp()
     FROM comments c
     WHERE c.id = ANY($1::uuid[]) AND c.status NOT IN ('pending', 'published') AND r.comment_id = c.id AND r.state = 'open'
   ), noticed AS (
     UPDATE notices n SET state = 'withdrawn', decided_at = clock_timestamp()
     FROM comments c
     WHERE c.id = ANY($1::uuid[]) AND c.status = 'deleted' AND n.comment_id = c.id AND n.state = 'open'
     RETURNING n.id, n.site_id, n.comment_id, n.state
   ), escalated AS (
     UPDATE escalations e SET state = 'withdrawn'
     FROM comments c
     WHERE c.id = ANY($1::uuid[]) AND c.status NOT IN ('pending', 'published') AND e.comment_id = c.id AND e.state = 'open'
   )
   INSERT INTO outbox (site_id, subject_id, topic, data)
   SELECT site_id, id, $2, jsonb_build_object('commentId', comment_id, 'outcome', state) FROM noticed`,
);

/** Before the queues': what it closes is in no queue. */
@Injectable()
export class CloseCasesProjection implements Projection {
  readonly name = 'cases';

  async fold(connection: RelayConnection, rows: readonly OutboxRow[]): Promise<Folded> {
    const ids = new Set(rows.filter(takesDown).map((row) => row.subjectId));
    const closing = ids.size > 0 ? CLOSE.on(connection, [[...ids], NOTICE_DECIDED]) : Promise.resolve([]);
    return { signals: closing.then(() => []) };
  }
}

/** Decisions have settled their cases themselves. */
function takesDown({ topic, toStatus }: OutboxRow): boolean {
  return topic === 'comment.deleted' || (topic === 'comment.edited' && toStatus === 'rejected');
}
