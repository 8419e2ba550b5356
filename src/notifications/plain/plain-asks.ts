import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { toProblem } from '../../platform/http/problem.filter.js';
import { ANONYMOUS, emailAddress } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { escapeMarkup as e, ThreadPageForms, type FormsOf } from '../../threads/index.js';
import { isLanguage, languageOf, type Language } from '../addresses/languages.js';
import { JoinList } from '../mailing-list/join-list.js';
import { MailingLists } from '../mailing-list/mailing-lists.js';
import { paragraph, type Page } from '../preferences/page-shell.js';
import { Subscribe } from '../subscriptions/subscribe.js';
import { PAGE_WORDS } from '../words/pages/index.js';
import { followForm, listForm, type PlainAsk } from './plain-forms.js';

export interface PlainRequest {
  siteKey: string;
  threadKey: string;
  /** Of the thread's plain page, and the same with the server before it. */
  path: string;
  url: string;
  form: URLSearchParams;
  ip: string;
  acceptLanguage: string | undefined;
}

/**
 * What can be asked for without JavaScript, from the plain page of a thread. No session counts, so there is nothing that
 * a page of somebody else could do in a reader's name. The answer is the same page for every address.
 */
@Injectable()
export class PlainAsks implements OnModuleInit {
  private readonly logger = new Logger('http');

  constructor(
    private readonly forms: ThreadPageForms,
    private readonly sites: SiteCache,
    private readonly lists: MailingLists,
    private readonly joinList: JoinList,
    private readonly subscribe: Subscribe,
  ) {}

  onModuleInit(): void {
    this.forms.register((of) => this.formsOf(of));
  }

  async run(ask: PlainAsk, request: PlainRequest): Promise<Page> {
    const site = await this.sites.siteByKey(request.siteKey).catch(() => undefined);
    const language = languageOf(request.acceptLanguage, site?.settings.mailLanguage);
    const { asks } = PAGE_WORDS[language];
    const shell = { lang: language, siteName: site?.name ?? null };
    const back = `<p><a href="${e(request.path)}">${e(asks.back)}</a></p>`;
    if (emailAddress(request.form.get('email') ?? '') === undefined) {
      const again = site ? await this.again(ask, site.id, { ...request, language }) : '';
      return { ...shell, status: 422, title: asks.failed, body: paragraph(asks.noAddress) + again + back };
    }
    try {
      await this.take(ask, request);
    } catch (error) {
      const { status, detail } = toProblem(error);
      if (status >= 500) this.logger.error({ err: error }, 'what was asked for on a plain page could not be taken');
      const why = status < 500 && detail ? detail : asks.later;
      return { ...shell, status, title: asks.failed, body: paragraph(why) + back };
    }
    return { ...shell, status: 202, title: asks.sent, body: paragraph(asks.sentIntro[ask], 'said') + back };
  }

  private async formsOf({ site, path, lang, state }: FormsOf): Promise<string> {
    const language = isLanguage(lang) ? lang : 'en';
    const { asks } = PAGE_WORDS[language];
    const list = await this.lists.find(site.id, null);
    const follow =
      state === 'open'
        ? `<section>\n<h2>${e(asks.followTitle)}</h2>\n${followForm({ path, language })}\n</section>\n`
        : '';
    if (!list || list.closed) return follow;
    const title = `<h2 dir="auto">${e(list.description || list.name)}</h2>`;
    return `${follow}<section>\n${title}\n${listForm(list, { path, language })}\n</section>\n`;
  }

  /** The form once more, with what was typed. */
  private async again(ask: PlainAsk, siteId: string, request: PlainRequest & { language: Language }): Promise<string> {
    const options = { ...request, email: request.form.get('email') ?? '' };
    if (ask === 'subscriptions') return followForm(options);
    const list = await this.lists.find(siteId, request.form.get('list'));
    return list && !list.closed ? listForm(list, options) : '';
  }

  private async take(ask: PlainAsk, request: PlainRequest): Promise<void> {
    const { siteKey, threadKey, form, ip, acceptLanguage, url } = request;
    const email = form.get('email') ?? '';
    const asker = { ip, acceptLanguage };
    if (ask === 'subscriptions') {
      const what = { kind: 'thread', commentId: null } as const;
      await this.subscribe.run(ANONYMOUS, { siteKey, threadKey, email, asker, ...what });
      return;
    }
    const version = Number(form.get('textVersion'));
    const textVersion = Number.isSafeInteger(version) && version > 0 ? version : null;
    await this.joinList.run({
      siteKey,
      email,
      list: form.get('list'),
      textVersion,
      page: url,
      referer: undefined,
      origin: undefined,
      asker,
    });
  }
}
