import { Injectable } from '@nestjs/common';
import { authorise, requireStaff, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { ApplyRules } from './apply-rules.js';
import { known } from './change-rule.js';

/** A rule goes; what it was stays in its history, and in the findings that name it. */
@Injectable()
export class RemoveRule {
  constructor(
    private readonly sites: SiteCache,
    private readonly apply: ApplyRules,
  ) {}

  async run(
    actor: Actor,
    { site: siteKey, id, version }: { site: string; id: string; version: number },
  ): Promise<void> {
    const staff = requireStaff(actor);
    const site = await this.sites.siteByKey(siteKey);
    authorise(staff, 'rule.change', site.id, 'site');
    await this.apply.run(staff, {
      site,
      pointerOf: () => '',
      change: (current) => ({ put: [], remove: [known(current, id, version)] }),
    });
  }
}
