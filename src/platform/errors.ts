/** What went wrong, in words that know no HTTP. `platform/http` turns kinds into status codes. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'too-many'
  | 'not-built'
  | 'unavailable';

export interface FieldError {
  /** JSON pointer (RFC 6901) into the request's body, or `?name` for a parameter. */
  pointer: string;
  detail: string;
}

/** `code` is stable and listed in docs/errors.md. */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    detail: string,
    readonly errors?: readonly FieldError[],
    readonly extra?: Readonly<Record<string, unknown>>,
  ) {
    super(detail);
    this.name = 'DomainError';
  }
}

export function notFound(what: string): DomainError {
  return new DomainError('not-found', 'not-found', `There is no such ${what}, or it is not yours to see.`);
}

/** A single field that is wrong. */
export function invalidField(pointer: string, detail: string, code = 'validation'): DomainError {
  return new DomainError('invalid', code, detail, [{ pointer, detail }]);
}

export function notBuilt(what: string): DomainError {
  return new DomainError('not-built', 'not-built-yet', `${what} is not built yet.`);
}
