import { domainToASCII } from 'node:url';
import { ValidateBy } from 'class-validator';
import { EMAIL, MAX_EMAIL_LENGTH } from './email.js';

/** What means something in a mail's headers, and would make two addresses of one. */
const HEADER_CHARACTERS = /[<>()[\],;:\\"]/;
/** What comes along with a pasted address and nobody sees: with it, it is another mailbox, which is not there. */
const UNSEEN = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/;
const DOMAIN = /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/;
/** RFC 5321, section 4.5.3.1.1, in octets. */
const MAX_LOCAL_BYTES = 64;

/** An address that mail can go to, its domain as the name servers know it. Undefined: it is none. */
export function emailAddress(raw: string): string | undefined {
  const text = raw.trim().normalize('NFC');
  if (text.length > MAX_EMAIL_LENGTH || !text.isWellFormed() || !EMAIL.test(text)) return undefined;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1));
  if (HEADER_CHARACTERS.test(local) || UNSEEN.test(local) || Buffer.byteLength(local) > MAX_LOCAL_BYTES)
    return undefined;
  return DOMAIN.test(domain) ? `${local}@${domain}` : undefined;
}

/**
 * What makes two addresses one. RFC 5321 lets a server tell upper from lower case before the @, and none does; what
 * stands behind a + is left alone, since only the server knows whether it means something.
 */
export function sameMailbox(email: string): string {
  return email.toLowerCase();
}

/** Of a request: one that mail can go to. */
export function IsEmailAddress(): PropertyDecorator {
  return ValidateBy({
    name: 'isEmailAddress',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && emailAddress(value) !== undefined,
      defaultMessage: (given) => `${given?.property ?? 'email'} must be an e-mail address, such as name@example.org`,
    },
  });
}
