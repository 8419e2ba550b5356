import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { RuleDefinition, StoredRule } from './stored-rule.js';

const CURRENT = new Statement<StoredRule>(
  'rules.current',
  `SELECT rule_id AS id, version, kind, mode, action, params FROM rule_versions
   WHERE site_id = $1 AND current AND NOT removed ORDER BY rule_id`,
);

/** Whoever reads site and rules without a lock may have an older version than the rules: those are then read again. */
const VERSION = new Statement<{ rulesVersion: number }>(
  'rules.version',
  'UPDATE sites SET rules_version = rules_version + 1 WHERE id = $1 RETURNING rules_version AS "rulesVersion"',
);

const RETIRE = new Statement<never>(
  'rules.retire',
  'UPDATE rule_versions SET current = false WHERE site_id = $1 AND rule_id = ANY($2::text[]) AND current',
);

/** Counted on where there was one of this name: a finding's rule and version mean one text for ever. */
const ADD = new Statement<{ id: string; version: number }>(
  'rules.add',
  `INSERT INTO rule_versions (site_id, rule_id, version, kind, mode, action, params, removed, staff_id)
   SELECT $1, n.id, coalesce((SELECT max(version) FROM rule_versions v WHERE v.site_id = $1 AND v.rule_id = n.id), 0) + 1,
          n.kind, n.mode, n.action, n.params, n.removed, $3
   FROM jsonb_to_recordset($2::jsonb) AS n(id text, kind text, mode text, action text, params jsonb, removed bool)
   RETURNING rule_id AS id, version`,
);

const FORGET_SECRETS = new Statement<never>(
  'rules.forgetSecrets',
  'DELETE FROM rule_secrets WHERE site_id = $1 AND rule_id = ANY($2::text[])',
);
const KEEP_SECRET = new Statement<never>(
  'rules.keepSecret',
  `INSERT INTO rule_secrets (site_id, rule_id, sealed) VALUES ($1, $2, $3)
   ON CONFLICT (site_id, rule_id) DO UPDATE SET sealed = excluded.sealed`,
);
const SECRETS = new Statement<{ id: string; sealed: Buffer }>(
  'rules.secrets',
  'SELECT rule_id AS id, sealed FROM rule_secrets WHERE site_id = $1',
);

export const ruleStore = {
  current: (em: EntityManager, siteId: string): Promise<StoredRule[]> => CURRENT.run(em, [siteId]),

  /** The site must be locked. */
  async nextVersion(em: EntityManager, siteId: string): Promise<number> {
    return (await VERSION.run(em, [siteId]))[0]?.rulesVersion ?? 0;
  },

  /** The site must be locked. */
  async add(
    em: EntityManager,
    siteId: string,
    rules: readonly (RuleDefinition & { removed: boolean })[],
    staffId: string | null,
  ): Promise<Map<string, number>> {
    await RETIRE.run(em, [siteId, rules.map(({ id }) => id)]);
    const added = await ADD.run(em, [siteId, JSON.stringify(rules), staffId]);
    return new Map(added.map(({ id, version }) => [id, version]));
  },

  async forgetSecrets(em: EntityManager, siteId: string, ids: readonly string[]): Promise<void> {
    await FORGET_SECRETS.run(em, [siteId, ids]);
  },

  async keepSecret(em: EntityManager, siteId: string, id: string, sealed: Buffer): Promise<void> {
    await KEEP_SECRET.run(em, [siteId, id, sealed]);
  },

  secrets: (em: EntityManager, siteId: string): Promise<{ id: string; sealed: Buffer }[]> => SECRETS.run(em, [siteId]),
};
