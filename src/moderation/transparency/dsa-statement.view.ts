import { ApiProperty } from '@nestjs/swagger';
import { STATEMENT_CATEGORIES, type StatementCategory } from '../../sites/index.js';

export const VISIBILITIES = [
  'DECISION_VISIBILITY_CONTENT_REMOVED',
  'DECISION_VISIBILITY_CONTENT_DISABLED',
  'DECISION_VISIBILITY_OTHER',
] as const;
export const SOURCE_TYPES = ['SOURCE_ARTICLE_16', 'SOURCE_TYPE_OTHER_NOTIFICATION', 'SOURCE_VOLUNTARY'] as const;
export const AUTOMATED_DECISIONS = [
  'AUTOMATED_DECISION_FULLY',
  'AUTOMATED_DECISION_PARTIALLY',
  'AUTOMATED_DECISION_NOT_AUTOMATED',
] as const;

/**
 * A statement of reasons as the EU's DSA Transparency Database takes it (API version 2): of what it knows, the fields that
 * comments have. Valid against docs/schemas/dsa-statement.schema.json. No field has personal data.
 */
export class DsaStatementView {
  @ApiProperty({ enum: VISIBILITIES, isArray: true, required: false })
  decision_visibility?: (typeof VISIBILITIES)[number][];
  decision_visibility_other?: string;
  @ApiProperty({ enum: ['DECISION_PROVISION_PARTIAL_SUSPENSION'], required: false })
  decision_provision?: 'DECISION_PROVISION_PARTIAL_SUSPENSION';
  @ApiProperty({ enum: ['DECISION_ACCOUNT_SUSPENDED', 'DECISION_ACCOUNT_TERMINATED'], required: false })
  decision_account?: 'DECISION_ACCOUNT_SUSPENDED' | 'DECISION_ACCOUNT_TERMINATED';
  decision_facts: string;
  @ApiProperty({ enum: ['DECISION_GROUND_ILLEGAL_CONTENT', 'DECISION_GROUND_INCOMPATIBLE_CONTENT'] })
  decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT' | 'DECISION_GROUND_INCOMPATIBLE_CONTENT';
  decision_ground_reference_url?: string;
  illegal_content_legal_ground?: string;
  illegal_content_explanation?: string;
  incompatible_content_ground?: string;
  incompatible_content_explanation?: string;
  @ApiProperty({ enum: ['CONTENT_TYPE_TEXT', 'CONTENT_TYPE_OTHER'], isArray: true })
  content_type: ('CONTENT_TYPE_TEXT' | 'CONTENT_TYPE_OTHER')[];
  content_type_other?: string;
  @ApiProperty({ enum: STATEMENT_CATEGORIES, enumName: 'StatementCategory' })
  category: StatementCategory;
  category_specification?: string[];
  category_specification_other?: string;
  territorial_scope: string[];
  @ApiProperty({ format: 'date' })
  content_date: string;
  @ApiProperty({ format: 'date' })
  application_date: string;
  @ApiProperty({ format: 'date', required: false })
  end_date_service_restriction?: string;
  @ApiProperty({ format: 'date', required: false })
  end_date_account_restriction?: string;
  @ApiProperty({ enum: SOURCE_TYPES })
  source_type: (typeof SOURCE_TYPES)[number];
  @ApiProperty({ enum: ['Yes', 'No'] })
  automated_detection: 'Yes' | 'No';
  @ApiProperty({ enum: AUTOMATED_DECISIONS })
  automated_decision: (typeof AUTOMATED_DECISIONS)[number];
  /** The id of the decision or sanction. */
  puid: string;
}
