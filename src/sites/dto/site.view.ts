import type { SiteRow } from '../site-row.js';

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
}

/** All settings, for staff. */
export class SiteSettingsView extends WidgetSettingsView {
  /** How long a moderator holds a claimed item. */
  claimSeconds: number;
  /** Reports that bring a published comment into the queue. */
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
  const { moderationMode, editWindowSeconds, maxDepth, maxLength, maxLinks, appealDays } = site.settings;
  return {
    key: site.key,
    name: site.name,
    settings: { moderationMode, editWindowSeconds, maxDepth, maxLength, maxLinks, appealDays },
  };
}

export function staffSiteView(site: SiteRow): StaffSiteView {
  return { key: site.key, name: site.name, origins: [...site.origins], settings: { ...site.settings } };
}
