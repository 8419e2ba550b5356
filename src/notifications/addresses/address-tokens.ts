import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parse, stringify } from 'uuid';
import { Secrets } from '../../platform/secrets.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';

/** What a token is good for, and how it begins. One of one purpose opens nothing of another. */
const PREFIXES = {
  confirm: 'ma_',
  list: 'ml_',
  unsubscribe: 'mu_',
  mentions: 'mm_',
  all: 'mx_',
  preferences: 'mp_',
} as const;
export type TokenPurpose = keyof typeof PREFIXES;

/** What a token of ours names; whether its generation is still that of the address, the database knows. */
export interface TokenSubject {
  purpose: TokenPurpose;
  id: string;
  generation: number;
}

const ID_BYTES = 16;
const FORM = /^(m[a-z]_)([\w-]{27})\.([\w-]{43})$/;

/** Such as `addresses` has them. */
interface Issued {
  id: string;
  tokenGeneration: number;
}

/**
 * The links in mails. `<prefix><id and generation>.<HMAC-SHA256>`, both base64url. They never run out: raising the
 * generation of an address makes all of its links void.
 */
@Injectable()
export class AddressTokens {
  private readonly key: KeyObject;

  constructor(
    secrets: Secrets,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {
    this.key = createSecretKey(secrets.derive('mail-link'));
  }

  /** Confirms an address and what waits for it. */
  confirmUrl(address: Issued): string {
    return this.url('confirm', this.issue('confirm', address.id, address.tokenGeneration));
  }

  /** Confirms that an address wants to be on a list: `id` is the member's, the generation its address's. */
  listConfirmUrl(member: Issued): string {
    return this.url('confirm', this.issue('list', member.id, member.tokenGeneration));
  }

  /** Ends mentions, by one click: of mails that no subscription is the cause of. */
  unsubscribeMentionsUrl(address: Issued): string {
    return this.url('unsubscribe', this.issue('mentions', address.id, address.tokenGeneration));
  }

  /** Ends every subscription of an address, and mentions, by one click: of mails about more than one thread. */
  unsubscribeAllUrl(address: Issued): string {
    return this.url('unsubscribe', this.issue('all', address.id, address.tokenGeneration));
  }

  /** Ends one subscription, and what else is mailed of its thread, by one click: `id` is the subscription's, the generation its address's. */
  unsubscribeUrl(subscription: Issued): string {
    return this.url('unsubscribe', this.issue('unsubscribe', subscription.id, subscription.tokenGeneration));
  }

  /** Everything that mails the address. */
  preferencesUrl(address: Issued): string {
    return this.url('preferences', this.issue('preferences', address.id, address.tokenGeneration));
  }

  /** Undefined: not signed here, or of another purpose. */
  read(token: string, ...purposes: readonly TokenPurpose[]): TokenSubject | undefined {
    const [, prefix = '', subject = '', signature = ''] = FORM.exec(token) ?? [];
    const purpose = purposes.find((one) => PREFIXES[one] === prefix);
    if (purpose === undefined) return undefined;
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(this.sign(prefix + subject)))) return undefined;
    const bytes = Buffer.from(subject, 'base64url');
    return { purpose, id: stringify(bytes.subarray(0, ID_BYTES)), generation: bytes.readUInt32BE(ID_BYTES) };
  }

  private issue(purpose: TokenPurpose, id: string, generation: number): string {
    const bytes = Buffer.alloc(ID_BYTES + 4);
    bytes.set(parse(id));
    bytes.writeUInt32BE(generation, ID_BYTES);
    const signed = PREFIXES[purpose] + bytes.toString('base64url');
    return `${signed}.${this.sign(signed)}`;
  }

  private url(page: 'confirm' | 'unsubscribe' | 'preferences', token: string): string {
    return `${this.config.publicUrl}/${page}/${token}`;
  }

  private sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}
