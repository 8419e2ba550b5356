import { DomainError } from '../errors.js';

const FORM = /^[\x21-\x7e]{1,255}$/;

/** The header as it counts: 1 to 255 printable ASCII characters. @throws malformed-parameter */
export function idempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (!FORM.test(header)) {
    const detail = 'An Idempotency-Key has 1 to 255 printable ASCII characters.';
    throw new DomainError('malformed', 'malformed-parameter', detail, [{ pointer: 'Idempotency-Key', detail }]);
  }
  return header;
}
