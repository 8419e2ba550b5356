import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { isUuid } from '../../platform/http/cursor.js';
import { SiteCache } from '../../sites/index.js';
import { mailStore } from '../mails/mail.store.js';
import { SuppressAddress } from '../mails/suppress-address.js';
import { mailEventOf } from './mail-event.js';
import { MailEventSignature, type SignedRequest } from './mail-event-signature.js';

/** A bounce or complaint that came after a mail was accepted: nothing is sent to that address any more. */
@Injectable()
export class TakeMailEvent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly signature: MailEventSignature,
    private readonly suppressAddress: SuppressAddress,
  ) {}

  /** Of a mail that is not the site's, not known any more, or was to no reader's address, nothing is done. @throws invalid-signature */
  async run(siteKey: string, signed: SignedRequest): Promise<void> {
    const site = await this.sites.siteByKey(siteKey);
    this.signature.assert(site.id, signed);
    const { type, messageId } = mailEventOf(signed.body);
    const [id = ''] = messageId.replace(/^\s*</, '').split('@');
    if (!isUuid(id)) return;
    await this.unitOfWork.run(async (em) => {
      const addressId = await mailStore.recipient(em, id, site.id);
      if (addressId === undefined) return;
      await this.suppressAddress.run(em, { siteId: site.id, addressId, reason: type, mailId: id });
    });
  }
}
