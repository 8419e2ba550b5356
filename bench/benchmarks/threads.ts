import { SITE, type Environment } from '../environment/environment.js';
import { seedThread, settleDatabase } from '../environment/seed.js';

export const THREAD_SIZES = [1_000, 100_000, 1_000_000] as const;
export type ThreadSize = (typeof THREAD_SIZES)[number];

const seeded = new WeakMap<Environment, Set<ThreadSize>>();

/** The threads of these sizes, made when first asked for. */
export async function seededThreads(env: Environment, sizes: readonly ThreadSize[] = THREAD_SIZES): Promise<void> {
  const there = seeded.get(env) ?? new Set();
  seeded.set(env, there);
  const missing = sizes.filter((size) => !there.has(size));
  for (const size of missing) {
    const threadId = await env.api.thread(SITE, threadKey(size));
    await env.untilFolded();
    await seedThread(env.cluster.postil, { siteId: env.siteId, threadId, count: size });
    there.add(size);
  }
  if (missing.length > 0) await settleDatabase(env.cluster.postil);
}

export function pagePath(size: ThreadSize): string {
  return `/api/v1/sites/${SITE}/threads/${threadKey(size)}/comments?limit=50`;
}

function threadKey(size: ThreadSize): string {
  return `seeded-${size}`;
}
