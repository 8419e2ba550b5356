import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { standingStore, type LockedReader } from './standing.store.js';
import type { SanctionInForce } from './standing.js';

export type { LockedReader } from './standing.store.js';

/** What is in force of a reader. Moderation decides it, in its own transaction. */
@Injectable()
export class ReaderStandings {
  /**
   * In the order of their ids; those that do not exist are missing. Whoever changes a standing holds this lock before
   * looking at what is in force: of two sanctions at once, the second one sees the first.
   */
  lock(em: EntityManager, ids: readonly string[]): Promise<LockedReader[]> {
    return standingStore.lock(em, ids);
  }

  /** @param sanctions in force, strictest first */
  set(em: EntityManager, readerId: string, sanctions: readonly SanctionInForce[]): Promise<void> {
    return standingStore.set(em, readerId, sanctions);
  }

  /** In force of whoever has this session; none where it has ended. */
  ofSession(em: EntityManager, sessionId: string): Promise<SanctionInForce[]> {
    return standingStore.ofSession(em, sessionId);
  }
}
