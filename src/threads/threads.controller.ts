import { Body, Controller, Get, Param, Post, Put, Query, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, requireReader, ResolveActor, type Actor } from '../identity/index.js';
import { JSON_TYPE } from '../platform/http/media-types.js';
import { CrossOrigin } from '../sites/index.js';
import { CreateThread } from './create-thread.js';
import { CountsQuery, EventsQuery } from './dto/comments.request.js';
import { CreateThreadRequest, ListThreadsQuery, SaveThreadRequest } from './dto/threads.request.js';
import { ListThreads } from './list-threads.js';
import { Mine } from './mine.view.js';
import { PageCache } from './page-cache.js';
import { ReadMine } from './read-mine.js';
import { ReadThread } from './read-thread.js';
import { SaveThread } from './save-thread.js';
import { ThreadDirectory } from './thread-directory.js';
import { CaughtUpView, ResyncView, type CatchUp } from './thread-event.view.js';
import { ThreadEvents } from './thread-events.js';
import { SavedThread, ThreadListView, ThreadView } from './thread.view.js';

@ApiTags('threads')
@Controller('api/v1/sites/:site')
export class ThreadsController {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly pages: PageCache,
    private readonly createThread: CreateThread,
    private readonly readThread: ReadThread,
    private readonly readMine: ReadMine,
    private readonly threadEvents: ThreadEvents,
    private readonly saveThread: SaveThread,
    private readonly listThreads: ListThreads,
  ) {}

  /** A thread on first use. 201 where it is new, 200 where it stands already; then nothing changes. */
  @Post('threads')
  @ApiCreatedResponse({ type: ThreadView, description: 'It is new' })
  @ApiOkResponse({ type: ThreadView, description: 'It stood already' })
  async create(
    @Param('site') siteKey: string,
    @CrossOrigin() origin: string | undefined,
    @Body() body: CreateThreadRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ThreadView> {
    const { created, view } = await this.createThread.run({ siteKey, origin, ...body });
    void reply.status(created ? 201 : 200);
    return view;
  }

  /** A site's threads, newest first; staff only. */
  @Get('threads')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  list(
    @Param('site') siteKey: string,
    @CurrentActor() actor: Actor,
    @Query() query: ListThreadsQuery,
  ): Promise<ThreadListView> {
    return this.listThreads.run(actor, { siteKey, ...query });
  }

  /** One thread. */
  @Get('threads/:key')
  @ApiOkResponse({ type: ThreadView })
  async read(
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
      async () => {
        const { view, validUntil } = await this.readThread.run(threadId);
        return { contentType: JSON_TYPE, body: JSON.stringify(view), validUntil };
      },
      [],
    );
  }

  /** Creates or changes a thread; staff only. */
  @Put('threads/:key')
  @ApiBearerAuth('staff')
  @UseGuards(ResolveActor)
  save(
    @Param('site') siteKey: string,
    @Param('key') key: string,
    @CurrentActor() actor: Actor,
    @Body() body: SaveThreadRequest,
  ): Promise<SavedThread> {
    return this.saveThread.run(actor, { siteKey, key, ...body });
  }

  /** What is mine in the thread: votes, comments that others can't see, standing. */
  @Get('threads/:key/me')
  @ApiBearerAuth('reader')
  @UseGuards(ResolveActor)
  async mine(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Mine> {
    void reply.header('cache-control', 'private, no-store');
    return this.readMine.run(requireReader(actor), { siteKey, threadKey });
  }

  /** What happened after a `seq`, complete, or `resync`. */
  @Get('threads/:key/events')
  @ApiExtraModels(CaughtUpView, ResyncView)
  @ApiOkResponse({ schema: { oneOf: [CaughtUpView, ResyncView].map((view) => ({ $ref: getSchemaPath(view) })) } })
  async events(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @Query() { after }: EventsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CatchUp> {
    void reply.header('cache-control', 'no-store');
    const { threadId } = await this.directory.find({ siteKey, threadKey });
    return this.threadEvents.catchUp(threadId, after);
  }

  /** Published comments of many threads: `{"key": 12}`. Threads that nobody has opened count 0. */
  @Get('counts')
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: { type: 'integer' } } })
  async counts(
    @Param('site') siteKey: string,
    @Query() { key }: CountsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, number>> {
    void reply.header('cache-control', 'public, s-maxage=1');
    return this.readThread.counts(siteKey, key);
  }
}
