import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parse, stringify } from 'uuid';
import { BoundedMap } from '../platform/bounded-map.js';
import { Secrets } from '../platform/secrets.js';

const ID_LENGTH = 22;
const SIGNATURE_LENGTH = 43;
const REMEMBERED = 10_000;

/**
 * `<prefix><session id>.<HMAC-SHA256>`, both base64url. What was not signed here is refused without asking the
 * database; whether the session still lasts, only the database knows.
 */
export class SessionTokens {
  private readonly form: RegExp;
  private readonly key: KeyObject;
  /** Verified lately: the same page sends the same token again and again. */
  private readonly verified = new BoundedMap<string, string>(REMEMBERED);

  constructor(
    private readonly prefix: string,
    key: Buffer,
  ) {
    this.key = createSecretKey(key);
    this.form = new RegExp(`^${prefix}([\\w-]{${ID_LENGTH}})\\.([\\w-]{${SIGNATURE_LENGTH}})$`);
  }

  issue(sessionId: string): string {
    const signed = this.prefix + Buffer.from(parse(sessionId)).toString('base64url');
    return `${signed}.${this.sign(signed)}`;
  }

  /** The session's id, where the signature is ours. */
  verify(token: string): string | undefined {
    const known = this.verified.get(token);
    if (known !== undefined) return known;
    const sessionId = this.read(token);
    if (sessionId !== undefined) this.verified.set(token, sessionId);
    return sessionId;
  }

  private read(token: string): string | undefined {
    const [, id, signature] = this.form.exec(token) ?? [];
    if (id === undefined || signature === undefined) return undefined;
    const expected = this.sign(this.prefix + id);
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined;
    return stringify(Buffer.from(id, 'base64url'));
  }

  private sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}

@Injectable()
export class ReaderTokens extends SessionTokens {
  constructor(secrets: Secrets) {
    super('pr_', secrets.derive('reader-session'));
  }
}

@Injectable()
export class StaffTokens extends SessionTokens {
  constructor(secrets: Secrets) {
    super('ps_', secrets.derive('staff-session'));
  }
}
