import { Body, Controller, Delete, Headers, HttpCode, Ip, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../platform/http/uuid-param.js';
import { CurrentActor, requireReader, ResolveActor, type Actor } from '../../identity/index.js';
import { CrossOrigin } from '../../sites/index.js';
import { AskedView } from '../addresses/asked.view.js';
import { EndSubscription } from './end-subscription.js';
import { Subscribe } from './subscribe.js';
import { SubscribeRequest } from './subscriptions.request.js';

@ApiTags('subscriptions')
@Controller('api/v1')
@UseGuards(ResolveActor)
export class SubscriptionsController {
  constructor(
    private readonly subscribe: Subscribe,
    private readonly endSubscription: EndSubscription,
  ) {}

  /** "Notify of": asks for mails about a thread. The answer is the same for every address. */
  @Post('sites/:site/threads/:key/subscriptions')
  @ApiSecurity({})
  @ApiBearerAuth('reader')
  @HttpCode(202)
  ask(
    @Param('site') siteKey: string,
    @Param('key') threadKey: string,
    @CurrentActor() actor: Actor,
    @Ip() ip: string,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Body() { kind, email = null, commentId = null }: SubscribeRequest,
  ): Promise<AskedView> {
    const what = { kind, email, commentId: commentId?.toLowerCase() ?? null };
    return this.subscribe.run(actor, { siteKey, threadKey, ...what, asker: { ip, acceptLanguage } });
  }

  /** Ends one that this reader has asked for; `GET …/me` lists them. */
  @Delete('subscriptions/:id')
  @ApiBearerAuth('reader')
  @HttpCode(204)
  end(
    @UuidParam('id', 'subscription') id: string,
    @CurrentActor() actor: Actor,
    @CrossOrigin() origin: string | undefined,
  ): Promise<void> {
    return this.endSubscription.run(requireReader(actor), { id, origin });
  }
}
