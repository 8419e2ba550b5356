import { ApiProperty } from '@nestjs/swagger';
import { SANCTION_KINDS, type SanctionKind } from '../../identity/index.js';
import { StaffNameView } from '../staff-name.view.js';
import { LIFTED_BY, type LiftedBy } from './lift-reasons.js';
import type { SanctionRow } from './sanction.store.js';

/** How a sanction was taken back. */
export class LiftView {
  @ApiProperty({ format: 'date-time' })
  at: string;
  by: StaffNameView;
  @ApiProperty({ enum: LIFTED_BY })
  reason: LiftedBy;
  /** For staff. */
  note: string | null;
}

export class SanctionedReaderView {
  id: string;
  name: string;
}

/** A sanction, as staff sees it. */
export class SanctionView {
  id: string;
  reader: SanctionedReaderView;
  @ApiProperty({ enum: SANCTION_KINDS })
  kind: SanctionKind;
  /** A code of GET /moderation/reasons. */
  reason: string;
  /** For the reader. */
  explanation: string;
  /** For staff. */
  note: string | null;
  /** When it ends by itself; null: it does not. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until: string | null;
  @ApiProperty({ format: 'date-time' })
  at: string;
  by: StaffNameView;
  /** At this moment. */
  inForce: boolean;
  /** Of a warning: when the reader acknowledged it. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  acknowledgedAt: string | null;
  /** null: it was not taken back. */
  lifted: LiftView | null;
  /** The job that rejects the reader's published comments, where that was ordered: GET /moderation/jobs/{id}. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  jobId: string | null;
}

/** What was placed. */
export class SanctionAnswerView {
  sanction: SanctionView;
  /** On the readers of `alsoReaders`. */
  also: SanctionView[];
}

export function sanctionView(row: SanctionRow): SanctionView {
  return {
    id: row.id,
    reader: { id: row.readerId, name: row.readerName },
    kind: row.kind,
    reason: row.reason,
    explanation: row.explanation,
    note: row.note,
    until: row.until?.toISOString() ?? null,
    at: row.at.toISOString(),
    by: { id: row.staffId, name: row.staffName ?? '' },
    inForce: row.inForce,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    lifted: row.liftedAt && {
      at: row.liftedAt.toISOString(),
      by: { id: row.liftedBy ?? '', name: row.liftedByName ?? '' },
      reason: row.liftReason as LiftedBy,
      note: row.liftNote,
    },
    jobId: row.jobId,
  };
}
