import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import type { RuleRow } from './rule.view.js';

const COLUMNS = `v.rule_id AS id, v.version, v.kind, v.mode, v.action, v.params, v.removed, v.at, v.staff_id AS "staffId",
  s.display_name AS "staffName"`;

const CURRENT = new Statement<RuleRow>(
  'ruleList.current',
  `SELECT ${COLUMNS} FROM rule_versions v LEFT JOIN staff s ON s.id = v.staff_id
   WHERE v.site_id = $1 AND v.current AND NOT v.removed ORDER BY v.rule_id`,
);
const VERSION = new Statement<{ version: number }>(
  'ruleList.version',
  'SELECT rules_version AS version FROM sites WHERE id = $1',
);
const HISTORY = new Statement<RuleRow>(
  'ruleList.history',
  `SELECT ${COLUMNS} FROM rule_versions v LEFT JOIN staff s ON s.id = v.staff_id
   WHERE v.site_id = $1 AND v.rule_id = $2 AND v.version < $3 ORDER BY v.version DESC LIMIT $4`,
);

export const ruleListStore = {
  current: (em: EntityManager, siteId: string): Promise<RuleRow[]> => CURRENT.run(em, [siteId]),

  async version(em: EntityManager, siteId: string): Promise<number> {
    return (await VERSION.run(em, [siteId]))[0]?.version ?? 0;
  },

  /** Newest first, those before a version. */
  history: (em: EntityManager, siteId: string, id: string, before: number, limit: number): Promise<RuleRow[]> =>
    HISTORY.run(em, [siteId, id, before, limit]),
};
