import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { together } from '../../platform/database/together.js';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import { addressStore, type AddressRow } from '../addresses/address.store.js';
import { AddressTokens } from '../addresses/address-tokens.js';
import { addressee, type Addressee } from '../mails/addressee.js';
import type { ComposedMail, DroppedMail, MailComposer, MailRow } from '../mails/mail.js';
import { brandOf } from '../templates/brand.js';
import { LetterWriter } from '../templates/letter-writer.js';
import { wordsIn } from '../words/index.js';
import { activityLetter, digestLetter, PREFERENCES_LINK, UNSUBSCRIBE_LINK } from './activity-letter.js';
import { activityStore, type ActivityItem } from './activity.store.js';

const NOTHING_LEFT = { drop: 'nothing-left' };

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
    const [composed] = await this.composeMany(em, [mail]);
    return composed ?? NOTHING_LEFT;
  }

  async composeMany(em: EntityManager, mails: readonly MailRow[]): Promise<(ComposedMail | DroppedMail)[]> {
    const addressIds = mails.flatMap(({ addressId }) => addressId ?? []);
    const mailIds = mails.map(({ id }) => id);
    const [addresses, items] = await together([
      addressStore.byIds(em, addressIds),
      activityStore.items(em, mailIds),
    ] as const);
    const byId = new Map(addresses.map((address) => [address.id, address]));
    const byMail = Map.groupBy(items, ({ mailId }) => mailId);
    return Promise.all(
      mails.map(async (mail) => this.one(mail, byId.get(mail.addressId ?? ''), byMail.get(mail.id) ?? [])),
    );
  }

  private async one(
    { kind, siteId }: MailRow,
    address: AddressRow | undefined,
    items: readonly ActivityItem[],
  ): Promise<ComposedMail | DroppedMail> {
    const site = await this.sites.siteById(siteId);
    const to = addressee(address, site);
    if ('drop' in to) return to;
    if (items.length === 0) return NOTHING_LEFT;
    return kind === 'activity' ? this.activity(items, to, site) : this.digest(items, to, site);
  }

  private async activity(items: readonly ActivityItem[], to: Addressee, site: SiteRow): Promise<ComposedMail> {
    const letter = activityLetter(items, wordsIn(to.language), to);
    const threadId = items[0]?.threadId ?? '';
    const subscriptionId = items.find((item) => item.subscriptionId !== null)?.subscriptionId;
    const unsubscribeUrl =
      subscriptionId == null
        ? this.tokens.unsubscribeMentionsUrl(to)
        : this.tokens.unsubscribeUrl({ id: subscriptionId, tokenGeneration: to.tokenGeneration });
    const written = await this.writer.write(letter, brandOf(site), {
      [UNSUBSCRIBE_LINK]: unsubscribeUrl,
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
