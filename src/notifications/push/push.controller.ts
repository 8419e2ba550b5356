import { Body, Controller, Delete, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, requireReader, ResolveActor, type Actor } from '../../identity/index.js';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { CrossOrigin } from '../../sites/index.js';
import { PushRequest } from './push.request.js';
import { PushSubscriptions } from './push-subscriptions.js';
import { PushSubscriptionView, PushView } from './push.view.js';

@ApiTags('readers')
@ApiBearerAuth('reader')
@Controller('api/v1/me/push')
@UseGuards(ResolveActor)
export class PushController {
  constructor(private readonly subscriptions: PushSubscriptions) {}

  /** The browsers that show my notifications, and the key by which another one subscribes. */
  @Get()
  list(@CurrentActor() actor: Actor): Promise<PushView> {
    return this.subscriptions.list(requireReader(actor));
  }

  /** From now on this browser is pushed what the inbox shows. The same one again replaces its keys. */
  @Post()
  @HttpCode(201)
  add(
    @CurrentActor() actor: Actor,
    @Body() { endpoint, keys: { p256dh, auth } }: PushRequest,
    @CrossOrigin() origin: string | undefined,
  ): Promise<PushSubscriptionView> {
    return this.subscriptions.add(requireReader(actor), { endpoint, keys: { p256dh, auth }, origin });
  }

  @Delete(':id')
  @HttpCode(204)
  end(
    @UuidParam('id', 'push subscription') id: string,
    @CurrentActor() actor: Actor,
    @CrossOrigin() origin: string | undefined,
  ): Promise<void> {
    return this.subscriptions.end(requireReader(actor), { id, origin });
  }
}
