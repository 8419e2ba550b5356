import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { SteadyWork } from '../../platform/jobs/steady-work.js';
import { MailTransport, type Delivery } from '../../platform/mail/mail-transport.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';
import { pauseAfter } from './back-off.js';
import { DomainPace } from './domain-pace.js';
import { GivingWay } from './giving-way.js';
import { MailWriter, type Written } from './mail-writer.js';
import { mailStore, type ClaimedMail, type Finished } from './mail.store.js';
import { SuppressAddress } from './suppress-address.js';

/** Handed over together: of so many at most nobody knows what became of them when a worker dies. */
const AT_ONCE = 8;
const LOOK_AGAIN_MS = 300;
const PATIENCE_MS = 2_000;
/** Claims last for five minutes; what a slow mail server left undone by then goes back. */
const ENOUGH_MS = 60_000;

/** A claimed mail, and when its domain may be sent to, by `performance.now()`. */
interface Paced {
  mail: ClaimedMail;
  at: number;
}

/**
 * Sends what is due. A mail is claimed, written of what is so now, noted as being sent, and only then handed over: a
 * worker that dies behind that leaves a mail of which nobody knows whether it arrived, and which is not sent again.
 */
@Injectable()
export class SendingWork implements SteadyWork {
  readonly name = 'sending';
  private readonly logger = new Logger('mails');
  private readonly pace: DomainPace;
  private readonly givingWay = new GivingWay();
  private readonly finished;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly transport: MailTransport,
    private readonly writer: MailWriter,
    private readonly suppressing: SuppressAddress,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
    metrics: Metrics,
  ) {
    this.pace = new DomainPace(config.mailDomainRate);
    this.finished = metrics.counter('postil_mails_total', 'Mails that are over, by what became of them', ['state']);
  }

  async run(signal: AbortSignal): Promise<number> {
    const lost = await mailStore.giveUp(this.unitOfWork.em);
    if (lost > 0) this.logger.warn(`of ${lost} mails nobody knows whether they were sent: see the list of mails`);
    while (!signal.aborted) {
      const claimed = await this.unitOfWork.byKeys((em) => mailStore.claim(em));
      if (claimed.length === 0) return LOOK_AGAIN_MS;
      await this.sendAll(claimed, signal);
    }
    return 0;
  }

  /** A few at a time, and those first whose domains need not be waited for. */
  private async sendAll(claimed: readonly ClaimedMail[], signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    const left = await this.paced(claimed);
    while (left.length > 0 && !signal.aborted && performance.now() - begun < ENOUGH_MS) {
      const some = left.splice(0, AT_ONCE);
      await delay(Math.max(0, (some.at(-1)?.at ?? 0) - performance.now()));
      const working = performance.now();
      await this.sendSome(some.map(({ mail }) => mail));
      // Readers of this node are waiting, mails are not.
      if (this.config.role === 'all') await this.givingWay.rest(performance.now() - working);
    }
    await this.postpone(
      left.map(({ mail }) => mail),
      0,
    );
  }

  /** In the order in which they may be sent. Those whose domain has to be waited for long go back to the queue. */
  private async paced(claimed: readonly ClaimedMail[]): Promise<Paced[]> {
    const now = performance.now();
    const wait = ({ domain }: ClaimedMail) => (domain === null ? 0 : this.pace.wait(domain, now, PATIENCE_MS));
    const all = claimed.map((mail) => ({ mail, wait: wait(mail) }));
    await this.postpone(
      all.flatMap((one) => (one.wait === undefined ? one.mail : [])),
      PATIENCE_MS / 1_000,
    );
    return all
      .flatMap((one) => (one.wait === undefined ? [] : { mail: one.mail, at: now + one.wait }))
      .sort((a, b) => a.at - b.at);
  }

  /** Noting each by itself would cost two commits a mail. */
  private async sendSome(mails: readonly ClaimedMail[]): Promise<void> {
    const written = await this.writer.write(mails);
    const ready = written.flatMap((one) => ('outgoing' in one ? one : []));
    const mine = await this.unitOfWork.byKeys((em) =>
      mailStore.begin(
        em,
        ready.map(({ mail }) => mail),
      ),
    );
    // From here on no error may bring one back to the queue: should its record fail, it stays as being sent.
    const became = await Promise.all([
      ...ready
        .filter(({ mail }) => mine.has(mail.id))
        .map(async ({ mail, outgoing }) => this.recorded(mail, await this.transport.send(outgoing))),
      ...written.map(async (one) => this.unsent(one)),
    ]);
    await this.finish(became.filter((one) => one !== undefined));
  }

  private async unsent(written: Written): Promise<Finished | undefined> {
    if ('dropped' in written) return { mail: written.mail, state: 'dropped', outcome: written.dropped };
    return 'failed' in written ? this.deferred(written.mail, 'not-written') : undefined;
  }

  private async recorded(mail: ClaimedMail, delivery: Delivery): Promise<Finished | undefined> {
    const { outcome: became, code: outcome, ofRecipient } = delivery;
    if (became === 'accepted') return { mail, state: 'sent', outcome };
    if (became === 'unknown') return { mail, state: 'uncertain', outcome };
    if (became === 'deferred') return this.deferred(mail, outcome);
    const { siteId, addressId, id: mailId } = mail;
    if (ofRecipient && addressId !== null) {
      await this.unitOfWork.run((em) => this.suppressing.run(em, { siteId, addressId, reason: 'bounce', mailId }));
    }
    return { mail, state: 'failed', outcome };
  }

  /** Queued anew, or failed where it was tried too often. */
  private async deferred(mail: ClaimedMail, outcome: string): Promise<Finished | undefined> {
    const seconds = pauseAfter(mail.attempts);
    if (seconds === undefined) return { mail, state: 'failed', outcome };
    return void (await mailStore.retry(this.unitOfWork.em, mail, outcome, seconds));
  }

  private async postpone(mails: readonly ClaimedMail[], seconds: number): Promise<void> {
    if (mails.length > 0) await this.unitOfWork.byKeys((em) => mailStore.postpone(em, mails, seconds));
  }

  private async finish(finished: readonly Finished[]): Promise<void> {
    if (finished.length === 0) return;
    await this.unitOfWork.byKeys((em) => mailStore.finish(em, finished));
    for (const { state } of finished) this.finished.inc({ state });
  }
}
