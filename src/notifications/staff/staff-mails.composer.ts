import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idOfInstant } from '../../platform/new-id.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';
import type { Queue } from '../../moderation/index.js';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import type { ComposedMail, DroppedMail, MailComposer, MailRow } from '../mails/mail.js';
import { brandOf } from '../templates/brand.js';
import { LetterWriter } from '../templates/letter-writer.js';
import type { Block } from '../templates/letter.js';
import { wordsIn } from '../words/index.js';
import type { MailWords } from '../words/mail-words.js';
import { staffMailStore } from './staff-mail.store.js';

interface Content {
  subject: string;
  intro: string;
  lines: string[];
  /** Where in the console. */
  at: string;
}

/** To staff, in the site's language: a queue is late; a webhook was given up; what happened since yesterday morning. */
@Injectable()
export class StaffMailsComposer implements MailComposer {
  readonly kinds = ['queue-alarm', 'webhook-disabled', 'staff-digest'] as const;

  constructor(
    private readonly sites: SiteCache,
    private readonly writer: LetterWriter,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  async compose(em: EntityManager, mail: MailRow): Promise<ComposedMail | DroppedMail> {
    const to = await staffMailStore.person(em, mail.staffId ?? '', mail.siteId);
    if (to === undefined) return { drop: 'no-address' };
    const site = await this.sites.siteById(mail.siteId);
    const language = site.settings.mailLanguage;
    const words = wordsIn(language).mail;
    const content = await this.content(em, mail, site, words);
    if (!content) return { drop: 'not-so-any-more' };
    const { subject, intro, lines, at } = content;
    const blocks: Block[] = [
      { kind: 'paragraph', text: intro },
      ...(lines.length > 0 ? [{ kind: 'list', items: lines } as const] : []),
      { kind: 'button', label: words.alarm.open, href: `${this.config.publicUrl}/console${at}` },
    ];
    const footer = { why: words.why.staff, links: [] };
    return { to, ...(await this.writer.write({ language, subject, preview: intro, blocks, footer }, brandOf(site))) };
  }

  private content(em: EntityManager, mail: MailRow, site: SiteRow, words: MailWords): Promise<Content | undefined> {
    if (mail.kind === 'queue-alarm') return this.alarm(em, mail, site, words);
    return mail.kind === 'staff-digest' ? this.digest(em, mail, site, words) : this.givenUp(em, mail, site, words);
  }

  private async alarm(
    em: EntityManager,
    { siteId, data }: MailRow,
    site: SiteRow,
    { alarm, queues }: MailWords,
  ): Promise<Content | undefined> {
    const queue = data.queue as Queue;
    const late = await staffMailStore.alarm(em, siteId, queue);
    if (!late) return undefined;
    return {
      subject: alarm.subject(queues[queue], site.name),
      intro: alarm.intro(late.items, queues[queue], late.hours),
      ...{ lines: [], at: `#/queues/${queue}` },
    };
  }

  private async givenUp(
    em: EntityManager,
    { siteId, data }: MailRow,
    site: SiteRow,
    { givenUp: w }: MailWords,
  ): Promise<Content | undefined> {
    const endpoint = await staffMailStore.endpoint(em, siteId, data.endpointId ?? '');
    if (!endpoint) return undefined;
    const { url, description, why } = endpoint;
    const lines = [description === '' ? url : `${url} (${description})`, w.missed, w.next];
    return { subject: w.subject(site.name), intro: w.intro[why], lines, at: '#/outgoing/webhooks' };
  }

  private async digest(
    em: EntityManager,
    { siteId, data }: MailRow,
    site: SiteRow,
    { staffDigest: w, queues }: MailWords,
  ): Promise<Content | undefined> {
    if (!site.settings.staffDigest) return undefined;
    const since = new Date(data.since ?? '');
    const { posted, decided, reported } = await staffMailStore.day(em, siteId, idOfInstant(since), since);
    const waiting = await staffMailStore.waiting(em, siteId);
    const { mailLanguage, timeZone } = site.settings;
    const day = since.toLocaleDateString(mailLanguage, { dateStyle: 'full', timeZone });
    return {
      subject: w.subject(site.name, day),
      intro: w.intro(site.name),
      lines: [
        ...[w.posted(posted), w.decided(decided), w.reported(reported)],
        ...waiting.map(({ queue, items, hours }) => `${w.waiting(items, queues[queue])}, ${w.oldest(hours)}`),
      ],
      at: '',
    };
  }
}
