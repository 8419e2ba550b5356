import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { openSecret, sealSecret } from '../platform/sealed-secret.js';
import { Secrets } from '../platform/secrets.js';

const PREFIX = 'whsec_';
const BYTES = 32;

/** What signs webhooks, as https://www.standardwebhooks.com has it: HMAC-SHA256 over id, time and body. */
@Injectable()
export class EndpointSecrets {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.derive('webhook-secrets');
  }

  /** `whsec_` and base64, for its owner to see once; and sealed, for the database. */
  make(endpointId: string): { secret: string; sealed: Buffer } {
    const secret = PREFIX + randomBytes(BYTES).toString('base64');
    return { secret, sealed: sealSecret(this.key, endpointId, secret) };
  }

  /**
   * The headers of one attempt. A signature by each secret: while they change, either will do.
   * @param sealed the secret, and the one before it while that counts
   */
  headers(
    endpointId: string,
    sealed: readonly (Buffer | null)[],
    message: { id: string; body: string; at: Date },
  ): Record<string, string> | undefined {
    const secrets = sealed.flatMap((one) => (one ? (openSecret(this.key, endpointId, one) ?? []) : []));
    if (secrets.length === 0) return undefined;
    const { id, body, at } = message;
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
    };
  }
}
