import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../platform/http/uuid-param.js';
import { CurrentActor, ResolveActor, type Actor } from '../identity/index.js';
import { ChangeEndpoints } from './change-endpoints.js';
import { DeliveryListView, DeliveryView } from './delivery.view.js';
import {
  ChangeEndpointRequest,
  ListDeliveriesRequest,
  NewEndpointRequest,
  RotateSecretRequest,
} from './dto/webhooks.request.js';
import { EndpointListView, EndpointView, EndpointWithSecretView } from './endpoint.view.js';
import { ReadEndpoints } from './read-endpoints.js';
import { SendAgain } from './send-again.js';

const Id = () => UuidParam('id', 'webhook');

@ApiTags('webhooks')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/sites/:site/webhooks')
export class WebhooksController {
  constructor(
    private readonly endpoints: ReadEndpoints,
    private readonly changeEndpoints: ChangeEndpoints,
    private readonly sendAgain: SendAgain,
  ) {}

  /** Where a site is told of what happens, for its owners and admins. */
  @Get()
  list(@CurrentActor() actor: Actor, @Param('site') site: string): Promise<EndpointListView> {
    return this.endpoints.list(actor, site);
  }

  /** Adds an endpoint. Its secret is shown this once. */
  @Post()
  add(
    @CurrentActor() actor: Actor,
    @Param('site') site: string,
    @Body() body: NewEndpointRequest,
  ): Promise<EndpointWithSecretView> {
    return this.changeEndpoints.add(actor, site, body);
  }

  /** One endpoint. */
  @Get(':id')
  one(@CurrentActor() actor: Actor, @Param('site') site: string, @Id() id: string): Promise<EndpointView> {
    return this.endpoints.one(actor, site, id);
  }

  /** Changes it, disables it, or enables it again. */
  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('site') site: string,
    @Id() id: string,
    @Body() body: ChangeEndpointRequest,
  ): Promise<EndpointView> {
    return this.changeEndpoints.change(actor, site, id, body);
  }

  /** Removes it, with the log of its deliveries. */
  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('site') site: string, @Id() id: string): Promise<void> {
    return this.changeEndpoints.remove(actor, site, id);
  }

  /** A new secret, shown this once; the one before signs too for a while. */
  @Post(':id/secret')
  rotate(
    @CurrentActor() actor: Actor,
    @Param('site') site: string,
    @Id() id: string,
    @Body() body: RotateSecretRequest,
  ): Promise<EndpointWithSecretView> {
    return this.changeEndpoints.rotate(actor, site, id, body.overlapSeconds);
  }

  /** Sends a `webhook.test`. */
  @Post(':id/test')
  @HttpCode(202)
  test(@CurrentActor() actor: Actor, @Param('site') site: string, @Id() id: string): Promise<DeliveryView> {
    return this.sendAgain.test(actor, site, id);
  }

  /** What was sent and what became of it, newest first; kept for 30 days. */
  @Get(':id/deliveries')
  deliveries(
    @CurrentActor() actor: Actor,
    @Param('site') site: string,
    @Id() id: string,
    @Query() query: ListDeliveriesRequest,
  ): Promise<DeliveryListView> {
    return this.endpoints.deliveries(actor, site, id, query);
  }

  /** Sends it once more, under the same id, with what is so now. */
  @Post(':id/deliveries/:delivery/send')
  @HttpCode(202)
  again(
    @CurrentActor() actor: Actor,
    @Param('site') site: string,
    @Id() id: string,
    @UuidParam('delivery', 'delivery') delivery: string,
  ): Promise<DeliveryView> {
    return this.sendAgain.run(actor, site, id, delivery);
  }
}
