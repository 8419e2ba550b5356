import { Module, type DynamicModule } from '@nestjs/common';
import { Beginning } from './demo.js';
import { IdentityModule } from './identity/index.js';
import { LiveModule } from './live/index.js';
import { ModerationModule } from './moderation/index.js';
import { NotificationsModule } from './notifications/index.js';
import { PlatformModule } from './platform/platform.module.js';
import type { RuntimeConfig } from './platform/tokens.js';
import { SitesModule } from './sites/index.js';
import { ThreadsModule } from './threads/index.js';
import { WebhooksModule } from './webhooks/index.js';

/** The composition root. */
@Module({})
export class AppModule {
  static forRoot(config: RuntimeConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(config),
        SitesModule,
        IdentityModule,
        ThreadsModule,
        ModerationModule,
        NotificationsModule,
        LiveModule,
        WebhooksModule,
      ],
      providers: [Beginning],
    };
  }
}
