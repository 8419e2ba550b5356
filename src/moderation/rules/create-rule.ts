import { Injectable } from '@nestjs/common';
import { notFound } from '../../platform/errors.js';
import { authorise, requireStaff, type Actor } from '../../identity/index.js';
import { SiteCache, type StoredRule } from '../../sites/index.js';
import { ApplyRules } from './apply-rules.js';
import { ListRules } from './list-rules.js';
import { readRule } from './read-rule.js';
import type { RuleView } from './rule.view.js';
import { ruleExists } from './rules.errors.js';

export interface CreateRuleInput {
  site: string;
  id?: string;
  secret?: string;
  [field: string]: unknown;
}

/** One more rule of a site. */
@Injectable()
export class CreateRule {
  constructor(
    private readonly sites: SiteCache,
    private readonly apply: ApplyRules,
    private readonly list: ListRules,
  ) {}

  async run(actor: Actor, { site: siteKey, id: wanted, secret, ...given }: CreateRuleInput): Promise<RuleView> {
    const staff = requireStaff(actor);
    const site = await this.sites.siteByKey(siteKey);
    authorise(staff, 'rule.change', site.id, 'site');
    // Without an id the rest is checked under one that is surely right.
    const rule = readRule({ ...given, id: wanted ?? 'unnamed' });
    let id = wanted ?? rule.kind;
    const secrets = new Map<string, string>();
    const made = await this.apply.run(staff, {
      site,
      secrets,
      pointerOf: () => '',
      change: (current) => {
        if (wanted === undefined) id = freeId(rule.kind, current);
        else if (current.some((known) => known.id === wanted)) throw ruleExists(wanted);
        // Where the transaction runs again, the name may be another one.
        secrets.clear();
        if (secret !== undefined) secrets.set(id, secret);
        return { put: [{ ...rule, id }], remove: [] };
      },
    });
    const view = (await this.list.run(actor, siteKey)).items.find((each) => each.id === id);
    if (!view) throw notFound('rule');
    const shown = made.get(id);
    return { ...view, ...(shown === undefined ? {} : { secret: shown }) };
  }
}

/** `words`, `words-2`, … */
function freeId(kind: string, current: readonly StoredRule[]): string {
  const taken = new Set(current.map(({ id }) => id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? kind : `${kind}-${n}`;
    if (!taken.has(id)) return id;
  }
}
