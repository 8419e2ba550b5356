import { ApiProperty } from '@nestjs/swagger';
import { GroundView, STATEMENT_CATEGORIES, type StatementCategory } from '../../sites/index.js';
import { MyAppealView } from '../appeals/appeal.view.js';
import { AUTOMATIONS, RESTRICTIONS, SOURCES, STATEMENT_STATES } from './restriction.js';
import type { Automation, Restriction, Source, StatementState } from './restriction.js';
import { LANGUAGES, type Language } from './texts/language.js';

/** The comment that it is about, as its author wrote it. */
export class StatedCommentView {
  id: string;
  revision: number;
  /** The Markdown that was judged. null: it was erased. */
  body: string | null;
  @ApiProperty({ format: 'date-time' })
  writtenAt: string;
}

export class StatedThreadView {
  key: string;
  title: string;
  url: string;
}

/** Where it applies. */
export class StatedPlaceView {
  /** The site's key. */
  site: string;
  siteName: string;
  /** The article; null: it is about the account. */
  @ApiProperty({ type: () => StatedThreadView, nullable: true })
  thread: StatedThreadView | null;
  /** Countries, by ISO 3166-1. */
  territorialScope: string[];
}

/** A place in the author's own text that a rule names. */
export class StatedEvidenceView {
  start: number;
  end: number;
  text?: string;
}

/** What a rule found. */
export class StatedFindingView {
  /** The kind of rule. */
  rule: string;
  evidence: StatedEvidenceView[];
  explanation: string;
}

/** Facts and circumstances. Never who sent a notice or reported. */
export class StatedFactsView {
  @ApiProperty({ enum: SOURCES, enumName: 'StatementSource' })
  source: Source;
  findings: StatedFindingView[];
  /** What staff said of it. */
  explanation: string | null;
}

/** Use made of automated means. */
export class StatedAutomationView {
  /** Whether it was found so. */
  detection: boolean;
  /** `partially`: a person decided on what was found so. */
  @ApiProperty({ enum: AUTOMATIONS, enumName: 'StatementAutomation' })
  decision: Automation;
}

/** Why. */
export class StatedReasonView {
  /** A code of the site. */
  code: string;
  label: string;
  explanation: string;
  ground: GroundView;
  @ApiProperty({ enum: STATEMENT_CATEGORIES, enumName: 'StatementCategory' })
  category: StatementCategory;
}

/** What can be done about it. */
export class RedressView {
  /** POST `/me/decisions/{id}/appeal` until then; null: not (any more). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  appealUntil: string | null;
  /** Bodies for out-of-court dispute settlement, as certified under Art. 21 of the DSA. */
  outOfCourt: string;
  /** Whether a court can be turned to. */
  court: boolean;
}

/** The same in plain words, a sentence or two each. */
export class StatementWordsView {
  what: string;
  state: string;
  facts: string;
  automation: string;
  ground: string;
  scope: string;
  redress: string;
}

/** Why a comment of mine is not shown, or what I may do is restricted (Art. 17 of the DSA). */
export class StatementView {
  /** Of the decision or sanction: what an appeal names. */
  id: string;
  @ApiProperty({ enum: RESTRICTIONS, enumName: 'Restriction' })
  restriction: Restriction;
  @ApiProperty({ enum: STATEMENT_STATES, enumName: 'StatementState' })
  state: StatementState;
  @ApiProperty({ format: 'date-time' })
  at: string;
  /** When it ends by itself; null: it does not. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until: string | null;
  /** null: it is about the account. */
  @ApiProperty({ type: () => StatedCommentView, nullable: true })
  comment: StatedCommentView | null;
  where: StatedPlaceView;
  facts: StatedFactsView;
  automated: StatedAutomationView;
  reason: StatedReasonView;
  redress: RedressView;
  /** The same as `redress.appealUntil`. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  appealableUntil: string | null;
  /** null: none was made. */
  @ApiProperty({ type: () => MyAppealView, nullable: true })
  appeal: MyAppealView | null;
  @ApiProperty({ enum: LANGUAGES, enumName: 'StatementLanguage' })
  language: Language;
  words: StatementWordsView;
}

export class StatementListView {
  items: StatementView[];
  nextCursor: string | null;
}
