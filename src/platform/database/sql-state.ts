import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

interface DatabaseErrorShape {
  code?: unknown;
  constraint?: unknown;
  driverError?: DatabaseErrorShape;
}

/** PostgreSQL's SQLSTATE of an error, whether TypeORM has wrapped it or not. */
export function sqlState(error: unknown): string | undefined {
  const shape = (error as DatabaseErrorShape | undefined) ?? {};
  const code = shape.driverError?.code ?? shape.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** True where `error` is a unique violation of the named constraint or index. */
export function violates(error: unknown, constraint: string): boolean {
  const shape = (error as DatabaseErrorShape | undefined) ?? {};
  return sqlState(error) === '23505' && (shape.driverError?.constraint ?? shape.constraint) === constraint;
}

/** True where the database could not be reached or went away: not a fault of what was asked. */
export function isConnectionLoss(error: unknown): boolean {
  // TypeORM lets go of a connection that broke between two statements of a transaction; the next one finds it gone.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  const state = sqlState(error);
  if (state !== undefined) return state.startsWith('08') || state.startsWith('57P');
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT') return true;
  return (
    error instanceof Error &&
    /Connection terminated|not queryable|Client was closed|timeout exceeded/.test(error.message)
  );
}
