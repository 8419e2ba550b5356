import type { SiteRow } from '../../sites/index.js';
import { reasonOf } from '../statements/reason-of.js';
import type { Restricted } from '../statements/restricted.js';
import type { Automation, Restriction, Source } from '../statements/restriction.js';
import { decisionFacts } from './dsa-facts.js';
import type { DsaStatementView } from './dsa-statement.view.js';

type Measure = Pick<
  DsaStatementView,
  | 'decision_visibility'
  | 'decision_visibility_other'
  | 'decision_provision'
  | 'decision_account'
  | 'end_date_service_restriction'
  | 'end_date_account_restriction'
>;

/** What stands in the database of the EU of one restriction. @throws where it is none: a warning restricts nothing. */
export function dsaStatement(one: Restricted, { settings }: Pick<SiteRow, 'settings'>): DsaStatementView {
  const reason = reasonOf(settings.decisionReasons, one.reason);
  const { ground, category, explanation, label } = reason;
  const keywords = reason.keywords ?? [];
  const illegal = ground.kind === 'illegal';
  return {
    ...measureOf(one.restriction, one.until),
    decision_facts: decisionFacts(one),
    decision_ground: illegal ? 'DECISION_GROUND_ILLEGAL_CONTENT' : 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
    ...(ground.url === undefined ? {} : { decision_ground_reference_url: ground.url }),
    ...(illegal
      ? { illegal_content_legal_ground: ground.reference, illegal_content_explanation: explanation }
      : { incompatible_content_ground: ground.reference, incompatible_content_explanation: explanation }),
    ...(one.comment
      ? { content_type: ['CONTENT_TYPE_TEXT'] }
      : { content_type: ['CONTENT_TYPE_OTHER'], content_type_other: 'Account' }),
    category,
    ...(keywords.length > 0 ? { category_specification: [...keywords] } : {}),
    ...(keywords.includes('KEYWORD_OTHER') ? { category_specification_other: label } : {}),
    territorial_scope: [...settings.territorialScope],
    content_date: dayOf(one.contentAt),
    application_date: dayOf(one.at),
    source_type: SOURCE_TYPE[one.source],
    automated_detection: one.detected ? 'Yes' : 'No',
    automated_decision: AUTOMATED_DECISION[one.automation],
    puid: one.id,
  };
}

function measureOf(restriction: Restriction, until: Date | null): Measure {
  switch (restriction) {
    case 'removed':
      return { decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'] };
    case 'held':
      return { decision_visibility: ['DECISION_VISIBILITY_CONTENT_DISABLED'] };
    case 'refused':
      // It was never there to be removed.
      return { decision_visibility: ['DECISION_VISIBILITY_OTHER'], decision_visibility_other: 'Not published' };
    case 'premoderated':
      return {
        decision_provision: 'DECISION_PROVISION_PARTIAL_SUSPENSION',
        ...(until ? { end_date_service_restriction: dayOf(until) } : {}),
      };
    case 'suspended':
      return {
        decision_account: 'DECISION_ACCOUNT_SUSPENDED',
        ...(until ? { end_date_account_restriction: dayOf(until) } : {}),
      };
    case 'banned':
      return { decision_account: 'DECISION_ACCOUNT_TERMINATED' };
    case 'warned':
      throw new Error('a warning is no restriction in the sense of Article 17');
  }
}

const SOURCE_TYPE: Record<Source, DsaStatementView['source_type']> = {
  'own-initiative': 'SOURCE_VOLUNTARY',
  notice: 'SOURCE_ARTICLE_16',
  reports: 'SOURCE_TYPE_OTHER_NOTIFICATION',
};
const AUTOMATED_DECISION: Record<Automation, DsaStatementView['automated_decision']> = {
  fully: 'AUTOMATED_DECISION_FULLY',
  partially: 'AUTOMATED_DECISION_PARTIALLY',
  not: 'AUTOMATED_DECISION_NOT_AUTOMATED',
};

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
