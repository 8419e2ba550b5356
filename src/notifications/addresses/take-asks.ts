import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { askStore, type AskKind, type AskRow } from './ask.store.js';

/** Looks into asks of one kind, in the transaction that takes them. */
export interface AskTaker {
  readonly kind: AskKind;
  take(em: EntityManager, ask: AskRow): Promise<void>;
}

const LEFT_AT_ONCE = 1_000;

/** Looks into what was asked for: the job behind the answer. */
@Injectable()
export class TakeAsks {
  private readonly logger = new Logger(TakeAsks.name);
  private readonly takers = new Map<AskKind, AskTaker>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  register(taker: AskTaker): void {
    this.takers.set(taker.kind, taker);
  }

  /** @param payload the ask's id; without one (by the clock), what was left by jobs that are lost */
  async run(payload: unknown, signal?: AbortSignal): Promise<void> {
    const id = (payload as { jobId?: unknown } | null)?.jobId;
    if (typeof id === 'string') return this.one(id);
    for (const left of await askStore.left(this.unitOfWork.em, LEFT_AT_ONCE)) {
      if (signal?.aborted) return;
      await this.one(left).catch((error: unknown) => this.logger.error({ err: error, askId: left }, 'an ask failed'));
    }
  }

  private async one(id: string): Promise<void> {
    await this.unitOfWork.run(async (em) => {
      const ask = await askStore.take(em, id);
      const taker = ask && this.takers.get(ask.kind);
      if (ask && taker) await taker.take(em, ask);
    });
  }
}
