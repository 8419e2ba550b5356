import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RuntimeConfig } from '../platform/tokens.js';
import { isPermittedOrigin, ownOrigins } from './origin.js';
import { SiteCache } from './site-cache.js';
import type { SiteRow } from './site-row.js';
import { originNotPermitted } from './sites.errors.js';

/** Whose pages may write. Not a protection of the data (a server sends what `Origin` it likes), but of a reader's session. */
@Injectable()
export class OriginPolicy {
  private readonly own: ReadonlySet<string>;

  constructor(
    private readonly sites: SiteCache,
    @Inject(CONFIG) config: RuntimeConfig,
  ) {
    this.own = ownOrigins(config.publicUrl, config.production);
  }

  /** `origin` as `crossOrigin` gives it: undefined where no page of another host asks. */
  permits(site: Pick<SiteRow, 'origins'>, origin: string | undefined): boolean {
    return origin === undefined || isPermittedOrigin(site, origin, this.own);
  }

  /** @throws origin-not-permitted */
  assertPermitted(site: Pick<SiteRow, 'origins'>, origin: string | undefined): void {
    if (!this.permits(site, origin)) throw originNotPermitted();
  }

  /** For routes whose path names no site: permitted for at least one. */
  async permitsSomewhere(origin: string): Promise<boolean> {
    return this.own.has(origin) || (await this.sites.permittedOrigins()).has(origin);
  }

  /** Whether it is this server's own. */
  isOwn(origin: string): boolean {
    return this.own.has(origin);
  }
}
