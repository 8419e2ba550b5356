import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SiteView } from './dto/site.view.js';
import { ReadSite } from './read-site.js';

@ApiTags('sites')
@Controller('api/v1/sites/:site')
export class SitesController {
  constructor(private readonly readSite: ReadSite) {}

  /** A site's name, and the settings that a widget needs. */
  @Get()
  @Header('cache-control', 'public, s-maxage=1')
  read(@Param('site') site: string): Promise<SiteView> {
    return this.readSite.run(site);
  }
}
