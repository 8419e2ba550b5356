import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { authorise, requireStaff, type Actor } from '../../identity/index.js';
import { defaultRules } from '../../screening/index.js';
import { ReadRules, SiteCache, type RuleDefinition, type StoredRule } from '../../sites/index.js';
import { ApplyRules } from './apply-rules.js';
import { ListRules } from './list-rules.js';
import { readRule } from './read-rule.js';
import type { RuleView } from './rule.view.js';
import { ruleChanged } from './rules.errors.js';

export interface ChangeRuleInput {
  site: string;
  id: string;
  version: number;
  secret?: string;
  [field: string]: unknown;
}

/** Another version of one rule; what is left out keeps its value. */
@Injectable()
export class ChangeRule {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly readRules: ReadRules,
    private readonly apply: ApplyRules,
    private readonly list: ListRules,
  ) {}

  async run(actor: Actor, { site: siteKey, id, version, secret, ...given }: ChangeRuleInput): Promise<RuleView> {
    const staff = requireStaff(actor);
    const site = await this.sites.siteByKey(siteKey);
    authorise(staff, 'rule.change', site.id, 'site');
    const stored = await this.readRules.run(this.unitOfWork.em, site.id);
    const before = known(stored.length > 0 || site.rulesVersion > 0 ? stored : defaultRules(), id, version);
    // Checked before the lock: a long list takes a while.
    const rule = readRule({ ...before, ...definedOf(given), id });
    const made = await this.apply.run(staff, {
      site,
      secrets: secret === undefined ? new Map() : new Map([[id, secret]]),
      pointerOf: () => '',
      change: (current) => {
        const present = known(current, id, version);
        return { put: sameRule(present, rule) ? [] : [rule], remove: [] };
      },
    });
    const view = (await this.list.run(actor, siteKey)).items.find((each) => each.id === id);
    if (!view) throw notFound('rule');
    const shown = made.get(id);
    return { ...view, ...(shown === undefined ? {} : { secret: shown }) };
  }
}

/** @throws not-found, rule-changed */
export function known(rules: readonly StoredRule[], id: string, version: number): StoredRule {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw notFound('rule');
  if (rule.version !== version) throw ruleChanged(id, rule.version);
  return rule;
}

export function sameRule(one: RuleDefinition, other: RuleDefinition): boolean {
  return (
    one.kind === other.kind &&
    one.mode === other.mode &&
    one.action === other.action &&
    isDeepStrictEqual(one.params, other.params)
  );
}

/** A request's class carries what was left out as undefined. */
function definedOf(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
