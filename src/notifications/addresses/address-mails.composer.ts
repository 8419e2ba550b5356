import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import { listMemberStore } from '../mailing-list/list-member.store.js';
import { mailingListStore } from '../mailing-list/mailing-list.store.js';
import { MailComposers } from '../mails/mail-composers.js';
import type { ComposedMail, DroppedMail, MailComposer, MailRow } from '../mails/mail.js';
import { aboutOf } from '../preferences/confirm-page.js';
import { subscriptionStore } from '../subscriptions/subscription.store.js';
import { brandOf } from '../templates/brand.js';
import { LetterWriter } from '../templates/letter-writer.js';
import type { Block, Letter } from '../templates/letter.js';
import { wordsIn } from '../words/index.js';
import { PAGE_WORDS } from '../words/pages/index.js';
import type { PageWords } from '../words/pages/page-words.js';
import { AddressTokens } from './address-tokens.js';
import { addressStore, type AddressRow } from './address.store.js';
import { isLanguage, type Language } from './languages.js';

/** An address that is asked something: it need not be confirmed. */
interface Asked {
  address: AddressRow & { email: string };
  site: SiteRow;
  language: Language;
  words: PageWords;
}

type Content = Pick<Letter, 'subject' | 'blocks'>;

/**
 * The mails that ask an address whether it is meant, and the one that brings a new link. What they ask about is what
 * waits at the moment of sending; where nothing waits any more, none is sent.
 */
@Injectable()
export class AddressMailsComposer implements MailComposer, OnModuleInit {
  readonly kinds = ['confirm-address', 'list-confirm', 'preferences-link'] as const;

  constructor(
    private readonly composers: MailComposers,
    private readonly writer: LetterWriter,
    private readonly tokens: AddressTokens,
    private readonly sites: SiteCache,
  ) {}

  onModuleInit(): void {
    this.composers.register(this);
  }

  async compose(em: EntityManager, mail: MailRow): Promise<ComposedMail | DroppedMail> {
    const asked = await this.asked(em, mail);
    if ('drop' in asked) return asked;
    const content = await this.content(em, mail, asked);
    if ('drop' in content) return content;
    const { address, site, language, words } = asked;
    const settings = { label: words.toPreferences, href: this.tokens.preferencesUrl(address) };
    const footer = { why: wordsIn(language).mail.why.asked, links: [settings] };
    const [first] = content.blocks;
    const preview = first?.kind === 'paragraph' ? first.text : content.subject;
    const written = await this.writer.write({ language, preview, footer, ...content }, brandOf(site));
    return { to: address.email, ...written };
  }

  private async asked(em: EntityManager, { addressId, siteId }: MailRow): Promise<Asked | DroppedMail> {
    const address = addressId === null ? undefined : await addressStore.byId(em, addressId);
    if (!address?.email) return { drop: 'no-address' };
    if (address.suppressedAt) return { drop: 'suppressed' };
    const site = await this.sites.siteById(siteId);
    const language = [address.language, site.settings.mailLanguage].find(isLanguage) ?? 'en';
    return { address: { ...address, email: address.email }, site, language, words: PAGE_WORDS[language] };
  }

  private content(em: EntityManager, mail: MailRow, asked: Asked): Promise<Content | DroppedMail> {
    if (mail.kind === 'confirm-address') return this.confirmAddress(em, asked);
    return mail.kind === 'list-confirm' ? this.confirmMember(em, mail, asked) : this.newLink(asked);
  }

  private async confirmAddress(em: EntityManager, { address, site, words }: Asked): Promise<Content | DroppedMail> {
    const waiting = await subscriptionStore.waiting(em, address.id);
    if (waiting.length === 0) return { drop: 'nothing-waits' };
    const blocks: Block[] = [
      { kind: 'paragraph', text: words.confirm.intro(site.name) },
      { kind: 'list', items: aboutOf(words, waiting) },
      { kind: 'button', label: words.confirm.button, href: this.tokens.confirmUrl(address) },
      { kind: 'paragraph', text: words.mails.confirm.ignore },
    ];
    return { subject: words.mails.confirm.subject(site.name), blocks };
  }

  private async confirmMember(
    em: EntityManager,
    { data: { subjectId = '' } }: MailRow,
    { address: { tokenGeneration }, site, words }: Asked,
  ): Promise<Content | DroppedMail> {
    const member = await listMemberStore.byId(em, subjectId);
    const list = member && (await mailingListStore.byId(em, member.listId));
    if (!list || member.state !== 'pending') return { drop: 'nothing-waits' };
    const text = await mailingListStore.text(em, list.id, member.textVersion);
    const href = this.tokens.listConfirmUrl({ id: member.id, tokenGeneration });
    const blocks: Block[] = [
      { kind: 'paragraph', text: words.list.intro(site.name) },
      { kind: 'quote', text: text ?? list.text },
      { kind: 'button', label: words.list.button, href },
      { kind: 'paragraph', text: words.mails.list.ignore },
    ];
    return { subject: words.mails.list.subject(list.name, site.name), blocks };
  }

  private async newLink({ address, site, words }: Asked): Promise<Content> {
    const { subject, intro } = words.mails.link;
    const href = this.tokens.preferencesUrl(address);
    const blocks: Block[] = [
      { kind: 'paragraph', text: intro },
      { kind: 'button', label: words.toPreferences, href },
    ];
    return { subject: subject(site.name), blocks };
  }
}
