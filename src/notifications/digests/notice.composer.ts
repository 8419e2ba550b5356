import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SiteCache } from '../../sites/index.js';
import type { ComposedMail, DroppedMail, MailComposer, MailRow } from '../mails/mail.js';
import { brandOf } from '../templates/brand.js';
import { LetterWriter } from '../templates/letter-writer.js';
import { wordsIn } from '../words/index.js';
import { ofThread } from './outcome.composer.js';
import { outcomeStore } from './outcome.store.js';

/** To whoever sent a notice of illegal content, what was decided on it (Art. 16 of the DSA), in the site's language. */
@Injectable()
export class NoticeComposer implements MailComposer {
  readonly kinds = ['notice'] as const;

  constructor(
    private readonly sites: SiteCache,
    private readonly writer: LetterWriter,
  ) {}

  async compose(em: EntityManager, { siteId, noticeId }: MailRow): Promise<ComposedMail | DroppedMail> {
    const outcome = await outcomeStore.notice(em, noticeId ?? '');
    if (!outcome) return { drop: 'not-so-any-more' };
    const site = await this.sites.siteById(siteId);
    const language = site.settings.mailLanguage;
    const { mail } = wordsIn(language);
    const { subject, intro } = mail.notice[outcome.state];
    const letter = {
      language,
      subject,
      preview: intro,
      blocks: [
        { kind: 'paragraph', text: intro } as const,
        ...ofThread(outcome, mail),
        { kind: 'paragraph', text: mail.redress } as const,
      ],
      footer: { why: mail.why.notice, links: [] },
    };
    return { to: outcome.email, ...(await this.writer.write(letter, brandOf(site))) };
  }
}
