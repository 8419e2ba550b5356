import type { SiteRow } from '../site-row.js';

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
export class SiteSettingsView extends WidgetSettingsView {
  /** How long a moderator holds a claimed item. */
  claimSeconds: number;
  /** How many readers' open reports take a published comment out of sight until somebody looks. */
  reportThreshold: number;
  /** How long a decision can be undone. */
  undoSeconds: number;
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
    settings: { ...site.settings, reportReasons: [...site.settings.reportReasons] },
  };
}
