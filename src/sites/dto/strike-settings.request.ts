import { IsInt, Max, Min } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import type { StrikeSettings } from '../strike-settings.js';

/** What counts against a reader, and when that proposes a sanction to staff. */
export class StrikeSettingsRequest implements Partial<StrikeSettings> {
  /** How many days a rejection or a sanction counts. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(3_650)
  strikeDays?: number;

  /** Strikes for a comment that a person has rejected or marked as spam. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(100)
  strikesRejection?: number;

  /** Strikes for a warning. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(100)
  strikesWarn?: number;

  /** Strikes for premoderation. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(100)
  strikesPremoderate?: number;

  /** Strikes for a suspension. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(100)
  strikesSuspend?: number;

  /** So many strikes propose a warning; 0: never. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(1_000)
  proposeWarnAt?: number;

  /** So many strikes propose premoderation; 0: never. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(1_000)
  proposePremoderateAt?: number;

  /** So many strikes propose a suspension; 0: never. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(1_000)
  proposeSuspendAt?: number;

  /** So many strikes propose a ban; 0: never. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(1_000)
  proposeBanAt?: number;

  /** Days for which a moderator may suspend; what is longer, as any ban, takes an admin. 0: none. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(3_650)
  moderatorSuspendDays?: number;
}
