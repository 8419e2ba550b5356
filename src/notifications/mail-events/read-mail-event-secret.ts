import { Injectable } from '@nestjs/common';
import { authorise, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import type { MailEventSecretView } from './mail-event-secret.view.js';
import { MailEventSignature } from './mail-event-signature.js';

/** An owner reads what a mail provider has to sign with. */
@Injectable()
export class ReadMailEventSecret {
  constructor(
    private readonly sites: SiteCache,
    private readonly signature: MailEventSignature,
  ) {}

  async run(actor: Actor, siteKey: string): Promise<MailEventSecretView> {
    const site = await this.sites.siteByKey(siteKey);
    authorise(actor, 'site.change', site.id, 'site');
    return { secret: this.signature.secretOf(site.id) };
  }
}
