import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { PageCache } from '../page-cache.js';
import { ThreadDirectory } from '../thread-directory.js';
import { ANNOTATION_TYPE } from './annotation.js';
import { ANNOTATION_SCHEMA, COLLECTION_SCHEMA } from './annotation.schema.js';
import { AnnotationsQuery } from './dto/annotations.request.js';
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

  /** One published comment on a passage, or one question, as a W3C Web Annotation. */
  @Get('annotations/:id')
  @ApiOkResponse({ content: { 'application/ld+json': { schema: ANNOTATION_SCHEMA } } })
  async read(
    @UuidParam('id', 'annotation') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const threadId = await this.readAnnotations.threadOf(id);
    await this.pages.serve(request, reply, threadId, async () => ({
      contentType: ANNOTATION_TYPE,
      headers: ONE,
      body: JSON.stringify(await this.readAnnotations.one(threadId, id)),
    }));
  }
}
