import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { Outbox } from '../platform/stream/outbox.js';
import { auditActor, authorise, requireStaff, type Actor } from '../identity/index.js';
import { ReadThread } from './read-thread.js';
import { threadStore } from './thread.store.js';
import type { ThreadView } from './thread.view.js';

export interface SetThreadStateInput {
  threadId: string;
  state: 'open' | 'closed' | 'frozen';
}

/** Moderators close, freeze and open threads. What else a thread is stays the publisher's: `SaveThread`. */
@Injectable()
export class SetThreadState {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly readThread: ReadThread,
  ) {}

  async run(actor: Actor, { threadId, state }: SetThreadStateInput): Promise<ThreadView> {
    requireStaff(actor);
    await this.unitOfWork.run(async (em) => {
      const row = await threadStore.byId(em, threadId);
      if (!row) throw notFound('thread');
      const staff = authorise(actor, 'thread.set-state', row.siteId, 'thread');
      const held = await threadStore.lock(em, row.siteId, row.key);
      if (!held) throw notFound('thread');
      // Once opened, it would be closed again by a time that has passed.
      const overdue = state === 'open' && held.overdue;
      const after = { ...held, state, closesAt: overdue ? null : held.closesAt };
      if (held.state === state && !overdue) return;
      await threadStore.update(em, threadId, after);
      const changed = overdue ? ['state', 'closesAt'] : ['state'];
      const codes = { changed, state, moderationMode: held.moderationMode };
      const subject = { subjectKind: 'thread', subjectId: threadId };
      const entry = { siteId: row.siteId, actor: auditActor(staff), action: 'thread.changed', ...subject, codes };
      await this.audit.record(em, [entry]);
      const fact = { siteId: row.siteId, streamId: threadId, subjectId: threadId, topic: 'thread.changed' };
      await this.outbox.append(em, [fact]);
    });
    this.outbox.written();
    return (await this.readThread.run(threadId)).view;
  }
}
