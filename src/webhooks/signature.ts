import { Injectable } from '@nestjs/common';
import { newSecret, signedHeaders } from '../platform/http-client/standard-webhooks.js';
import { openSecret, sealSecret } from '../platform/sealed-secret.js';
import { Secrets } from '../platform/secrets.js';

/** What signs webhooks, sealed as the database holds it. */
@Injectable()
export class EndpointSecrets {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.derive('webhook-secrets');
  }

  /** For its owner to see once; and sealed, for the database. */
  make(endpointId: string): { secret: string; sealed: Buffer } {
    const secret = newSecret();
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
    return signedHeaders(secrets, message);
  }
}
