import { createECDH } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '../../platform/secrets.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';

/**
 * What names this server to push services (RFC 8292). Derived from SECRET_KEY, so that all nodes have it and none stores
 * it: with another SECRET_KEY browsers have to subscribe again.
 */
@Injectable()
export class VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
  /** Whom a push service may write to. */
  readonly subject: string;

  constructor(secrets: Secrets, @Inject(CONFIG) config: RuntimeConfig) {
    const pair = createECDH('prime256v1');
    const privateKey = secrets.derive('web-push');
    pair.setPrivateKey(privateKey);
    this.privateKey = privateKey.toString('base64url');
    this.publicKey = pair.getPublicKey('base64url');
    this.subject = `mailto:${config.adminEmail}`;
  }
}
