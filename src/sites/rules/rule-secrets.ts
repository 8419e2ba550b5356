import { Injectable } from '@nestjs/common';
import { newSecret } from '../../platform/http-client/standard-webhooks.js';
import { openSecret, sealSecret } from '../../platform/sealed-secret.js';
import { Secrets } from '../../platform/secrets.js';

/** What signs requests to a site's own services, in the form of Standard Webhooks: `whsec_` and base64. */
@Injectable()
export class RuleSecrets {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.derive('rule-secrets');
  }

  make(): string {
    return newSecret();
  }

  seal(siteId: string, ruleId: string, secret: string): Buffer {
    return sealSecret(this.key, `${siteId} ${ruleId}`, secret);
  }

  /** Undefined where the installation's key is another one by now. */
  open(siteId: string, ruleId: string, sealed: Buffer): string | undefined {
    return openSecret(this.key, `${siteId} ${ruleId}`, sealed);
  }
}
