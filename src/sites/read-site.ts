import { Injectable } from '@nestjs/common';
import { siteView, type SiteView } from './dto/site.view.js';
import { SiteCache } from './site-cache.js';

/** A site as everybody sees it. */
@Injectable()
export class ReadSite {
  constructor(private readonly sites: SiteCache) {}

  async run(key: string): Promise<SiteView> {
    return siteView(await this.sites.siteByKey(key));
  }
}
