import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { decisionStore } from './decision.store.js';
import type { BatchAnswer } from './decision.view.js';
import { decisionInProgress, decisionKeyReused } from './moderation.errors.js';

/** A call that may be sent again, and what it asked for. */
export interface KeyedCall {
  staffId: string;
  key: string | null;
  digest: Buffer;
}

/** What the same call was answered before. Its key is held until the transaction ends. */
export async function priorAnswer(
  em: EntityManager,
  { staffId, key, digest }: KeyedCall,
): Promise<BatchAnswer | undefined> {
  if (key === null) return undefined;
  if (!(await decisionStore.takeKey(em, staffId, key))) throw decisionInProgress();
  const batch = await decisionStore.batchByKey(em, staffId, key);
  if (batch && !batch.requestDigest.equals(digest)) throw decisionKeyReused();
  return batch?.answer as BatchAnswer | undefined;
}

export function digestOfCall(input: object): Buffer {
  return createHash('sha256').update(JSON.stringify(input)).digest();
}
