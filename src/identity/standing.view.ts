import { ApiProperty } from '@nestjs/swagger';
import {
  SANCTION_KINDS,
  STANDINGS,
  standingOf,
  type SanctionInForce,
  type SanctionKind,
  type StandingState,
} from './standing.js';

/** A sanction in force, as the reader sees it. */
export class SanctionInForceView implements SanctionInForce {
  id: string;
  @ApiProperty({ enum: SANCTION_KINDS })
  kind: SanctionKind;
  /** When it ends by itself. null: a ban, or premoderation, until it is lifted; a warning, until it is acknowledged. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until: string | null;
  @ApiProperty({ format: 'date-time' })
  at: string;
  /** A code. */
  reason: string;
  /** Why, for the reader. */
  explanation: string;
}

/** What a reader may do. */
export class StandingView {
  /**
   * `premoderated`: comments wait for a moderator. `warned`: a warning must be acknowledged before the next comment.
   * `suspended` and `banned`: no comments, edits, votes or reports.
   */
  @ApiProperty({ enum: STANDINGS })
  state: StandingState;
  /** When the strictest of the sanctions ends by itself; null: it does not, or there is none. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until: string | null;
  /** In force, strictest first. */
  sanctions: SanctionInForceView[];
}

export function standingView(sanctions: readonly SanctionInForce[]): StandingView {
  return { state: standingOf(sanctions), until: sanctions[0]?.until ?? null, sanctions: [...sanctions] };
}
