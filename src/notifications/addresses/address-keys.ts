import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../../platform/secrets.js';
import { emailAddress, sameMailbox } from '../../identity/index.js';

/** Keyed hashes (HMAC-SHA256): what was seen before is recognised, and nobody without the key can try addresses out. */
@Injectable()
export class AddressKeys {
  private readonly emails: KeyObject;
  private readonly networks: KeyObject;

  constructor(secrets: Secrets) {
    this.emails = createSecretKey(secrets.derive('mail-address'));
    this.networks = createSecretKey(secrets.derive('asking-network'));
  }

  /** Of one site: the same address is another one elsewhere. */
  ofEmail(siteId: string, email: string): Buffer {
    const text = sameMailbox(emailAddress(email) ?? email);
    return createHmac('sha256', this.emails).update(`${siteId} ${text}`).digest();
  }

  /** Of IPv6 the first 64 bits: what one household or server has. */
  ofNetwork(ip: string): Buffer {
    return createHmac('sha256', this.networks).update(networkOf(ip)).digest();
  }
}

export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [address = ''] = ip.split('%');
  if (!isIPv6(address)) return ip;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  // An IPv4 part counts as two groups; it never reaches into the first four.
  const after =
    tail === undefined || tail === '' ? [] : tail.split(':').flatMap((g) => (g.includes('.') ? [g, g] : [g]));
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
