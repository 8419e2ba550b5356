import { createHash, randomBytes } from 'node:crypto';

const SALT_BYTES = 16;

/** A text beside the log, and what the log says of it. */
export interface SealedText {
  /** Stands beside the text and is erased with it: what is left in the log then says nothing of the text. */
  salt: Buffer;
  /** Stands in the entry's codes, under `texts`. */
  digest: string;
}

/** A salt for each text: two decisions that are explained alike must not be seen to be. */
export function seal(text: string): SealedText {
  const salt = randomBytes(SALT_BYTES);
  return { salt, digest: digestOf(salt, text) };
}

/** SHA-256 in hexadecimal. */
export function digestOf(salt: Uint8Array, text: string): string {
  return createHash('sha256').update(salt).update(text).digest('hex');
}
