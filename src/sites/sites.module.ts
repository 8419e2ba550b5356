import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Relay } from '../platform/stream/relay.js';
import { ChangeSite } from './change-site.js';
import { CreateSite } from './create-site.js';
import { OriginPolicy } from './origin-policy.js';
import { ReadSite } from './read-site.js';
import { ChangeRules } from './rules/change-rules.js';
import { ReadRules } from './rules/read-rules.js';
import { RuleSecrets } from './rules/rule-secrets.js';
import { SiteCache } from './site-cache.js';
import { SiteChangedProjection } from './site-changed.projection.js';
import { Site } from './site.entity.js';
import { SitesController } from './sites.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([Site])],
  controllers: [SitesController],
  providers: [SiteCache, OriginPolicy, ReadSite, CreateSite, ChangeSite, ReadRules, ChangeRules, RuleSecrets],
  exports: [SiteCache, OriginPolicy, CreateSite, ChangeSite, ReadRules, ChangeRules, RuleSecrets],
})
export class SitesModule implements OnModuleInit {
  constructor(private readonly relay: Relay) {}

  onModuleInit(): void {
    this.relay.register(new SiteChangedProjection());
  }
}
