import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail, type AuditEntry } from '../../platform/audit/audit-trail.js';
import { notFound } from '../../platform/errors.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { SITE_CHANGED } from '../site-changed.projection.js';
import { lockSite } from '../site.store.js';
import { ruleStore } from './rule.store.js';
import type { RuleChanges, RuleDefinition, StoredRule } from './stored-rule.js';

export interface ChangeRulesInput {
  siteId: string;
  by: AuditEntry['actor'];
  /** What a site has as long as nobody has changed its rules. */
  defaults: readonly StoredRule[];
  /** Says under the site's lock what to change, or throws. What changes nothing leaves no trace. */
  change(current: readonly StoredRule[], rulesVersion: number): RuleChanges;
  /** Whether a secret was changed, which no definition shows. */
  secrets?: ReadonlyMap<string, Buffer>;
}

/** Changes the rules of a site, each change a new version. In the caller's transaction, who has asked whether it is permitted. */
@Injectable()
export class ChangeRules {
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(em: EntityManager, { siteId, by, defaults, change, secrets = new Map() }: ChangeRulesInput): Promise<void> {
    const site = await lockSite(em, siteId);
    if (!site) throw notFound('site');
    const untouched = site.rulesVersion === 0;
    const current = untouched ? defaults : await ruleStore.current(em, siteId);
    const { put, remove } = change(current, site.rulesVersion);
    if (put.length === 0 && remove.length === 0 && secrets.size === 0) return;
    // The defaults become the site's own with its first change: a later Postil may bring others.
    if (untouched) await this.adopt(em, siteId, defaults);
    const known = new Map(current.map((rule) => [rule.id, rule]));
    const versions = await ruleStore.add(
      em,
      siteId,
      [...put.map((rule) => ({ ...rule, removed: false })), ...remove.map((rule) => ({ ...rule, removed: true }))],
      by.id,
    );
    await ruleStore.forgetSecrets(
      em,
      siteId,
      remove.map(({ id }) => id),
    );
    for (const [id, sealed] of secrets) await ruleStore.keepSecret(em, siteId, id, sealed);
    const rulesVersion = await ruleStore.nextVersion(em, siteId);
    await this.outbox.append(em, [
      { siteId, subjectId: siteId, streamId: null, topic: SITE_CHANGED, data: { changed: ['rules'], rulesVersion } },
    ]);
    const subject = { siteId, actor: by, subjectKind: 'site', subjectId: siteId };
    const changed = put.map((rule) => ({
      ...subject,
      action: known.has(rule.id) ? 'rule.changed' : 'rule.created',
      codes: codesOf(rule, versions.get(rule.id)),
    }));
    const removed = remove.map((rule) => ({
      ...subject,
      action: 'rule.removed',
      codes: codesOf(rule, versions.get(rule.id)),
    }));
    const renewed = [...secrets.keys()].map((rule) => ({ ...subject, action: 'rule.secret-set', codes: { rule } }));
    await this.audit.record(em, [...changed, ...removed, ...renewed]);
  }

  /** As version 1 of each, by nobody. */
  private async adopt(em: EntityManager, siteId: string, defaults: readonly StoredRule[]): Promise<void> {
    await ruleStore.add(
      em,
      siteId,
      defaults.map((rule) => ({ ...rule, removed: false })),
      null,
    );
  }
}

function codesOf({ id, kind, mode, action }: RuleDefinition, version: number | undefined): Record<string, unknown> {
  return { rule: id, version, kind, mode, ...(action === null ? {} : { action }) };
}
