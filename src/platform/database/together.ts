import { sqlState } from './sql-state.js';

/** Said of every statement behind one that failed. */
const IN_FAILED_TRANSACTION = '25P02';

/**
 * Statements of one transaction that travel together. Fails with what failed first, but only when all have ended: a
 * rollback must not overtake a statement that one of them sends next.
 */
export async function together<T extends readonly unknown[]>(
  running: T,
): Promise<{ -readonly [Place in keyof T]: Awaited<T[Place]> }> {
  let first: { error: unknown } | undefined;
  await Promise.all(
    running.map((one) =>
      Promise.resolve(one).catch((error: unknown) => {
        // Calls nest: a consequence may arrive before its cause, which a retry has to see.
        if (!first || sqlState(first.error) === IN_FAILED_TRANSACTION) first = { error };
      }),
    ),
  );
  if (first) throw first.error;
  return Promise.all(running);
}
