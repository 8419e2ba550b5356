import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { SiteCache } from '../../sites/index.js';
import type { MailKind } from '../mails/mail.js';
import { MailQueue } from '../mails/mail-queue.js';
import { LONGEST_WAIT_WINDOWS, whenDue } from '../mails/when-due.js';
import type { News, NotificationKind, Told, ToldAddress } from './notification.js';
import { notificationStore } from './notification.store.js';

/** Each by itself and at once: what was decided about somebody waits for no digest. */
const OWN_MAIL: Partial<Record<NotificationKind, MailKind>> = {
  rejected: 'rejected',
  appeal: 'appeal',
  report: 'report',
  sanction: 'sanction',
};

/** Tells people one thing: in their inbox, by a mail that is queued or joined, by a push. Whoever was told is not again. */
@Injectable()
export class Tell {
  constructor(
    private readonly sites: SiteCache,
    private readonly clock: Clock,
    private readonly mails: MailQueue,
  ) {}

  /** Answers the readers whose inbox has changed. */
  async run(em: EntityManager, news: News, people: readonly Told[]): Promise<string[]> {
    if (people.length === 0) return [];
    const fresh = await notificationStore.insert(em, news, people);
    const byAddress = new Map(people.flatMap((one) => (one.addressId === undefined ? [] : [[one.addressId, one]])));
    const mailed = fresh.flatMap(({ id, addressId }) => {
      const address = addressId === null ? undefined : byAddress.get(addressId);
      return address ? [{ id, address }] : [];
    });
    if (mailed.length > 0) await this.mail(em, news, mailed);
    const inboxes = fresh.flatMap(({ id, readerId }) => (readerId === null ? [] : [{ id, readerId }]));
    if (inboxes.length > 0) {
      await notificationStore.push(
        em,
        inboxes.map(({ id }) => id),
      );
    }
    return inboxes.map(({ readerId }) => readerId);
  }

  private async mail(
    em: EntityManager,
    news: News,
    mailed: readonly { id: string; address: ToldAddress }[],
  ): Promise<void> {
    const { siteId, kind, eventKey, subjectId } = news;
    const own = OWN_MAIL[kind];
    if (own !== undefined) {
      const data = { subjectId: subjectId ?? '' };
      const mails = mailed.map(({ address: { addressId } }) => {
        return { siteId, addressId, kind: own, key: `${eventKey} ${addressId}`, data };
      });
      await this.mails.queue(em, mails);
      return;
    }
    const { settings } = await this.sites.siteById(siteId);
    const { mailWindowSeconds: windowSeconds, timeZone: siteZone } = settings;
    const joining = mailed.map(({ id: notificationId, address: { addressId, frequency, timeZone } }) => {
      const due = whenDue({ frequency, timeZone: timeZone ?? siteZone, windowSeconds }, this.clock.now());
      const instant = frequency === 'instant';
      const bucket = instant ? `thread ${news.threadId}` : frequency;
      return { notificationId, addressId, kind: instant ? 'activity' : 'digest', bucket, due } as const;
    });
    await notificationStore.joinMails(em, news, joining, windowSeconds * LONGEST_WAIT_WINDOWS);
  }
}
