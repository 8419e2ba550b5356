import { Controller, Get, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { notFound } from '../../platform/errors.js';
import { JSON_TYPE } from '../../platform/http/media-types.js';
import { PageCache } from '../page-cache.js';
import { ThreadDirectory } from '../thread-directory.js';
import { ReadRevisions } from './read-revisions.js';
import { RevisionListView, RevisionTextView } from './revision.view.js';
import { ListRevisionsQuery } from './revisions.request.js';

@ApiTags('inline feedback')
@Controller('api/v1/sites/:site/threads/:key/revisions')
export class RevisionsController {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly pages: PageCache,
    private readonly readRevisions: ReadRevisions,
  ) {}

  /** The texts that the article has had, newest first. */
  @Get()
  @ApiOkResponse({ type: RevisionListView })
  async list(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @Query() query: ListRevisionsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { threadId } = await this.directory.find({ siteKey, threadKey });
    await this.pages.serve(request, reply, threadId, async () => ({
      contentType: JSON_TYPE,
      body: JSON.stringify(await this.readRevisions.list(threadId, query)),
    }));
  }

  /** One of them with its text; staff only. */
  @Get(':number')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  async read(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @Param('number') number: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RevisionTextView> {
    void reply.header('cache-control', 'private, no-store');
    if (!/^[1-9]\d{0,8}$/.test(number)) throw notFound('revision');
    return this.readRevisions.text(actor, { siteKey, threadKey }, Number(number));
  }
}
