import type { AlarmSettings } from '../alarm-settings.js';

/** How long the oldest item of a queue may wait, while nobody holds it, before an alarm. */
export class AlarmSettingsView implements AlarmSettings {
  /** Comments that wait for a first decision: seconds; 0: no alarm. */
  alarmPendingSeconds: number;
  /** Reported comments: seconds; 0: no alarm. */
  alarmReportedSeconds: number;
  /** Published comments that nobody has looked at: seconds; 0: no alarm. */
  alarmUnmoderatedSeconds: number;
  /** What rules hold as advertising: seconds; 0: no alarm. */
  alarmSpamSeconds: number;
  /** Appeals: seconds; 0: no alarm. */
  alarmAppealsSeconds: number;
  /** Notices of illegal content: seconds; 0: no alarm. */
  alarmIllegalSeconds: number;
}
