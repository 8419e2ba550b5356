import { Body, Controller, Get, Param, Patch, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { JSON_TYPE } from '../../platform/http/media-types.js';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { PageCache } from '../page-cache.js';
import { ReadThread } from '../read-thread.js';
import { StaffPassageView } from '../staff-passage.view.js';
import { ThreadDirectory } from '../thread-directory.js';
import { anchorOf } from './anchor.request.js';
import { AskQuestion } from './ask-question.js';
import { ChangePassage } from './change-passage.js';
import { passageListView, PassageListView } from './passage-list.view.js';
import { PassageView } from './passage.view.js';
import { ReadPassage } from './read-passage.js';
import { AskQuestionRequest, ChangePassageRequest } from './passages.request.js';

@ApiTags('inline feedback')
@Controller('api/v1/sites/:site/threads/:key/passages')
export class PassagesController {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly pages: PageCache,
    private readonly readThread: ReadThread,
    private readonly readPassage: ReadPassage,
    private readonly askQuestion: AskQuestion,
    private readonly changePassage: ChangePassage,
  ) {}

  /** The article's questions, and what readers marked and comments are published on; by place, orphans last. */
  @Get()
  @ApiOkResponse({ type: PassageListView })
  async list(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { threadId } = await this.directory.find({ siteKey, threadKey });
    await this.pages.serve(
      request,
      reply,
      threadId,
      async () => ({
        contentType: JSON_TYPE,
        body: JSON.stringify(passageListView((await this.readThread.run(threadId)).view)),
      }),
      [],
    );
  }

  /** Places a question in the article; staff only. */
  @Post()
  @ApiBearerAuth('staff')
  @ApiCreatedResponse({ type: PassageView })
  @UseGuards(ResolveActor)
  ask(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @CurrentActor() actor: Actor,
    @Body() { prompt, anchor }: AskQuestionRequest,
  ): Promise<PassageView> {
    return this.askQuestion.run(actor, { siteKey, threadKey, prompt, anchor: anchorOf(anchor) });
  }

  /** One passage in its context, in every text, and where an orphan perhaps stands; staff only. */
  @Get(':id')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  read(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @UuidParam('id', 'passage') id: string,
    @CurrentActor() actor: Actor,
  ): Promise<StaffPassageView> {
    return this.readPassage.run(actor, { siteKey, threadKey, id });
  }

  /** Rewords, closes or reopens a question, or says where a passage stands now; staff only. */
  @Patch(':id')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  change(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @UuidParam('id', 'passage') id: string,
    @CurrentActor() actor: Actor,
    @Body() { anchor, ...body }: ChangePassageRequest,
  ): Promise<PassageView> {
    const place = anchor === undefined ? {} : { anchor: anchorOf(anchor) };
    return this.changePassage.run(actor, { siteKey, threadKey, id, ...body, ...place });
  }
}
