import { effectiveSettings, type SiteSettings } from './site-settings.js';

/** A site as the other modules know it: settings complete, shared between requests, never changed. */
export interface SiteRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Normalised: `scheme://host[:port]`. */
  readonly origins: readonly string[];
  readonly settings: Readonly<SiteSettings>;
  /** Goes up by one with each change. */
  readonly version: number;
  /** Goes up by one with each change of its rules; 0: it has the defaults. */
  readonly rulesVersion: number;
}

/** As it is stored: settings sparse. */
export interface StoredSite {
  id: string;
  key: string;
  name: string;
  origins: string[];
  settings: Partial<SiteSettings>;
  version: number;
  rulesVersion: number;
}

export function siteRow(stored: StoredSite): SiteRow {
  return { ...stored, settings: effectiveSettings(stored.settings) };
}
