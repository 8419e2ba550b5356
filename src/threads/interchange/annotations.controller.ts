import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { PageCache } from '../page-cache.js';
import { ThreadDirectory } from '../thread-directory.js';
import { ANNOTATION_TYPE } from './annotation.js';
import { ANNOTATION_SCHEMA, COLLECTION_SCHEMA, DOCUMENT_SCHEMA } from './annotation.schema.js';
import { AnnotationsQuery, ImportAnnotationsQuery } from './dto/annotations.request.js';
import { ImportAnnotations } from './import-annotations.js';
import { ImportReportView } from './import-report.view.js';
import { ReadAnnotations } from './read-annotations.js';

/** By the W3C's protocol: one annotation is a resource of its own. */
const ONE = { link: '<http://www.w3.org/ns/ldp#Resource>; rel="type"', allow: 'GET, HEAD, OPTIONS' };

@ApiTags('interchange')
@Controller('api/v1')
export class AnnotationsController {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly pages: PageCache,
    private readonly readAnnotations: ReadAnnotations,
    private readonly importAnnotations: ImportAnnotations,
  ) {}

  /** A thread's inline feedback as W3C Web Annotations: a collection with its first page, or a page of it. */
  @Get('sites/:site/threads/:key/passages.jsonld')
  @ApiOkResponse({ content: { 'application/ld+json': { schema: COLLECTION_SCHEMA } } })
  async list(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @Query() { cursor }: AnnotationsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { threadId } = await this.directory.find({ siteKey, threadKey });
    await this.pages.serve(request, reply, threadId, async () => ({
      contentType: ANNOTATION_TYPE,
      body: JSON.stringify(await this.readAnnotations.list(threadId, cursor)),
    }));
  }

  /** Imports annotations of other tools, or of this one; staff only. Importing them again changes nothing. */
  @Post('sites/:site/threads/:key/passages.jsonld')
  @ApiBearerAuth('staff')
  @ApiConsumes('application/ld+json', 'application/json')
  @ApiBody({ schema: DOCUMENT_SCHEMA })
  @HttpCode(200)
  @UseGuards(ResolveActor)
  import(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @CurrentActor() actor: Actor,
    @Query() { status, source, revision }: ImportAnnotationsQuery,
    @Body() document: unknown,
  ): Promise<ImportReportView> {
    const publish = status === 'published';
    return this.importAnnotations.run(actor, { siteKey, threadKey, document, source, revision, publish });
  }

  /** One published comment on a passage, or one question, as a W3C Web Annotation. */
  @Get('annotations/:id')
  @ApiOkResponse({ content: { 'application/ld+json': { schema: ANNOTATION_SCHEMA } } })
  async read(
    @UuidParam('id', 'annotation') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const threadId = await this.readAnnotations.threadOf(id);
    await this.pages.serve(
      request,
      reply,
      threadId,
      async () => ({
        contentType: ANNOTATION_TYPE,
        headers: ONE,
        body: JSON.stringify(await this.readAnnotations.one(threadId, id)),
      }),
      [],
    );
  }
}
