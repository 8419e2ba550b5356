import { ApiProperty } from '@nestjs/swagger';
import { EEA_COUNTRIES, type EeaCountry } from '../legal/countries.js';
import { GROUND_KINDS, type DecisionReason, type GroundKind } from '../legal/decision-reasons.js';
import { STATEMENT_CATEGORIES, STATEMENT_KEYWORDS } from '../legal/statement-codes.js';
import type { StatementCategory, StatementKeyword } from '../legal/statement-codes.js';

/** What a reason rests on. */
export class GroundView {
  /** `illegal`: the law forbids it. `incompatible`: the site's rules do. */
  @ApiProperty({ enum: GROUND_KINDS, enumName: 'GroundKind' })
  kind: GroundKind;
  /** The law, or the section of the rules. */
  reference: string;
  /** Where that can be read. */
  url?: string;
}

/** Why a comment is taken down or a reader is sanctioned. */
export class DecisionReasonView {
  /** What decisions keep. */
  code: string;
  /** What staff choose by. */
  label: string;
  /** What the author reads. */
  explanation: string;
  ground: GroundView;
  /** Of the DSA Transparency Database. */
  @ApiProperty({ enum: STATEMENT_CATEGORIES, enumName: 'StatementCategory' })
  category: StatementCategory;
  /** Of the DSA Transparency Database. */
  @ApiProperty({ enum: STATEMENT_KEYWORDS, enumName: 'StatementKeyword', isArray: true, required: false })
  keywords?: StatementKeyword[];
}

/** What statements of reasons say of a site. */
export class LegalSettingsView {
  /** Why staff take comments down or sanction readers. */
  decisionReasons: DecisionReasonView[];
  /** Where restrictions apply: ISO 3166-1 codes. */
  @ApiProperty({ enum: EEA_COUNTRIES, enumName: 'EeaCountry', isArray: true })
  territorialScope: EeaCountry[];
}

export function reasonView({ keywords, ground, ...reason }: DecisionReason): DecisionReasonView {
  return { ...reason, ground: { ...ground }, ...(keywords ? { keywords: [...keywords] } : {}) };
}
