/** After how many seconds the oldest item of a queue that nobody holds raises an alarm; 0: never. */
export interface AlarmSettings {
  alarmPendingSeconds: number;
  alarmReportedSeconds: number;
  alarmUnmoderatedSeconds: number;
  alarmSpamSeconds: number;
  alarmAppealsSeconds: number;
  alarmIllegalSeconds: number;
}

export const DEFAULT_ALARMS: Readonly<AlarmSettings> = Object.freeze({
  alarmPendingSeconds: 0,
  alarmReportedSeconds: 0,
  alarmUnmoderatedSeconds: 0,
  alarmSpamSeconds: 0,
  alarmAppealsSeconds: 0,
  alarmIllegalSeconds: 0,
});
