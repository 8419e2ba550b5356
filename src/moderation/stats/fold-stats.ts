import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SOURCES, statStore, type Source } from './stat.store.js';

export const FOLD_STATS = 'moderation.fold-stats';

/** In one transaction; what an older version has left unfolded may be years. */
const SLICE_MS = 7 * 86_400_000;

/**
 * Adds what happened since the last time to the figures by day. How far it came is in the same transaction as what it
 * added, and under its lock: on however many nodes, and after a crash, everything is added once.
 */
@Injectable()
export class FoldStats {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(signal?: AbortSignal): Promise<void> {
    for (const source of SOURCES) {
      let more = true;
      while (more && !signal?.aborted) more = await this.unitOfWork.run((em) => this.step(em, source));
    }
  }

  /** Whether there is more. */
  private async step(em: EntityManager, source: Source): Promise<boolean> {
    const folded = await statStore.take(em, source);
    const horizon = await statStore.horizon(em, source);
    const oldest = folded === -Infinity ? await statStore.oldest(em, source) : undefined;
    const from = Math.max(folded, oldest ?? -Infinity);
    const until = from === -Infinity ? horizon : Math.min(horizon, from + SLICE_MS);
    if (until <= folded) return false;
    await statStore.fold(em, source, folded, until);
    return until < horizon;
  }
}
