import type { EntityManager } from 'typeorm';
import type { SanctionKind } from '../../identity/index.js';
import {
  automationOf,
  restrictionOf,
  stateOf,
  stateOfSanction,
  type AccountRestriction,
  type Automation,
  type Restriction,
  type Source,
  type StatementState,
} from './restriction.js';
import {
  statementStore,
  type DecisionReasonsRow,
  type SanctionReasonsRow,
  type StatementPosition,
} from './statement.store.js';

/** One restriction of a comment or an account, and all that its statement of reasons is made of. */
export interface Restricted {
  id: string;
  siteId: string;
  at: Date;
  restriction: Restriction;
  state: StatementState;
  reason: string | null;
  explanation: string | null;
  source: Source;
  detected: boolean;
  automation: Automation;
  /** Of an account: when it ends by itself. */
  until: Date | null;
  ageDays: number;
  /** When the text, or the account, came to the site. */
  contentAt: Date;
  /** null: it is about the account. */
  comment: DecisionReasonsRow | null;
}

/** In the order given. Those that are gone are missing. */
export async function restrictedBy(
  em: EntityManager,
  heads: readonly { about: 'comment' | 'account'; id: string }[],
): Promise<Restricted[]> {
  const ids = (about: string) => heads.filter((head) => head.about === about).map(({ id }) => id);
  const [decisions, sanctions] = await Promise.all([
    statementStore.decisions(em, ids('comment')),
    statementStore.sanctions(em, ids('account')),
  ]);
  const all = new Map([...decisions.map(ofDecision), ...sanctions.map(ofSanction)].map((one) => [one.id, one]));
  return heads.flatMap(({ id }) => all.get(id) ?? []);
}

export const NEWEST: StatementPosition = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

function ofDecision(row: DecisionReasonsRow): Restricted {
  const { id, siteId, at, reason, explanation, source, detected, ageDays } = row;
  return {
    ...{ id, siteId, at, reason, explanation, source, detected, ageDays },
    restriction: restrictionOf(row),
    state: stateOf(row),
    automation: automationOf(row),
    until: null,
    contentAt: row.contentAt ?? at,
    comment: row,
  };
}

/** Staff place them, on what they have seen for themselves. */
function ofSanction(row: SanctionReasonsRow): Restricted {
  const { id, siteId, at, reason, explanation, until, ageDays, contentAt } = row;
  return {
    ...{ id, siteId, at, reason, explanation, until, ageDays, contentAt },
    restriction: RESTRICTION_OF[row.kind],
    state: stateOfSanction(row),
    source: 'own-initiative',
    detected: false,
    automation: 'not',
    comment: null,
  };
}

const RESTRICTION_OF: Record<SanctionKind, AccountRestriction> = {
  warn: 'warned',
  premoderate: 'premoderated',
  suspend: 'suspended',
  ban: 'banned',
};
