import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { Cursor, page } from '../../platform/http/cursor.js';
import { authorise, requireStaff, type Actor } from '../../identity/index.js';
import { defaultRules } from '../../screening/index.js';
import { SiteCache } from '../../sites/index.js';
import { ruleListStore } from './rule-list.store.js';
import { defaultRuleViews, ruleView, type RuleListView, type RuleVersionListView } from './rule.view.js';

/** A site's rules, and how each came to be what it is. */
@Injectable()
export class ListRules {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
  ) {}

  async run(actor: Actor, siteKey: string): Promise<RuleListView> {
    requireStaff(actor);
    const site = await this.sites.siteByKey(siteKey);
    authorise(actor, 'rule.read', site.id, 'site');
    return this.unitOfWork.snapshot(async (em) => {
      const version = await ruleListStore.version(em, site.id);
      const items = version === 0 ? defaultRuleViews() : (await ruleListStore.current(em, site.id)).map(ruleView);
      return { site: site.key, version, items, nextCursor: null };
    });
  }

  async history(
    actor: Actor,
    { siteKey, id, limit, cursor }: { siteKey: string; id: string; limit: number; cursor?: string | undefined },
  ): Promise<RuleVersionListView> {
    requireStaff(actor);
    const site = await this.sites.siteByKey(siteKey);
    authorise(actor, 'rule.read', site.id, 'site');
    const [before] = Cursor.decode('rule-versions', cursor, isVersion) ?? [2 ** 31 - 1];
    const rows = await ruleListStore.history(this.unitOfWork.em, site.id, id, before, limit + 1);
    const { items, nextCursor } = page(rows, limit, ({ version }) => Cursor.encode('rule-versions', [version]));
    if (rows.length === 0 && cursor === undefined) {
      const untouched = defaultRules().find((rule) => rule.id === id);
      const isDefault = untouched && (await ruleListStore.version(this.unitOfWork.em, site.id)) === 0;
      if (!isDefault) throw notFound('rule');
      return { items: [{ ...ruleView(untouched), removed: false }], nextCursor: null };
    }
    return { items: items.map((row) => ({ ...ruleView(row), removed: row.removed })), nextCursor };
  }
}

function isVersion(parts: readonly unknown[]): parts is [number] {
  return parts.length === 1 && Number.isSafeInteger(parts[0]) && Math.abs(parts[0] as number) < 2 ** 31;
}
