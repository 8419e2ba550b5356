import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';
import { SiteCache } from '../../sites/index.js';
import { MailQueue } from '../mails/mail-queue.js';
import { mayAskForConfirmation } from './confirmation-caps.js';
import { confirmationStore, type Confirmation } from './confirmation.store.js';

/** Mails that ask whether somebody really wants what was asked for in the name of an address. */
@Injectable()
export class Confirmations {
  private readonly logger = new Logger(Confirmations.name);

  constructor(
    private readonly mails: MailQueue,
    private readonly sites: SiteCache,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  /** Queues one, where the caps leave room. The row of the address is locked. */
  async ask(em: EntityManager, kind: 'confirm-address' | 'list-confirm', asked: Confirmation): Promise<void> {
    const { settings } = await this.sites.siteById(asked.siteId);
    const sent = await confirmationStore.lately(em, asked);
    if (!mayAskForConfirmation(sent, settings, this.config.rateLimits)) {
      this.logger.debug({ siteId: asked.siteId, addressId: asked.addressId, ...sent }, 'no further confirmation');
      return;
    }
    const id = await confirmationStore.insert(em, asked);
    const { siteId, addressId, subjectId } = asked;
    await this.mails.queue(em, [{ siteId, addressId, kind, key: `${kind} ${id}`, data: { subjectId } }]);
  }
}
