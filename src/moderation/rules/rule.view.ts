import { ApiProperty } from '@nestjs/swagger';
import { defaultRules, kindNamed } from '../../screening/index.js';
import type { StoredRule } from '../../sites/index.js';
import { StaffNameView } from '../staff-name.view.js';

/** One rule of a site. */
export class RuleView {
  /** What its findings name. */
  id: string;
  kind: string;
  mode: 'enforce' | 'shadow' | 'off';
  /** What happens to a comment in which it finds something. */
  action: 'hold' | 'reject';
  /** By the kind; of `external` the secret is not among them. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  params: unknown;
  /** Counted up with each change. */
  version: number;
  /** null: as Postil brought it. */
  @ApiProperty({ format: 'date-time' })
  changedAt: string | null;
  /** null: as Postil brought it. */
  changedBy: StaffNameView | null;
  /** Only in the answer to whoever made a rule of the kind `external` without a secret: it was made, and is not shown again. */
  secret?: string;
}

/** All rules of a site, by their ids. */
export class RuleListView {
  /** The site's key. */
  site: string;
  /** Counted up with each change of any rule; 0: the site has the defaults. */
  version: number;
  items: RuleView[];
  nextCursor: string | null;
}

/** A rule as it was. */
export class RuleVersionView extends RuleView {
  /** With this version the rule was removed. */
  removed: boolean;
}

export class RuleVersionListView {
  /** Newest first. */
  items: RuleVersionView[];
  nextCursor: string | null;
}

/** A version of a rule, and who made it. */
export interface RuleRow extends StoredRule {
  at: Date;
  staffId: string | null;
  staffName: string | null;
  removed: boolean;
}

export function ruleView(row: StoredRule & Partial<RuleRow>): RuleView {
  const { id, kind, mode, action, params, version, at, staffId, staffName } = row;
  return {
    id,
    kind,
    mode,
    action: action ?? kindNamed(kind)?.action ?? 'hold',
    params,
    version,
    // Written down with the first change of others, by nobody.
    changedAt: staffId == null ? null : (at?.toISOString() ?? null),
    changedBy: staffId == null ? null : { id: staffId, name: staffName ?? '' },
  };
}

export const defaultRuleViews = (): RuleView[] => defaultRules().map(ruleView);
