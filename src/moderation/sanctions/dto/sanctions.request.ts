import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
} from 'class-validator';
import { SANCTION_KINDS, type SanctionKind } from '../../../identity/index.js';
import { LIFT_REASONS, type LiftReason } from '../lift-reasons.js';

/** A sanction to place. */
export class SanctionRequest {
  /**
   * `warn`: must be acknowledged before the next comment. `premoderate`: comments wait for a moderator. `suspend`: no
   * comments, edits, votes or reports until a time. `ban`: the same, without an end.
   */
  @IsIn(SANCTION_KINDS)
  kind: SanctionKind;

  /** A code of GET /moderation/reasons. */
  @IsString()
  @Length(1, 40)
  reason: string;

  /** When it ends: required of `suspend`, possible with `premoderate`. At most ten years from now. */
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string;

  /** For the reader; without it what the reason says. */
  @IsOptional()
  @IsString()
  @Length(1, 2_000)
  explanation?: string;

  /** For staff. */
  @IsOptional()
  @IsString()
  @Length(1, 2_000)
  note?: string;

  /** Whether all comments of the reader that are published are rejected too, for the same reason, by a job. */
  @IsOptional()
  @IsBoolean()
  rejectPublished?: boolean;

  /**
   * Readers on whom the same sanction falls, of any of your sites: those in whom you see the same person. All of them,
   * or none.
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  alsoReaders?: string[];
}

/** Why a sanction is taken back. */
export class LiftRequest {
  @IsOptional()
  @IsIn(LIFT_REASONS)
  reason: LiftReason = 'other';

  /** For staff. */
  @IsOptional()
  @IsString()
  @Length(1, 2_000)
  note?: string;
}
