import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const RANDOM_BYTES = 16;
const pool = Buffer.alloc(RANDOM_BYTES * 256);
let used = pool.length;

/** A UUIDv7 (RFC 9562). Its random bytes come from a pool, so that not each id asks the system for its own. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + RANDOM_BYTES);
  used += RANDOM_BYTES;
  return v7({ random });
}

/** The least UUIDv7 that is made at a moment: ids of before it are smaller. */
export function idOfInstant(at: Date): string {
  return v7({ msecs: at.getTime(), seq: 0, random: new Uint8Array(RANDOM_BYTES) });
}
