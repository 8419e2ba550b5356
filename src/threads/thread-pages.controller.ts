import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ATOM_TYPE, HTML_TYPE } from '../platform/http/media-types.js';
import { CONFIG, type RuntimeConfig } from '../platform/tokens.js';
import { SiteCache } from '../sites/index.js';
import { ListComments } from './list-comments.js';
import { listingStore } from './listing.store.js';
import { PageCache } from './page-cache.js';
import { FEED_LENGTH, renderAtomFeed } from './pages/atom-feed.js';
import { renderThreadPage, THREAD_PAGE_CSP } from './pages/thread-page.js';
import { ReadThread } from './read-thread.js';
import { ThreadPageForms } from './thread-page-forms.js';
import { ThreadDirectory } from './thread-directory.js';
import { feedView, threadPageView, type PageContext } from './thread-page.view.js';

const COMMENTS_ON_PAGE = 50;
/** What modules above this one have to ask for, such as the text of a mailing list, changes without a version of the page. */
const FORMS_VALID_MS = 60_000;
const FEED_SUFFIX = '.atom';

/** What else stands in a link to the page, such as where it was found, is nobody's business here. */
const SHAPED_BY = ['cursor'];

/** The thread for those without JavaScript, and for feed readers. */
@ApiExcludeController()
@Controller('t/:site')
export class ThreadPagesController {
  constructor(
    private readonly sites: SiteCache,
    private readonly directory: ThreadDirectory,
    private readonly pages: PageCache,
    private readonly readThread: ReadThread,
    private readonly listComments: ListComments,
    private readonly forms: ThreadPageForms,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  @Get(':key')
  async page(
    @Param('site') siteKey: string,
    @Param('key') name: string,
    @Query('cursor') given: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const cursor = typeof given === 'string' ? given : undefined;
    const feed = name.endsWith(FEED_SUFFIX);
    const threadKey = feed ? name.slice(0, -FEED_SUFFIX.length) : name;
    const { threadId } = await this.directory.find({ siteKey, threadKey });
    if (feed) return this.pages.serve(request, reply, threadId, () => this.feed(siteKey, threadKey, threadId), []);
    return this.pages.serve(
      request,
      reply,
      threadId,
      () => this.thread(siteKey, threadKey, threadId, cursor),
      SHAPED_BY,
    );
  }

  private async thread(siteKey: string, threadKey: string, threadId: string, cursor: string | undefined) {
    const list = await this.listComments.roots(threadId, { sort: 'oldest', limit: COMMENTS_ON_PAGE, cursor });
    const { view: thread, validUntil } = await this.readThread.run(threadId);
    const context = await this.context(siteKey, threadKey);
    const view = threadPageView(context, thread, list, !cursor);
    const site = await this.sites.siteByKey(siteKey);
    const path = new URL(context.pageUrl).pathname;
    const forms = await this.forms.html({ site, path, lang: view.lang, state: view.state });
    return {
      contentType: HTML_TYPE,
      headers: { 'content-security-policy': THREAD_PAGE_CSP },
      body: renderThreadPage({ ...view, forms }),
      validUntil: new Date(Math.min(validUntil?.getTime() ?? Infinity, Date.now() + FORMS_VALID_MS)),
    };
  }

  private async feed(siteKey: string, threadKey: string, threadId: string) {
    const thread = await this.readThread.row(threadId);
    const rows = await listingStore.feed(this.unitOfWork.em, threadId, FEED_LENGTH);
    const context = await this.context(siteKey, threadKey);
    return { contentType: ATOM_TYPE, body: renderAtomFeed(feedView(context, thread, rows)) };
  }

  private async context(siteKey: string, threadKey: string): Promise<PageContext> {
    const site = await this.sites.siteByKey(siteKey);
    const pageUrl = `${this.config.publicUrl}/t/${encodeURIComponent(siteKey)}/${encodeURIComponent(threadKey)}`;
    return { siteName: site.name, lang: 'en', pageUrl, feedUrl: `${pageUrl}${FEED_SUFFIX}` };
  }
}
