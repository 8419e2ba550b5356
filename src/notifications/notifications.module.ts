import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { StatementsModule } from '../moderation/index.js';
import { SitesModule } from '../sites/index.js';
import { ThreadsModule } from '../threads/index.js';
import { ADDRESS_CONTROLLERS, ADDRESS_PROVIDERS } from './addresses/index.js';
import { MAIL_CONTROLLERS, MAIL_PROVIDERS } from './mails/index.js';

/** Who wants to be told of what, and the mails, pushes and inboxes that tell it. */
@Module({
  imports: [SitesModule, IdentityModule, ThreadsModule, StatementsModule],
  controllers: [...ADDRESS_CONTROLLERS, ...MAIL_CONTROLLERS],
  providers: [...ADDRESS_PROVIDERS, ...MAIL_PROVIDERS],
})
export class NotificationsModule {}
