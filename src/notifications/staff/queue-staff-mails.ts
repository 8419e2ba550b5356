import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SiteCache } from '../../sites/index.js';
import type { NewMail } from '../mails/mail.js';
import { MailQueue } from '../mails/mail-queue.js';
import { whenDue } from '../mails/when-due.js';
import { staffMailStore } from './staff-mail.store.js';

const DAY_MS = 86_400_000;

/** Queues what staff are mailed: an alarm once for each time that a queue is late, that a webhook was given up, a digest for each morning. */
@Injectable()
export class QueueStaffMails {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly mails: MailQueue,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await this.unitOfWork.run(async (em) => {
      const alarms = await staffMailStore.alarms(em);
      const givenUp = await staffMailStore.givenUp(em);
      const digests = await Promise.all((await staffMailStore.leads(em)).map((lead) => this.digest(lead)));
      await this.mails.queue(em, [
        ...alarms.map(({ siteId, staffId, queue, since }) => ({
          ...{ siteId, staffId, kind: 'queue-alarm' as const, data: { queue } },
          key: `alarm ${queue} ${since.toISOString()} ${staffId}`,
        })),
        ...givenUp.map(({ siteId, staffId, endpointId, at }) => ({
          ...{ siteId, staffId, kind: 'webhook-disabled' as const, data: { endpointId } },
          key: `webhook-disabled ${endpointId} ${at.toISOString()} ${staffId}`,
        })),
        ...digests,
      ]);
    });
  }

  /** The one of the next morning; queued by then many times, and there once. */
  private async digest({ siteId, staffId }: { siteId: string; staffId: string }): Promise<NewMail> {
    const { timeZone } = (await this.sites.siteById(siteId)).settings;
    const notBefore = whenDue({ frequency: 'daily', timeZone, windowSeconds: 0 }, this.clock.now());
    const until = notBefore.toISOString();
    const data = { since: new Date(notBefore.getTime() - DAY_MS).toISOString(), until };
    return { siteId, staffId, kind: 'staff-digest', key: `staff-digest ${until} ${staffId}`, notBefore, data };
  }
}
