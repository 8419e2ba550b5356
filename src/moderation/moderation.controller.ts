import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../identity/index.js';
import { StaffCommentView } from '../threads/index.js';
import { idempotencyKey } from '../platform/http/idempotency-key.js';
import { UuidParam } from '../platform/http/uuid-param.js';
import { Claims } from './claims.js';
import { CommentDetail } from './comment-detail.js';
import { CommentDetailView } from './comment-detail.view.js';
import { Decide } from './decide.js';
import { BatchAnswer } from './decision.view.js';
import {
  ClaimRequest,
  DecideRequest,
  ListItemsQuery,
  LogQuery,
  PinRequest,
  ReasonsQuery,
  SiteQuery,
} from './dto/moderation.request.js';
import { Escalate } from './escalations/escalate.js';
import { UndoBatch } from './escalations/undo-batch.js';
import { LogView } from './log.view.js';
import { PinComment } from './pin-comment.js';
import { ClaimedItemsView, QueueCountsView, QueueItemListView, QueueItemView } from './queue-item.view.js';
import { QueueItems } from './queue-items.js';
import { ReadLog } from './read-log.js';
import { ReasonListView } from './reason.view.js';
import { Reasons } from './reasons.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation')
export class ModerationController {
  constructor(
    private readonly items: QueueItems,
    private readonly claims: Claims,
    private readonly decideOn: Decide,
    private readonly escalate: Escalate,
    private readonly undoBatch: UndoBatch,
    private readonly pinComment: PinComment,
    private readonly detail: CommentDetail,
    private readonly readLog: ReadLog,
    private readonly reasonList: Reasons,
  ) {}

  /** How much waits in each queue, and for how long. */
  @Get('queues')
  counts(@CurrentActor() actor: Actor, @Query() { site }: SiteQuery): Promise<QueueCountsView> {
    return this.items.counts(actor, site);
  }

  /** What waits in a queue. With `reason` or `q` a page may be short although more follow: `nextCursor` says so. */
  @Get('queues/:queue/items')
  list(
    @CurrentActor() actor: Actor,
    @Param('queue') queue: string,
    @Query() query: ListItemsQuery,
  ): Promise<QueueItemListView> {
    const { site: siteKey, thread: threadKey, reader: readerId, q: text, ...rest } = query;
    return this.items.list(actor, { queue, siteKey, threadKey, readerId, text, ...rest });
  }

  /** What I hold first, then the next unclaimed by priority. */
  @Post('claims')
  @HttpCode(200)
  claim(
    @CurrentActor() actor: Actor,
    @Body() { queue, site: siteKey, limit }: ClaimRequest,
  ): Promise<ClaimedItemsView> {
    return this.claims.claim(actor, { queue, siteKey, limit });
  }

  /** Gives an item back. */
  @Delete('claims/:itemId')
  @HttpCode(204)
  release(@CurrentActor() actor: Actor, @UuidParam('itemId', 'item') itemId: string): Promise<void> {
    return this.claims.release(actor, itemId);
  }

  /** Gives an item back, and is never offered it again. */
  @Post('claims/:itemId/skip')
  @HttpCode(204)
  skip(@CurrentActor() actor: Actor, @UuidParam('itemId', 'item') itemId: string): Promise<void> {
    return this.claims.skip(actor, itemId);
  }

  /** Holds an item for another full lease. */
  @Put('claims/:itemId')
  renew(@CurrentActor() actor: Actor, @UuidParam('itemId', 'item') itemId: string): Promise<QueueItemView> {
    return this.claims.renew(actor, itemId);
  }

  /** One action on many comments; each is applied, or told why not. */
  @Post('decisions')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same call again answers as it did.' })
  async decide(
    @CurrentActor() actor: Actor,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: DecideRequest,
  ): Promise<BatchAnswer> {
    const { action } = body;
    await this.reasonList.check(actor, body.reason);
    const input = { ...body, idempotencyKey: idempotencyKey(key) };
    return action === 'escalate' ? this.escalate.run(actor, input) : this.decideOn.run(actor, { ...input, action });
  }

  /** Takes a batch of decisions back. */
  @Post('decisions/:batchId/undo')
  @HttpCode(200)
  undo(@CurrentActor() actor: Actor, @UuidParam('batchId', 'batch') batchId: string): Promise<BatchAnswer> {
    return this.undoBatch.run(actor, batchId);
  }

  /** Why a comment may be taken down, and a reader sanctioned: codes, texts and what they rest on. */
  @Get('reasons')
  reasons(@CurrentActor() actor: Actor, @Query() { site }: ReasonsQuery): Promise<ReasonListView> {
    return this.reasonList.list(actor, site);
  }

  /** All that is known of one comment. */
  @Get('comments/:id')
  read(@CurrentActor() actor: Actor, @UuidParam('id', 'comment') id: string): Promise<CommentDetailView> {
    return this.detail.run(actor, id);
  }

  /** Puts a comment at the head of its thread, or takes it away from there. */
  @Put('comments/:id/pin')
  pin(
    @CurrentActor() actor: Actor,
    @UuidParam('id', 'comment') commentId: string,
    @Body() { pinned }: PinRequest,
  ): Promise<StaffCommentView> {
    return this.pinComment.run(actor, { commentId, pinned });
  }

  /** Who did what when, newest first. */
  @Get('log')
  log(@CurrentActor() actor: Actor, @Query() { site: siteKey, ...rest }: LogQuery): Promise<LogView> {
    return this.readLog.run(actor, { siteKey, ...rest });
  }
}
