import { Module, type OnModuleInit } from '@nestjs/common';
import { Relay } from '../platform/stream/relay.js';
import { IdentityModule } from '../identity/index.js';
import { SitesModule } from '../sites/index.js';
import { ThreadsModule } from '../threads/index.js';
import { ChangeEndpoints } from './change-endpoints.js';
import { Deliver } from './deliver.js';
import { DisableEndpoint } from './disable-endpoint.js';
import { Messages } from './message.js';
import { ReadEndpoints } from './read-endpoints.js';
import { SendAgain } from './send-again.js';
import { EndpointSecrets } from './signature.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksProjection } from './webhooks.projection.js';

@Module({
  imports: [SitesModule, IdentityModule, ThreadsModule],
  controllers: [WebhooksController],
  providers: [
    WebhooksProjection,
    EndpointSecrets,
    Messages,
    Deliver,
    DisableEndpoint,
    ReadEndpoints,
    ChangeEndpoints,
    SendAgain,
  ],
})
export class WebhooksModule implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly projection: WebhooksProjection,
  ) {}

  onModuleInit(): void {
    this.relay.register(this.projection);
  }
}
