import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JSON_TYPE } from '../../platform/http/media-types.js';
import { PageCache } from '../page-cache.js';
import { ThreadDirectory } from '../thread-directory.js';
import { ListPeople } from './list-people.js';
import { ListPeopleQuery } from './people.request.js';
import { PeopleView } from './person.view.js';

@ApiTags('comments')
@Controller('api/v1/sites/:site/threads/:key/people')
export class PeopleController {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly pages: PageCache,
    private readonly listPeople: ListPeople,
  ) {}

  /** Who has published comments in the thread, to be mentioned: `@[name](reader:ID)` in a comment. */
  @Get()
  @ApiOkResponse({ type: PeopleView })
  async list(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @Query() query: ListPeopleQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { site, threadId } = await this.directory.find({ siteKey, threadKey });
    await this.pages.serve(
      request,
      reply,
      threadId,
      async () => {
        const people = await this.listPeople.run({ ...query, siteId: site.id, threadId });
        return { contentType: JSON_TYPE, body: JSON.stringify(people) };
      },
      ['q', 'limit', 'cursor'],
    );
  }
}
