import { ApiProperty } from '@nestjs/swagger';
import { DsaStatementView } from './dsa-statement.view.js';

const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;

/** Notices under Art. 16 (Art. 15(1)(b) of the DSA). */
export class NoticeCountsView {
  received: number;
  /** As their senders said: `child-sexual-abuse` or `other`. */
  @ApiProperty(COUNTS)
  byCategory: Record<string, number>;
  /** `removed`, `kept`, `withdrawn` with the comment, `open`. */
  @ApiProperty(COUNTS)
  byOutcome: Record<string, number>;
  /** Of those removed: because it is `illegal`, or `incompatible` with the rules. */
  @ApiProperty(COUNTS)
  byGround: Record<string, number>;
  /** Decided on without a person. */
  automated: number;
  /** From receipt to decision; null: none was decided on. */
  @ApiProperty({ type: Number, nullable: true })
  medianSeconds: number | null;
}

/** Restrictions of comments and accounts. */
export class RestrictionCountsView {
  total: number;
  @ApiProperty(COUNTS)
  byRestriction: Record<string, number>;
  /** Of the DSA Transparency Database. */
  @ApiProperty(COUNTS)
  byCategory: Record<string, number>;
  @ApiProperty(COUNTS)
  byGround: Record<string, number>;
  /** `own-initiative`, `reports`, `notice`. */
  @ApiProperty(COUNTS)
  bySource: Record<string, number>;
  /** `fully`, `partially`, `not`. */
  @ApiProperty(COUNTS)
  byAutomation: Record<string, number>;
  /** Found by automated means. */
  detectedAutomatically: number;
}

/** Appeals (Art. 15(1)(d)). */
export class ComplaintCountsView {
  received: number;
  /** `comment` or `account`. */
  @ApiProperty(COUNTS)
  byAbout: Record<string, number>;
  /** `upheld`, `overturned`, `moot`, `open`. */
  @ApiProperty(COUNTS)
  byOutcome: Record<string, number>;
  /** null: none was decided on. */
  @ApiProperty({ type: Number, nullable: true })
  medianSeconds: number | null;
}

/** How often what was decided without a person was let stand by one (Art. 15(1)(e)). */
export class AutomatedMeansView {
  decisions: number;
  overturned: number;
  /** null: there was no decision. */
  @ApiProperty({ type: Number, nullable: true })
  errorRate: number | null;
}

/** Accounts that were restricted (Art. 24(1)(b)). */
export class SuspensionCountsView {
  premoderated: number;
  suspended: number;
  banned: number;
  /** Of all of these, taken back since. */
  lifted: number;
}

export class TransparencyCountsView {
  notices: NoticeCountsView;
  /** All of them. */
  restrictions: RestrictionCountsView;
  /** Those that no notice led to (Art. 15(1)(c)). */
  ownInitiative: RestrictionCountsView;
  complaints: ComplaintCountsView;
  automatedMeans: AutomatedMeansView;
  suspensions: SuspensionCountsView;
}

/** A page of statements, oldest first. */
export class DsaStatementListView {
  items: DsaStatementView[];
  nextCursor: string | null;
}

/** Figures of a period, and its first statements. */
export class TransparencyView {
  /** Keys of the sites. */
  sites: string[];
  @ApiProperty({ format: 'date-time' })
  from: string;
  /** Not in it any more. */
  @ApiProperty({ format: 'date-time' })
  to: string;
  counts: TransparencyCountsView;
  /** The oldest; as a body, `{statements}` is what the EU's database takes. */
  statements: DsaStatementView[];
  /** Of GET /moderation/transparency/statements. */
  nextCursor: string | null;
}
