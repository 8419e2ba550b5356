import { DomainError, type ErrorKind, type FieldError } from '../errors.js';

/** RFC 9457. `type` is stable; `code` is its last part, for those who switch on it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  instance?: string;
  errors?: readonly FieldError[];
  [extension: string]: unknown;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  invalid: 422,
  'too-many': 429,
  'not-built': 501,
  unavailable: 503,
};

const TITLE: Record<number, string> = {
  400: 'Malformed request',
  401: 'Sign-in needed',
  403: 'Not permitted',
  404: 'Not found',
  409: 'Conflict with the present state',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Validation failed',
  429: 'Too many requests',
  500: 'Internal error',
  501: 'Not built yet',
  503: 'Unavailable for the moment',
};

export function problemType(code: string): string {
  return `urn:postil:problem:${code}`;
}

export function problem(status: number, code: string, detail?: string, rest: Record<string, unknown> = {}): Problem {
  return { type: problemType(code), title: TITLE[status] ?? 'Error', status, code, detail, ...rest };
}

export function problemOf(error: DomainError): Problem {
  return problem(STATUS[error.kind], error.code, error.message, {
    ...(error.errors ? { errors: error.errors } : {}),
    ...error.extra,
  });
}

export class ProblemCodes {
  /** Codes of what the framework itself refuses, by status. */
  static readonly byStatus: Readonly<Record<number, string>> = {
    400: 'malformed',
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not-found',
    408: 'request-timeout',
    413: 'too-large',
    414: 'address-too-long',
    415: 'unsupported-media-type',
    422: 'validation',
    429: 'too-many-requests',
    503: 'unavailable',
  };
}
