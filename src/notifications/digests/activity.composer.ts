import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import { AddressTokens } from '../addresses/address-tokens.js';
import { addresseeOf, type Addressee } from '../mails/addressee.js';
import type { ComposedMail, DroppedMail, MailComposer, MailRow } from '../mails/mail.js';
import { brandOf } from '../templates/brand.js';
import { LetterWriter } from '../templates/letter-writer.js';
import { wordsIn } from '../words/index.js';
import { activityLetter, digestLetter, PREFERENCES_LINK, UNSUBSCRIBE_LINK } from './activity-letter.js';
import { activityStore, type ActivityItem } from './activity.store.js';

/** News of conversations: a burst in one thread, or all threads since the last digest. */
@Injectable()
export class ActivityComposer implements MailComposer {
  readonly kinds = ['activity', 'digest'] as const;

  constructor(
    private readonly sites: SiteCache,
    private readonly tokens: AddressTokens,
    private readonly writer: LetterWriter,
  ) {}

  async compose(em: EntityManager, mail: MailRow): Promise<ComposedMail | DroppedMail> {
    const site = await this.sites.siteById(mail.siteId);
    const to = await addresseeOf(em, mail, site);
    if ('drop' in to) return to;
    const items = await activityStore.items(em, mail.id);
    if (items.length === 0) return { drop: 'nothing-left' };
    return mail.kind === 'activity' ? this.activity(items, to, site) : this.digest(items, to, site);
  }

  private async activity(items: readonly ActivityItem[], to: Addressee, site: SiteRow): Promise<ComposedMail> {
    const letter = activityLetter(items, wordsIn(to.language), to);
    const threadId = items[0]?.threadId ?? '';
    const subscriptionId = items.find((item) => item.subscriptionId !== null)?.subscriptionId;
    const unsubscribeUrl =
      subscriptionId == null
        ? undefined
        : this.tokens.unsubscribeUrl({ id: subscriptionId, tokenGeneration: to.tokenGeneration });
    const written = await this.writer.write(letter, brandOf(site), {
      [UNSUBSCRIBE_LINK]: unsubscribeUrl ?? '',
      [PREFERENCES_LINK]: this.tokens.preferencesUrl(to),
    });
    return {
      to: to.email,
      ...written,
      unsubscribeUrl,
      listId: `thread-${threadId}`,
      conversation: `thread-${threadId}`,
    };
  }

  private async digest(items: readonly ActivityItem[], to: Addressee, site: SiteRow): Promise<ComposedMail> {
    const letter = digestLetter(items, wordsIn(to.language), { ...to, siteName: site.name });
    const unsubscribeUrl = this.tokens.unsubscribeAllUrl(to);
    const written = await this.writer.write(letter, brandOf(site), {
      [UNSUBSCRIBE_LINK]: unsubscribeUrl,
      [PREFERENCES_LINK]: this.tokens.preferencesUrl(to),
    });
    return { to: to.email, ...written, unsubscribeUrl, listId: `digest-${site.id}` };
  }
}
