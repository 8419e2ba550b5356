import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { Secrets } from '../platform/secrets.js';

const V6_GROUPS = 4;

/** Keyed hashes (HMAC-SHA256) of the networks that readers come from: recognised again, and of no use without the key. */
@Injectable()
export class NetworkKeys {
  private readonly key: KeyObject;

  constructor(secrets: Secrets) {
    this.key = createSecretKey(secrets.derive('reader-network'));
  }

  /** null: the address says nothing of who comes. */
  of(ip: string): Buffer | null {
    const network = readerNetwork(ip);
    return network === null ? null : createHmac('sha256', this.key).update(network).digest();
  }
}

/**
 * An IPv4 address, or the first 64 bits of an IPv6 one, which are what a household has. Private addresses are null: behind
 * them stands a proxy that the operator has not named in `TRUSTED_PROXIES`, and all readers would look like one.
 */
export function readerNetwork(ip: string): string | null {
  if (!ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  if (address.range() !== 'unicast') return null;
  if (address instanceof ipaddr.IPv4) return address.toString();
  return address.parts
    .slice(0, V6_GROUPS)
    .map((group) => group.toString(16))
    .join(':');
}
