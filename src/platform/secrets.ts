import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** One secret key, and from it a key of its own for each purpose (HKDF-SHA256, RFC 5869), 32 bytes. */
export class Secrets {
  constructor(private readonly secretKey: string) {}

  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.secretKey, '', `postil:${purpose}`, KEY_BYTES));
  }
}
