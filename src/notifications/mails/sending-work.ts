import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { SteadyWork } from '../../platform/jobs/steady-work.js';
import { MailTransport, type Delivery, type OutgoingMail } from '../../platform/mail/mail-transport.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';
import { SiteCache } from '../../sites/index.js';
import { pauseAfter } from './back-off.js';
import { DomainPace } from './domain-pace.js';
import { enveloped } from './envelope.js';
import { MailComposers } from './mail-composers.js';
import { mailStore, type ClaimedMail, type MailState } from './mail.store.js';

const AT_ONCE = 16;
const LOOK_AGAIN_MS = 300;
const PATIENCE_MS = 2_000;

/**
 * Sends what is due. A mail is claimed, written of what is so now, noted as being sent, and only then handed over: a
 * worker that dies behind that leaves a mail of which nobody knows whether it arrived, and which is not sent again.
 */
@Injectable()
export class SendingWork implements SteadyWork {
  readonly name = 'sending';
  private readonly logger = new Logger('mails');
  private readonly pace: DomainPace;
  private readonly host: string;
  private readonly finished;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly transport: MailTransport,
    private readonly composers: MailComposers,
    private readonly sites: SiteCache,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
    metrics: Metrics,
  ) {
    this.pace = new DomainPace(config.mailDomainRate);
    this.host = new URL(config.publicUrl).hostname;
    this.finished = metrics.counter('postil_mails_total', 'Mails that are over, by what became of them', ['state']);
  }

  async run(signal: AbortSignal): Promise<number> {
    const lost = await mailStore.giveUp(this.unitOfWork.em);
    if (lost > 0) this.logger.warn(`of ${lost} mails nobody knows whether they were sent: see the list of mails`);
    while (!signal.aborted) {
      const claimed = await mailStore.claim(this.unitOfWork.em, AT_ONCE);
      await Promise.all(claimed.map((mail) => this.sendOne(mail)));
      if (claimed.length === 0) return LOOK_AGAIN_MS;
    }
    return 0;
  }

  private async sendOne(mail: ClaimedMail): Promise<void> {
    let outgoing: OutgoingMail | undefined;
    try {
      outgoing = await this.written(mail);
    } catch (error) {
      this.logger.error({ err: error, mailId: mail.id, kind: mail.kind }, 'a mail could not be written');
      await this.deferred(mail, 'not-written');
    }
    // From here on no error may bring it back to the queue: should its record fail, it stays as being sent.
    if (outgoing) await this.record(mail, await this.transport.send(outgoing));
  }

  /** What is to be handed over, noted as being sent; undefined where there is nothing to send, or not now. */
  private async written(mail: ClaimedMail): Promise<OutgoingMail | undefined> {
    const { em } = this.unitOfWork;
    const wait = mail.domain === null ? 0 : this.pace.wait(mail.domain, Date.now(), PATIENCE_MS);
    if (wait === undefined) return void (await mailStore.postpone(em, mail, PATIENCE_MS / 1_000));
    if (wait > 0) await delay(wait);
    const composer = this.composers.of(mail.kind);
    if (!composer) return void (await this.deferred(mail, 'unknown-kind'));
    const composed = mail.domain === null ? { drop: 'no-address' } : await composer.compose(em, mail);
    if ('drop' in composed) return void (await this.finish(mail, 'dropped', composed.drop));
    const site = await this.sites.siteById(mail.siteId);
    const outgoing = enveloped(mail, composed, { site, mailFrom: this.config.mailFrom, host: this.host });
    return (await mailStore.begin(em, mail)) ? outgoing : undefined;
  }

  private async record(mail: ClaimedMail, { outcome, code, ofRecipient }: Delivery): Promise<void> {
    if (outcome === 'accepted') return this.finish(mail, 'sent', code);
    if (outcome === 'unknown') return this.finish(mail, 'uncertain', code);
    if (outcome === 'deferred') return this.deferred(mail, code);
    if (ofRecipient && mail.addressId !== null) await mailStore.suppress(this.unitOfWork.em, mail.addressId, 'bounce');
    await this.finish(mail, 'failed', code);
  }

  private async deferred(mail: ClaimedMail, code: string): Promise<void> {
    const seconds = pauseAfter(mail.attempts);
    if (seconds === undefined) return this.finish(mail, 'failed', code);
    await mailStore.retry(this.unitOfWork.em, mail, code, seconds);
  }

  private async finish(mail: ClaimedMail, state: MailState, outcome: string): Promise<void> {
    await mailStore.finish(this.unitOfWork.em, mail, state, outcome);
    this.finished.inc({ state });
  }
}
