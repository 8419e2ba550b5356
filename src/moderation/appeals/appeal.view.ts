import { ApiProperty } from '@nestjs/swagger';
import { StaffNameView } from '../staff-name.view.js';
import type { AppealRow } from './appeal-list.store.js';
import { APPEAL_EFFECTS, APPEAL_STATES, type AppealEffect, type AppealState } from './appeal-state.js';

/** An appeal, as the reader who made it sees it. */
export class MyAppealView {
  id: string;
  /** What is appealed: this decision on a comment, or the sanction. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  decisionId: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  sanctionId: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  commentId: string | null;
  /** `moot`: what was appealed does not stand any more, without an outcome. It is open again if that is taken back. */
  @ApiProperty({ enum: APPEAL_STATES })
  state: AppealState;
  @ApiProperty({ format: 'date-time' })
  at: string;
  /** null: it was erased. */
  text: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  decidedAt: string | null;
  /** Why it was upheld or overturned. */
  explanation: string | null;
  /** Whether it was decided by whoever took the decision: only where the site has nobody else. */
  bySameStaff: boolean;
  /** Of an overturned one. `none`: the comment was deleted by its author, and stays so. */
  @ApiProperty({ type: String, enum: APPEAL_EFFECTS, nullable: true })
  effect: AppealEffect | null;
}

export class MyAppealListView {
  items: MyAppealView[];
  nextCursor: string | null;
}

/** Who appeals. */
export class AppellantView {
  id: string;
  name: string;
}

/** An appeal, as staff see it. */
export class AppealView extends MyAppealView {
  /** The site's key. */
  site: string;
  reader: AppellantView;
  /** Whoever took what is appealed; null: a rule. */
  against: StaffNameView | null;
  /** Whoever decided on the appeal. */
  decidedBy: StaffNameView | null;
  /** For staff. */
  note: string | null;
  /** Whether you may decide on it. */
  mayDecide: boolean;
  /** Why not. `own-decision`: you took what is appealed, and the site has others. */
  @ApiProperty({ type: String, enum: ['own-decision', 'decided'], nullable: true })
  whyNot: 'own-decision' | 'decided' | null;
}

export class AppealListView {
  items: AppealView[];
  nextCursor: string | null;
}

export function myAppealView(row: AppealRow): MyAppealView {
  const { id, decisionId, sanctionId, commentId, state, text, explanation, bySameStaff, effect } = row;
  return {
    ...{ id, decisionId, sanctionId, commentId, state, text, explanation, bySameStaff, effect },
    at: row.at.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

export function appealView(row: AppealRow): AppealView {
  const whyNot = row.state === 'open' ? (row.barred ? 'own-decision' : null) : 'decided';
  return {
    ...myAppealView(row),
    site: row.siteKey,
    reader: { id: row.readerId, name: row.readerName ?? '' },
    against: nameOf(row.staffId, row.staffName),
    decidedBy: nameOf(row.decidedBy, row.decidedByName),
    note: row.note,
    mayDecide: whyNot === null,
    whyNot,
  };
}

function nameOf(id: string | null, name: string | null): StaffNameView | null {
  return id === null ? null : { id, name: name ?? '' };
}
