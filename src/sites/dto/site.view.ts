import { IntersectionType } from '@nestjs/swagger';
import type { SiteRow } from '../site-row.js';
import type { StrikeSettings } from '../strike-settings.js';
import { AlarmSettingsView } from './alarm-settings.view.js';
import { ConfirmationSettingsView } from './confirmation-settings.view.js';
import { LegalSettingsView, reasonView } from './legal-settings.view.js';
import { MailSettingsView } from './mail-settings.view.js';

/** Why a reader may report a comment. */
export class ReportReasonView {
  /** What a report names. */
  code: string;
  /** What readers see. */
  label: string;
}

/** What a widget needs to know. */
export class WidgetSettingsView {
  moderationMode: 'pre' | 'post';
  /** How long an author may edit a comment. */
  editWindowSeconds: number;
  /** Levels of nesting shown. */
  maxDepth: number;
  /** Unicode code points in a comment. */
  maxLength: number;
  /** Links in a comment. */
  maxLinks: number;
  /** How long a decision can be appealed. */
  appealDays: number;
  /** What readers choose from when they report. */
  reportReasons: ReportReasonView[];
}

/** All settings, for staff. */
export class SiteSettingsView
  extends IntersectionType(
    WidgetSettingsView,
    LegalSettingsView,
    MailSettingsView,
    ConfirmationSettingsView,
    AlarmSettingsView,
  )
  implements StrikeSettings
{
  /** How long a moderator holds a claimed item. */
  claimSeconds: number;
  /** How many readers' open reports take a published comment out of sight until somebody looks. */
  reportThreshold: number;
  /** How long a decision can be undone. */
  undoSeconds: number;
  /** IANA name of the zone by whose clock rules of the kind `hours` go. */
  timeZone: string;
  /** How many days a rejection or a sanction counts. */
  strikeDays: number;
  /** Strikes for a comment that a person has rejected or marked as spam. */
  strikesRejection: number;
  /** Strikes for a warning. */
  strikesWarn: number;
  /** Strikes for premoderation. */
  strikesPremoderate: number;
  /** Strikes for a suspension. */
  strikesSuspend: number;
  /** So many strikes propose a warning; 0: never. */
  proposeWarnAt: number;
  /** So many strikes propose premoderation; 0: never. */
  proposePremoderateAt: number;
  /** So many strikes propose a suspension; 0: never. */
  proposeSuspendAt: number;
  /** So many strikes propose a ban; 0: never. */
  proposeBanAt: number;
  /** Days for which a moderator may suspend; 0: none. */
  moderatorSuspendDays: number;
}

/** A site as everybody sees it. */
export class SiteView {
  key: string;
  name: string;
  settings: WidgetSettingsView;
}

/** A site as its staff sees it. */
export class StaffSiteView {
  key: string;
  name: string;
  /** Pages of these origins may post. */
  origins: string[];
  settings: SiteSettingsView;
}

export function siteView(site: SiteRow): SiteView {
  const { moderationMode, editWindowSeconds, maxDepth, maxLength, maxLinks, appealDays, reportReasons } = site.settings;
  return {
    key: site.key,
    name: site.name,
    settings: {
      moderationMode,
      editWindowSeconds,
      maxDepth,
      maxLength,
      maxLinks,
      appealDays,
      reportReasons: [...reportReasons],
    },
  };
}

export function staffSiteView(site: SiteRow): StaffSiteView {
  return {
    key: site.key,
    name: site.name,
    origins: [...site.origins],
    settings: {
      ...site.settings,
      reportReasons: [...site.settings.reportReasons],
      decisionReasons: site.settings.decisionReasons.map(reasonView),
      territorialScope: [...site.settings.territorialScope],
    },
  };
}
