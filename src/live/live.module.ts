import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { ModerationModule } from '../moderation/index.js';
import { SitesModule } from '../sites/index.js';
import { ThreadsModule } from '../threads/index.js';
import { LiveGateway } from './live.gateway.js';
import { ModerationGateway } from './moderation.gateway.js';
import { ReaderRooms } from './reader-rooms.js';
import { ThreadRooms } from './thread-rooms.js';

@Module({
  imports: [SitesModule, IdentityModule, ThreadsModule, ModerationModule],
  providers: [ThreadRooms, ReaderRooms, LiveGateway, ModerationGateway],
})
export class LiveModule {}
