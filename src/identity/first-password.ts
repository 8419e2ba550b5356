import type { Secrets } from '../platform/secrets.js';

/** Crockford's base 32: nothing that reads like something else. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/**
 * The first owner's password where the operator gave none: 100 bits from the secret key and the address. Derived, so that
 * it can be shown at every start without being stored.
 */
export function firstPassword(secrets: Secrets, email: string): string {
  const bytes = secrets.derive(`first-owner:${email.toLowerCase()}`);
  const letters = [...bytes.subarray(0, GROUPS * GROUP_LENGTH)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');
  return letters.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'))?.join('-') ?? letters;
}
