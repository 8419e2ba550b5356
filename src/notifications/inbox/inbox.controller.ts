import { Body, Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, requireReader, ResolveActor, type Actor } from '../../identity/index.js';
import { CrossOrigin } from '../../sites/index.js';
import { InboxQuery, ReadNotificationsRequest } from './inbox.request.js';
import { InboxView, UnreadView } from './inbox.view.js';
import { MarkRead } from './mark-read.js';
import { ReadInbox } from './read-inbox.js';

@ApiTags('readers')
@ApiBearerAuth('reader')
@Controller('api/v1/me/notifications')
@UseGuards(ResolveActor)
export class InboxController {
  constructor(
    private readonly readInbox: ReadInbox,
    private readonly markRead: MarkRead,
  ) {}

  /** Answers, mentions, and what was decided about me, newest first. What is not so any more has gone. */
  @Get()
  list(@CurrentActor() actor: Actor, @Query() query: InboxQuery): Promise<InboxView> {
    return this.readInbox.run(requireReader(actor), query);
  }

  /** Marks some as read, or all up to a moment. Answers how many are left. */
  @Post('read')
  @HttpCode(200)
  read(
    @CurrentActor() actor: Actor,
    @Body() body: ReadNotificationsRequest,
    @CrossOrigin() origin: string | undefined,
  ): Promise<UnreadView> {
    return this.markRead.run(requireReader(actor), { ...body, origin });
  }
}
