/** Its message is one line for the operator: what is wrong, where, and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError';
}

/** Another process holds the folder: a server that runs, or starts. */
export class DataDirInUseError extends EmbeddedPostgresError {
  override readonly name = 'DataDirInUseError';
}

/** A program that we ran ended with anything but 0. */
export class ProgramFailedError extends Error {
  constructor(
    file: string,
    reason: number | NodeJS.Signals | null,
    readonly stderr: string,
  ) {
    super(`${file} ended with ${reason ?? 'no code'}\n${stderr.trim()}`.trim());
  }
}

/** The code of a system or SQL error. No `instanceof`: under Jest, Node's errors are of another realm. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
