import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Statements, type AccountRestriction, type StatementView } from '../../moderation/index.js';
import { SiteCache, type SiteRow } from '../../sites/index.js';
import { AddressTokens } from '../addresses/address-tokens.js';
import { addresseeOf, type Addressee } from '../mails/addressee.js';
import type { ComposedMail, DroppedMail, MailComposer, MailRow } from '../mails/mail.js';
import { brandOf } from '../templates/brand.js';
import { LetterWriter } from '../templates/letter-writer.js';
import type { Block } from '../templates/letter.js';
import { wordsIn } from '../words/index.js';
import type { Words } from '../words/words.js';
import { outcomeStore } from './outcome.store.js';

interface Said {
  subject: string;
  blocks: Block[];
}

const NOT_SO = { drop: 'not-so-any-more' };

/**
 * What was decided about somebody: a statement of reasons, the outcome of an appeal or a report. The text that was judged
 * is not in it: mailboxes are read by others too.
 */
@Injectable()
export class OutcomeComposer implements MailComposer {
  readonly kinds = ['rejected', 'sanction', 'appeal', 'report'] as const;

  constructor(
    private readonly sites: SiteCache,
    private readonly statements: Statements,
    private readonly tokens: AddressTokens,
    private readonly writer: LetterWriter,
  ) {}

  async compose(em: EntityManager, mail: MailRow): Promise<ComposedMail | DroppedMail> {
    const site = await this.sites.siteById(mail.siteId);
    const to = await addresseeOf(em, mail, site);
    if ('drop' in to) return to;
    if (!to.tellOwn) return { drop: 'not-wanted' };
    const words = wordsIn(to.language);
    const said = await this.said(em, mail, to, words);
    return said ? this.letter(said, to, site, words) : NOT_SO;
  }

  private async said(em: EntityManager, mail: MailRow, to: Addressee, words: Words): Promise<Said | undefined> {
    const id = mail.data.subjectId ?? '';
    if (mail.kind === 'appeal') return this.appeal(em, id, words);
    if (mail.kind === 'report') return this.report(em, id, to.readerId, words);
    const statement = await this.statements.inForce(
      em,
      mail.kind === 'sanction' ? 'account' : 'comment',
      id,
      to.language,
    );
    return statement && stated(statement, words);
  }

  private async appeal(em: EntityManager, id: string, { mail }: Words): Promise<Said | undefined> {
    const outcome = await outcomeStore.appeal(em, id);
    if (!outcome) return undefined;
    const { subject, intro } = mail.appeal[outcome.state];
    return { subject, blocks: [paragraph(intro), ...explained(outcome.explanation, mail), ...ofThread(outcome, mail)] };
  }

  private async report(
    em: EntityManager,
    id: string,
    readerId: string | null,
    { mail }: Words,
  ): Promise<Said | undefined> {
    const outcome = await outcomeStore.report(em, id, readerId);
    if (!outcome) return undefined;
    return {
      subject: mail.report.subject,
      blocks: [paragraph(mail.report.intro[outcome.state]), ...ofThread(outcome, mail)],
    };
  }

  private async letter(said: Said, to: Addressee, site: SiteRow, { mail }: Words): Promise<ComposedMail> {
    const [first] = said.blocks;
    const links = [{ label: mail.settings, href: this.tokens.preferencesUrl(to) }];
    const letter = {
      language: to.language,
      ...said,
      preview: first?.kind === 'paragraph' ? first.text : '',
      footer: { why: mail.why.own, links },
    };
    return { to: to.email, ...(await this.writer.write(letter, brandOf(site))) };
  }
}

/** The whole statement, in plain words (Art. 17 of the DSA). */
function stated({ words, reason, facts, restriction, where }: StatementView, { mail }: Words): Said {
  const title = where.thread?.title ?? where.siteName;
  const account = restriction in mail.restricted ? (restriction as AccountRestriction) : undefined;
  return {
    subject: account === undefined ? mail.restricted.comment(title) : mail.restricted[account],
    blocks: [
      paragraph(words.what),
      paragraph(mail.reason(reason.label, reason.explanation)),
      ...explained(facts.explanation, mail),
      paragraph(`${words.facts} ${words.automation}`),
      paragraph(`${words.ground} ${words.scope}`),
      paragraph(words.redress),
      ...(where.thread ? [{ kind: 'button', label: mail.toTheArticle, href: where.thread.url } as const] : []),
    ],
  };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

function explained(explanation: string | null, { staffSays }: Words['mail']): Block[] {
  return explanation === null ? [] : [paragraph(staffSays), { kind: 'quote', text: explanation }];
}

export function ofThread(
  { threadTitle, threadUrl }: { threadTitle: string | null; threadUrl: string | null },
  mail: Words['mail'],
): Block[] {
  if (threadTitle === null || threadUrl === null) return [];
  return [paragraph(mail.aboutComment(threadTitle)), { kind: 'button', label: mail.toTheArticle, href: threadUrl }];
}
