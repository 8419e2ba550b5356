import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { BoundedMap } from '../../platform/bounded-map.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Signals } from '../../platform/stream/signals.js';
import { compileRules, defaultRules, parseRules, type CompiledRules, type Rule } from '../../screening/index.js';
import { ReadRules, SITE_CHANGED_SIGNAL, SiteCache, type SiteRow, type StoredRule } from '../../sites/index.js';

interface Entry {
  version: number;
  rules: Promise<CompiledRules>;
}

/** Sites whose own rules a node keeps ready: a list of 5,000 words takes some megabytes. */
const MAX_SITES = 200;

/**
 * The rules of sites, ready to screen with. Every site row says which version its rules have, so what is kept here is
 * right as long as the row is: no further question to the database, and nothing to compare.
 */
@Injectable()
export class SiteRules implements OnModuleInit {
  private readonly logger = new Logger(SiteRules.name);
  private readonly ready = new BoundedMap<string, Entry>(MAX_SITES);
  private defaults: Promise<CompiledRules> | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly signals: Signals,
    private readonly readRules: ReadRules,
  ) {}

  onModuleInit(): void {
    this.signals.on(SITE_CHANGED_SIGNAL, (ids) => void this.renew(ids));
  }

  of(site: Pick<SiteRow, 'id' | 'rulesVersion'>): Promise<CompiledRules> {
    if (site.rulesVersion === 0) return (this.defaults ??= this.compileDefaults());
    const known = this.ready.get(site.id);
    if (known && known.version >= site.rulesVersion) return known.rules;
    const entry = { version: site.rulesVersion, rules: this.load(site.id) };
    this.ready.set(site.id, entry);
    entry.rules.catch(() => {
      if (this.ready.get(site.id) === entry) this.ready.delete(site.id);
    });
    return entry.rules;
  }

  /** Before anybody posts: whoever does meanwhile waits for the same. */
  private async renew(ids: readonly unknown[]): Promise<void> {
    for (const id of new Set(ids)) {
      if (typeof id !== 'string' || !this.ready.get(id)) continue;
      try {
        await this.of(await this.sites.siteById(id));
      } catch (error) {
        this.logger.warn(`the rules of a site could not be made ready: ${(error as Error).message}`);
      }
    }
  }

  private async load(siteId: string): Promise<CompiledRules> {
    const stored = await this.readRules.run(this.unitOfWork.em, siteId);
    return compileRules(stored.flatMap((rule) => this.parsed(siteId, rule)));
  }

  private compileDefaults(): Promise<CompiledRules> {
    const rules = compileRules(defaultRules().flatMap((rule) => this.parsed('every site', rule)));
    rules.catch(() => (this.defaults = undefined));
    return rules;
  }

  /** One that an older Postil took and this one does not must not stop a site's posting. */
  private parsed(site: string, { action, ...rule }: StoredRule): readonly Rule[] {
    const read = parseRules([{ ...rule, ...(action === null ? {} : { action }) }]);
    if ('rules' in read) return read.rules;
    const why = read.problems[0];
    this.logger.error(`rule ${rule.id} of site ${site} is left out: ${why?.pointer ?? ''} ${why?.detail ?? ''}`);
    return [];
  }
}
