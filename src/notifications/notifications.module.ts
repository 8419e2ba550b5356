import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { SitesModule } from '../sites/index.js';
import { ThreadsModule } from '../threads/index.js';
import { ADDRESS_CONTROLLERS, ADDRESS_PROVIDERS } from './addresses/index.js';
import { MailComposers } from './mails/mail-composers.js';
import { MailQueue } from './mails/mail-queue.js';

/** Who wants to be told of what, and the mails, pushes and inboxes that tell it. */
@Module({
  imports: [SitesModule, IdentityModule, ThreadsModule],
  controllers: [...ADDRESS_CONTROLLERS],
  providers: [...ADDRESS_PROVIDERS, MailComposers, MailQueue],
})
export class NotificationsModule {}
