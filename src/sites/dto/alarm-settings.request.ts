import { IsInt, Max, Min } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import type { AlarmSettings } from '../alarm-settings.js';

/** How long the oldest item of a queue may wait, while nobody holds it, before an alarm. */
export class AlarmSettingsRequest implements Partial<AlarmSettings> {
  /** Comments that wait for a first decision: seconds; 0: no alarm. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(2_592_000)
  alarmPendingSeconds?: number;

  /** Reported comments: seconds; 0: no alarm. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(2_592_000)
  alarmReportedSeconds?: number;

  /** Published comments that nobody has looked at: seconds; 0: no alarm. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(2_592_000)
  alarmUnmoderatedSeconds?: number;

  /** What rules hold as advertising: seconds; 0: no alarm. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(2_592_000)
  alarmSpamSeconds?: number;

  /** Appeals: seconds; 0: no alarm. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(2_592_000)
  alarmAppealsSeconds?: number;

  /** Notices of illegal content: seconds; 0: no alarm. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(2_592_000)
  alarmIllegalSeconds?: number;
}
