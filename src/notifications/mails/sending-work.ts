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
import { mailStore, type ClaimedMail, type Finished } from './mail.store.js';

const AT_ONCE = 8;
const LOOK_AGAIN_MS = 300;
const PATIENCE_MS = 2_000;
const REST = 2;
const MOST_REST_MS = 1_000;

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
      const begun = performance.now();
      const claimed = await mailStore.claim(this.unitOfWork.em, AT_ONCE);
      if (claimed.length === 0) return LOOK_AGAIN_MS;
      await this.sendAll(claimed);
      await this.giveWay(performance.now() - begun, signal);
    }
    return 0;
  }

  /** Together: noting each by itself would cost two commits a mail. */
  private async sendAll(claimed: readonly ClaimedMail[]): Promise<void> {
    const written = (await Promise.all(claimed.map((mail) => this.written(mail)))).filter((one) => one !== undefined);
    if (written.length === 0) return;
    const mine = await mailStore.begin(
      this.unitOfWork.em,
      written.map(({ mail }) => mail),
    );
    // From here on no error may bring one back to the queue: should its record fail, it stays as being sent.
    const sent = written.filter(({ mail }) => mine.has(mail.id));
    const recorded = await Promise.all(
      sent.map(async ({ mail, outgoing }) => this.recorded(mail, await this.transport.send(outgoing))),
    );
    await this.finish(recorded.filter((one) => one !== undefined));
  }

  /** What is to be handed over; undefined where there is nothing to send, or not now. */
  private async written(mail: ClaimedMail): Promise<{ mail: ClaimedMail; outgoing: OutgoingMail } | undefined> {
    try {
      const outgoing = await this.outgoing(mail);
      return outgoing && { mail, outgoing };
    } catch (error) {
      this.logger.error({ err: error, mailId: mail.id, kind: mail.kind }, 'a mail could not be written');
      await this.finish([await this.deferred(mail, 'not-written')].filter((one) => one !== undefined));
      return undefined;
    }
  }

  private async outgoing(mail: ClaimedMail): Promise<OutgoingMail | undefined> {
    const { em } = this.unitOfWork;
    const wait = mail.domain === null ? 0 : this.pace.wait(mail.domain, Date.now(), PATIENCE_MS);
    if (wait === undefined) return void (await mailStore.postpone(em, mail, PATIENCE_MS / 1_000));
    if (wait > 0) await delay(wait);
    const composer = this.composers.of(mail.kind);
    if (!composer) throw new Error(`nobody writes mails of the kind ${mail.kind}`);
    const composed = mail.domain === null ? { drop: 'no-address' } : await composer.compose(em, mail);
    if ('drop' in composed) return void (await this.finish([{ mail, state: 'dropped', outcome: composed.drop }]));
    const site = await this.sites.siteById(mail.siteId);
    return enveloped(mail, composed, { site, mailFrom: this.config.mailFrom, host: this.host });
  }

  private async recorded(mail: ClaimedMail, delivery: Delivery): Promise<Finished | undefined> {
    const { outcome: became, code: outcome, ofRecipient } = delivery;
    if (became === 'accepted') return { mail, state: 'sent', outcome };
    if (became === 'unknown') return { mail, state: 'uncertain', outcome };
    if (became === 'deferred') return this.deferred(mail, outcome);
    if (ofRecipient && mail.addressId !== null) await mailStore.suppress(this.unitOfWork.em, mail.addressId, 'bounce');
    return { mail, state: 'failed', outcome };
  }

  /** Queued anew, or failed where it was tried too often. */
  private async deferred(mail: ClaimedMail, outcome: string): Promise<Finished | undefined> {
    const seconds = pauseAfter(mail.attempts);
    if (seconds === undefined) return { mail, state: 'failed', outcome };
    return void (await mailStore.retry(this.unitOfWork.em, mail, outcome, seconds));
  }

  private async finish(finished: readonly Finished[]): Promise<void> {
    await mailStore.finish(this.unitOfWork.em, finished);
    for (const { state } of finished) this.finished.inc({ state });
  }

  /** A node that serves readers too sends for a part of the time only: they are waiting, mails are not. */
  private async giveWay(busyMs: number, signal: AbortSignal): Promise<void> {
    if (this.config.role === 'all' && !signal.aborted) await delay(Math.min(busyMs * REST, MOST_REST_MS));
  }
}
