import { Body, Controller, Get, Param, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { SaveSiteRequest, StaffSiteView } from '../sites/index.js';
import type { Actor } from './actor.js';
import { CurrentActor, ResolveActor } from './current-actor.js';
import { MySitesView } from './dto/staff.view.js';
import { ListMySites } from './list-my-sites.js';
import { SaveMySite } from './save-my-site.js';

/** Sites as their staff sees them. They live here and not in `sites` because that knows no actors. */
@ApiTags('sites')
@ApiBearerAuth('staff')
@Controller('api/v1/sites')
@UseGuards(ResolveActor)
export class SiteSettingsController {
  constructor(
    private readonly listMySites: ListMySites,
    private readonly saveMySite: SaveMySite,
  ) {}

  /** The sites on which I have a role. */
  @Get()
  list(@CurrentActor() actor: Actor): Promise<MySitesView> {
    return this.listMySites.run(actor);
  }

  /** Creates a site or changes it; settings that are left out keep their values. */
  @Put(':site')
  save(
    @CurrentActor() actor: Actor,
    @Param('site') key: string,
    @Body() body: SaveSiteRequest,
  ): Promise<StaffSiteView> {
    return this.saveMySite.run(actor, { ...body, key });
  }
}
