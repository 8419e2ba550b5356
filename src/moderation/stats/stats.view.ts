import { ApiProperty } from '@nestjs/swagger';
import type { BuiltQueue } from '../queues.js';

/** Half, and nine of ten, took so many seconds or less; told to within 4.5 %, or half a second. */
export class WaitView {
  @ApiProperty({ type: Number, format: 'double' })
  p50: number;
  @ApiProperty({ type: Number, format: 'double' })
  p90: number;
}

/** A queue: what went through it in the period, and what is in it now. */
export class QueueStatsView {
  queue: BuiltQueue;
  /** Items that entered; once more where one came back. */
  entered: number;
  /** Items that left, decided or not: authors delete and edit too. */
  left: number;
  /** Decisions that took an item out of it, without those that were undone. */
  decided: number;
  /** From entering the queue to the decision. null: none was decided. */
  @ApiProperty({ type: () => WaitView, nullable: true })
  secondsToDecision: WaitView | null;
  /** Now. */
  open: number;
  /** Now. */
  claimed: number;
  /** Now. null: nothing waits. */
  @ApiProperty({ type: Number, format: 'double', nullable: true })
  oldestAgeSeconds: number | null;
}

/** A person of the staff. */
export class StatsStaffView {
  id: string;
  name: string;
}

/** Appeals that were decided in the period, by outcome. */
export class AppealOutcomesView {
  upheld: number;
  overturned: number;
}

/** The same of all decisions. */
export class AppealStatsView extends AppealOutcomesView {
  /** Ended because the decision was taken back before. */
  moot: number;
  /** Of the outcomes, those of what a rule had decided by itself. */
  ofRules: AppealOutcomesView;
}

/** What one person did in the period. */
export class ModeratorStatsView {
  staff: StatsStaffView;
  /** Decisions by action, those included that were undone. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  decisions: Record<string, number>;
  /** How many of them the person took back. */
  undone: number;
  /** From an item's entering a queue to this person's decision. null: none of the decided ones was in a queue. */
  @ApiProperty({ type: () => WaitView, nullable: true })
  secondsToDecision: WaitView | null;
  /** What became of appeals against this person's decisions, whenever they were taken. */
  appealed: AppealOutcomesView;
}

/** What a rule did, or in shadow would have done, and what people made of it since. */
export class RuleOutcomeView {
  /** Texts, each edited one again. */
  total: number;
  /** A person has published them, or let them stand. */
  published: number;
  /** A person has rejected them, or marked them as spam. */
  rejected: number;
  /** The share that people rejected, of those that they decided on. null: they decided on none. */
  @ApiProperty({ type: Number, format: 'double', nullable: true })
  precision: number | null;
}

/** A rule and the texts that it was asked about in the period. */
export class RuleStatsView {
  /** Its id, or the name of one that every site has. */
  rule: string;
  held: RuleOutcomeView;
  rejected: RuleOutcomeView;
  /** In shadow. */
  wouldHold: RuleOutcomeView;
  /** In shadow. */
  wouldReject: RuleOutcomeView;
}

/** Reports that were settled in the period, by verdict. */
export class ReportStatsView {
  agreed: number;
  disagreed: number;
  ignored: number;
}

/** The figures of a site. */
export class StatsView {
  site: string;
  /** The first day, in UTC. */
  @ApiProperty({ format: 'date' })
  from: string;
  /** The last day, in UTC. */
  @ApiProperty({ format: 'date' })
  to: string;
  queues: QueueStatsView[];
  /** Of all who decided, by name: for admins and owners. A moderator sees his or her own. */
  moderators: ModeratorStatsView[];
  /** By id. */
  rules: RuleStatsView[];
  reports: ReportStatsView;
  appeals: AppealStatsView;
}
