import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { SteadyWork } from '../../platform/jobs/steady-work.js';
import { Signals } from '../../platform/stream/signals.js';
import type { Fact } from './fact.js';
import { factStore } from './fact.store.js';
import { INBOX_SIGNAL } from './inbox-signal.js';
import { TellOfComment } from './tell-of-comment.js';
import { TellOfDecision } from './tell-of-decision.js';
import type { Telling } from './telling.js';

const LOOK_AGAIN_MS = 300;
/** Between the pages of one that many are told of: as long as the last one took, at most. Others wait for the database too. */
const MOST_REST_MS = 1_000;

/** Takes one fact after the other that is due and tells those who are to learn of it, a page in a transaction. */
@Injectable()
export class TellingWork implements SteadyWork {
  readonly name = 'telling';
  private readonly logger = new Logger('notifications');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signals: Signals,
    private readonly tellOfComment: TellOfComment,
    private readonly tellOfDecision: TellOfDecision,
  ) {}

  async run(signal: AbortSignal): Promise<number> {
    while (!signal.aborted) if (!(await this.next())) return LOOK_AGAIN_MS;
    return 0;
  }

  /** False: none is due. */
  private async next(): Promise<boolean> {
    const begun = performance.now();
    let taken: Fact | undefined;
    try {
      const telling = await this.unitOfWork.run(async (em) => {
        taken = await factStore.take(em);
        return taken && this.tell(em, taken);
      });
      if (telling?.end === 'page') await delay(Math.min(performance.now() - begun, MOST_REST_MS));
      if (telling) this.signals.send(telling.readerIds.map((data) => ({ kind: INBOX_SIGNAL, data })));
    } catch (error) {
      if (!taken) throw error;
      this.logger.error({ err: error, factId: taken.id, kind: taken.kind }, 'nobody could be told');
      await factStore.failed(this.unitOfWork.em, taken.id);
    }
    return taken !== undefined;
  }

  private async tell(em: EntityManager, fact: Fact): Promise<Telling> {
    const telling = await (fact.kind === 'published' ? this.tellOfComment : this.tellOfDecision).run(em, fact);
    if (telling.end === 'page') await factStore.advance(em, fact.id, telling.cursor);
    else if (telling.end === 'wait') await factStore.postpone(em, fact.id, telling.seconds);
    else if (telling.end === 'done') await factStore.finish(em, fact.id);
    else await factStore.forget(em, fact.id);
    return telling;
  }
}
