import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { isUuid } from '../../platform/http/cursor.js';
import { Outbox } from '../../platform/stream/outbox.js';
import type { StaffActor } from '../../identity/index.js';
import { CommentStates } from '../../threads/index.js';
import { Decide } from '../decide.js';
import { jobStore, type CommentPosition, type JobRow } from './job.store.js';
import { sanctionStore } from './sanction.store.js';

export const REJECT_PUBLISHED = 'moderation.reject-published';

const BATCH = 500;
const LOOK_AGAIN_MS = 20;

/**
 * Rejects all that a sanctioned reader has published, in the name of whoever ordered it: batches of decisions like any
 * others, so log, events and undo are those of decisions. A batch and how far it came are one transaction: after a
 * crash the next worker goes on behind the last batch. One pass: what staff brings back meanwhile stays.
 */
@Injectable()
export class RejectPublished {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decide: Decide,
    private readonly states: CommentStates,
    private readonly outbox: Outbox,
  ) {}

  /** The job that was ordered; without one (each minute) all that a worker left unfinished. */
  async run(payload: unknown, signal?: AbortSignal): Promise<void> {
    const { jobId } = (payload ?? {}) as { jobId?: unknown };
    const ids = isUuid(jobId) ? [jobId] : await jobStore.open(this.unitOfWork.em);
    for (const id of ids) await this.work(id, signal);
  }

  private async work(id: string, signal: AbortSignal | undefined): Promise<void> {
    while (!signal?.aborted) {
      const begun = performance.now();
      const step = await this.unitOfWork.run((em) => this.step(em, id), { keepPlans: true });
      if (step === 'over') return;
      if (step === 'rejected') this.outbox.written('soon');
      // As long as it took: readers and moderators write to the same tables.
      await delay(step === 'not-yet' ? LOOK_AGAIN_MS : performance.now() - begun);
    }
  }

  private async step(em: EntityManager, id: string): Promise<'over' | 'not-yet' | 'started' | 'rejected'> {
    const job = await jobStore.take(em, id);
    if (!job) return 'over';
    if (job.startedAt === null) return (await jobStore.start(em, id)) ? 'started' : 'not-yet';
    const next = await jobStore.next(em, job, BATCH);
    const last = next.at(-1);
    if (!last) {
      await jobStore.finish(em, id);
      return 'over';
    }
    const cursor = [last.threadId, last.createdAt.toISOString(), last.id] as const;
    await this.reject(
      em,
      job,
      next.map((comment) => comment.id),
      cursor,
    );
    return 'rejected';
  }

  private async reject(em: EntityManager, job: JobRow, ids: readonly string[], cursor: CommentPosition): Promise<void> {
    // Under their locks: what was edited a moment ago is judged as it is now.
    const comments = await this.states.lock(em, ids);
    const [sanction] = await sanctionStore.byIds(em, [job.sanctionId]);
    const items = comments
      .filter(({ status }) => status === 'published')
      .map(({ id, revision, status }) => ({ commentId: id, revision, status }));
    const { batchId, results } = await this.decide.within(em, inTheNameOf(job), {
      items,
      action: 'reject',
      ...(sanction ? { reason: sanction.reason, explanation: sanction.explanation } : {}),
    });
    const done = results.filter(({ outcome }) => outcome === 'applied').length;
    await jobStore.advance(em, job.id, { cursor, done, skipped: ids.length - done, batchId });
  }
}

/** What was ordered was permitted then; the person may have left since. */
function inTheNameOf({ staffId, siteId }: JobRow): StaffActor {
  return { kind: 'staff', staffId, sessionId: '', displayName: '', roles: new Map([[siteId, 'moderator']]) };
}
