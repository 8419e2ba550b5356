import { Inject, Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { OutgoingMail } from '../../platform/mail/mail-transport.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';
import { SiteCache } from '../../sites/index.js';
import { enveloped } from './envelope.js';
import { MailComposers } from './mail-composers.js';
import type { ComposedMail, DroppedMail, MailComposer } from './mail.js';
import type { ClaimedMail } from './mail.store.js';

/** A mail that is ready, or why there is none: nothing is to be said any more, or it could not be written. */
export type Written = { mail: ClaimedMail } & ({ outgoing: OutgoingMail } | { dropped: string } | { failed: true });

/** Writes mails of what is so at this moment. */
@Injectable()
export class MailWriter {
  private readonly logger = new Logger('mails');
  private readonly host: string;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly composers: MailComposers,
    private readonly sites: SiteCache,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {
    this.host = new URL(config.publicUrl).hostname;
  }

  async write(mails: readonly ClaimedMail[]): Promise<Written[]> {
    const ofComposers = Map.groupBy(mails, ({ kind }) => this.composers.of(kind));
    const written = await Promise.all(
      [...ofComposers].map(([composer, some]) =>
        composer?.composeMany && some.length > 1 ? this.many(composer, some) : this.eachAlone(composer, some),
      ),
    );
    return written.flat();
  }

  /** Where one of them can't be written, the others are not to suffer. */
  private async many(composer: MailComposer, mails: readonly ClaimedMail[]): Promise<Written[]> {
    try {
      const composed = await this.unitOfWork.byKeys(async (em) => composer.composeMany?.(em, mails) ?? []);
      return await Promise.all(mails.map((mail, at) => this.ready(mail, composed[at])));
    } catch {
      return this.eachAlone(composer, mails);
    }
  }

  private eachAlone(composer: MailComposer | undefined, mails: readonly ClaimedMail[]): Promise<Written[]> {
    return Promise.all(mails.map((mail) => this.alone(composer, mail)));
  }

  private async alone(composer: MailComposer | undefined, mail: ClaimedMail): Promise<Written> {
    try {
      if (!composer) throw new Error(`nobody writes mails of the kind ${mail.kind}`);
      return await this.ready(mail, await composer.compose(this.unitOfWork.em, mail));
    } catch (error) {
      this.logger.error({ err: error, mailId: mail.id, kind: mail.kind }, 'a mail could not be written');
      return { mail, failed: true };
    }
  }

  private async ready(mail: ClaimedMail, composed: ComposedMail | DroppedMail | undefined): Promise<Written> {
    if (!composed) throw new Error(`of a mail of the kind ${mail.kind} nothing was written`);
    if ('drop' in composed) return { mail, dropped: composed.drop };
    const site = await this.sites.siteById(mail.siteId);
    return { mail, outgoing: enveloped(mail, composed, { site, mailFrom: this.config.mailFrom, host: this.host }) };
  }
}
