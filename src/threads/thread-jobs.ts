import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Statement } from '../platform/database/statement.js';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { Outbox } from '../platform/stream/outbox.js';
import { REPLAY_DAYS, REPLAY_EVENTS } from './thread-events.js';

const PRUNE_OLD = new Statement<never>(
  'jobs.pruneOldEvents',
  `DELETE FROM thread_events WHERE at < clock_timestamp() - interval '${REPLAY_DAYS} days'`,
);
const PRUNE_MANY = new Statement<never>(
  'jobs.pruneManyEvents',
  `DELETE FROM thread_events e USING thread_heads h
   WHERE h.seq > ${REPLAY_EVENTS} AND e.thread_id = h.thread_id AND e.seq <= h.seq - ${REPLAY_EVENTS}
     AND h.changed_at > clock_timestamp() - interval '2 days'`,
);
const PRUNE_KEYS = new Statement<never>(
  'jobs.prunePostKeys',
  `DELETE FROM post_keys WHERE created_at < clock_timestamp() - interval '24 hours'`,
);
const CLOSE_DUE = new Statement<{ id: string; siteId: string }>(
  'jobs.closeDue',
  `UPDATE threads SET state = 'closed' WHERE state = 'open' AND closes_at <= clock_timestamp()
   RETURNING id, site_id AS "siteId"`,
);
/** The threads' work that may wait. */
@Injectable()
export class ThreadJobs {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** Events that no replay reaches any more, and idempotency keys older than a day. */
  async prune(): Promise<void> {
    await PRUNE_OLD.run(this.unitOfWork.em, []);
    await PRUNE_MANY.run(this.unitOfWork.em, []);
    await PRUNE_KEYS.run(this.unitOfWork.em, []);
  }

  /** Threads whose closing time has come: posting is refused from that moment on, this tells the open pages. */
  async closeDue(): Promise<void> {
    await this.unitOfWork.run(async (em) => {
      const closed = await CLOSE_DUE.run(em, []);
      await this.audit.record(
        em,
        closed.map(({ id, siteId }) => ({
          siteId,
          actor: { kind: 'system', id: null },
          action: 'thread.changed',
          subjectKind: 'thread',
          subjectId: id,
          codes: { changed: ['state'], state: 'closed' },
        })),
      );
      await this.outbox.append(
        em,
        closed.map(({ id, siteId }) => ({ siteId, streamId: id, subjectId: id, topic: 'thread.changed' })),
      );
    });
    this.outbox.written();
  }
}
