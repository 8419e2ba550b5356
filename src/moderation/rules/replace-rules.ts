import { Injectable } from '@nestjs/common';
import { authorise, requireStaff, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { ApplyRules } from './apply-rules.js';
import { sameRule } from './change-rule.js';
import { ListRules } from './list-rules.js';
import { invalidRules, readRules, SECRET_FORM } from './read-rule.js';
import type { RuleListView } from './rule.view.js';
import { rulesChanged } from './rules.errors.js';

/** All rules of a site at once. Those that are as before keep their version; those that are missing are removed. */
@Injectable()
export class ReplaceRules {
  constructor(
    private readonly sites: SiteCache,
    private readonly apply: ApplyRules,
    private readonly list: ListRules,
  ) {}

  async run(
    actor: Actor,
    { site: siteKey, version, rules }: { site: string; version: number; rules: readonly Record<string, unknown>[] },
  ): Promise<RuleListView> {
    const staff = requireStaff(actor);
    const site = await this.sites.siteByKey(siteKey);
    authorise(staff, 'rule.change', site.id, 'site');
    const wanted = readRules(rules, '/rules');
    const made = await this.apply.run(staff, {
      site,
      secrets: secretsIn(rules),
      pointerOf: (id) => `/rules/${wanted.findIndex((rule) => rule.id === id)}`,
      change: (current, rulesVersion) => {
        if (rulesVersion !== version) throw rulesChanged(rulesVersion);
        const before = new Map(current.map((rule) => [rule.id, rule]));
        const kept = new Set(wanted.map(({ id }) => id));
        return {
          put: wanted.filter((rule) => {
            const known = before.get(rule.id);
            return !known || !sameRule(known, rule);
          }),
          remove: current.filter(({ id }) => !kept.has(id)),
        };
      },
    });
    const view = await this.list.run(actor, siteKey);
    const items = view.items.map((rule) => {
      const secret = made.get(rule.id);
      return secret === undefined ? rule : { ...rule, secret };
    });
    return { ...view, items };
  }
}

/** By the rule; @throws validation */
function secretsIn(rules: readonly Record<string, unknown>[]): Map<string, string> {
  const secrets = new Map<string, string>();
  for (const [at, { id, secret }] of rules.entries()) {
    if (secret === undefined) continue;
    if (typeof secret !== 'string' || !SECRET_FORM.test(secret)) {
      throw invalidRules([{ pointer: `/rules/${at}/secret`, detail: 'It is whsec_ and base64 of 24 to 64 bytes.' }]);
    }
    secrets.set(String(id), secret);
  }
  return secrets;
}
