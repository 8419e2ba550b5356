import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ShortCache } from '../platform/cache/short-cache.js';
import { Clock } from '../platform/clock/clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { isUuid } from '../platform/http/cursor.js';
import { Signals } from '../platform/stream/signals.js';
import { SITE_CHANGED_SIGNAL } from './site-changed.projection.js';
import { siteRow, type SiteRow } from './site-row.js';
import { allOrigins, findSiteById, findSiteByKey } from './site.store.js';

const MAX_AGE_MS = 1_000;
const MAX_SITES = 10_000;
const MAX_KEY_LENGTH = 255;

/** Sites as this node last read them: a second old at most, and forgotten at once when one changes anywhere. */
@Injectable()
export class SiteCache implements OnModuleInit {
  private readonly byKey: ShortCache<string, SiteRow | undefined>;
  private readonly byId: ShortCache<string, SiteRow | undefined>;
  private readonly origins: ShortCache<'all', ReadonlySet<string>>;

  constructor(
    unitOfWork: UnitOfWork,
    private readonly signals: Signals,
    clock: Clock,
  ) {
    const options = { maxAgeMs: MAX_AGE_MS, maxEntries: MAX_SITES, now: () => clock.now().getTime() };
    const row = (stored: Parameters<typeof siteRow>[0] | undefined) => stored && siteRow(stored);
    this.byKey = new ShortCache(async (key) => row(await findSiteByKey(unitOfWork.em, key)), options);
    this.byId = new ShortCache(async (id) => row(await findSiteById(unitOfWork.em, id)), options);
    this.origins = new ShortCache(() => allOrigins(unitOfWork.em), options);
  }

  onModuleInit(): void {
    this.signals.on(SITE_CHANGED_SIGNAL, () => this.forget());
    this.signals.onReconnected(() => this.forget());
  }

  /** Unknown keys are remembered too; what no key can be is never asked for. */
  async find(key: string): Promise<SiteRow | undefined> {
    return isSiteKey(key) ? this.byKey.get(key) : undefined;
  }

  /** @throws not-found */
  async siteByKey(key: string): Promise<SiteRow> {
    const site = await this.find(key);
    if (!site) throw notFound('site');
    return site;
  }

  /** @throws not-found */
  async siteById(id: string): Promise<SiteRow> {
    const site = isUuid(id) ? await this.byId.get(id) : undefined;
    if (!site) throw notFound('site');
    return site;
  }

  /** The permitted origins of all sites. */
  permittedOrigins(): Promise<ReadonlySet<string>> {
    return this.origins.get('all');
  }

  /** Everything: sites change rarely, and the key of a new one may stand here as unknown. */
  forget(): void {
    this.byKey.clear();
    this.byId.clear();
    this.origins.clear();
  }
}

/** 1 to 255 characters; PostgreSQL cannot hold U+0000. */
export function isSiteKey(key: string): boolean {
  return key.length >= 1 && key.length <= MAX_KEY_LENGTH && !key.includes('\0') && key.isWellFormed();
}
