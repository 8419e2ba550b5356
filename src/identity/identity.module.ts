import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SitesModule } from '../sites/index.js';
import { ActorResolver } from './actor-resolver.js';
import { AddStaff } from './add-staff.js';
import { ChangeStaff } from './change-staff.js';
import { CurrentStaffSession } from './current-staff-session.js';
import { EndReaderSession } from './end-reader-session.js';
import { EnsureFirstOwner } from './ensure-first-owner.js';
import { EnsureSite } from './ensure-site.js';
import { ForgetNetworks } from './forget-networks.js';
import { ListMySites } from './list-my-sites.js';
import { ListStaff } from './list-staff.js';
import { NetworkKeys } from './network-keys.js';
import { ReaderSessionEntity } from './reader-session.entity.js';
import { ReaderSessionsController } from './reader-sessions.controller.js';
import { Reader } from './reader.entity.js';
import { ReaderNews } from './reader-news.js';
import { ReaderStandings } from './reader-standings.js';
import { SaveMySite } from './save-my-site.js';
import { ReaderTokens, StaffTokens } from './session-tokens.js';
import { SignInHint } from './sign-in-hint.js';
import { SignIn } from './sign-in.js';
import { SiteSettingsController } from './site-settings.controller.js';
import { StaffLeaving } from './staff-leaving.js';
import { StaffRole } from './staff-role.entity.js';
import { StaffSession } from './staff-session.entity.js';
import { StaffSessionsController } from './staff-sessions.controller.js';
import { StaffViews } from './staff-views.js';
import { StaffSessions } from './staff-sessions.js';
import { StaffController } from './staff.controller.js';
import { Staff } from './staff.entity.js';
import { StartReaderSession } from './start-reader-session.js';

@Module({
  imports: [SitesModule, TypeOrmModule.forFeature([Staff, StaffRole, StaffSession, Reader, ReaderSessionEntity])],
  controllers: [ReaderSessionsController, StaffSessionsController, StaffController, SiteSettingsController],
  providers: [
    ActorResolver,
    AddStaff,
    ChangeStaff,
    CurrentStaffSession,
    EndReaderSession,
    EnsureFirstOwner,
    EnsureSite,
    ForgetNetworks,
    ListMySites,
    ListStaff,
    NetworkKeys,
    ReaderNews,
    ReaderStandings,
    ReaderTokens,
    SaveMySite,
    SignIn,
    SignInHint,
    StaffLeaving,
    StaffSessions,
    StaffTokens,
    StaffViews,
    StartReaderSession,
  ],
  exports: [
    ActorResolver,
    EnsureFirstOwner,
    EnsureSite,
    ReaderNews,
    ReaderStandings,
    ReaderTokens,
    SignInHint,
    StaffLeaving,
  ],
})
export class IdentityModule {}
