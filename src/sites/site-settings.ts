import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_ALARMS, type AlarmSettings } from './alarm-settings.js';
import { DEFAULT_LEGAL, type LegalSettings } from './legal/legal-settings.js';
import { DEFAULT_CONFIRMATIONS, type ConfirmationSettings } from './mail/confirmation-settings.js';
import { DEFAULT_MAIL, type MailSettings } from './mail/mail-settings.js';
import { DEFAULT_STRIKES, type StrikeSettings } from './strike-settings.js';

/** Why a reader may report a comment: the code is kept, the label shown. */
export interface ReportReason {
  readonly code: string;
  readonly label: string;
}

/** How a site's threads behave. Stored sparse: what is not stored has its default, also when a default changes. */
export interface SiteSettings extends StrikeSettings, LegalSettings, MailSettings, ConfirmationSettings, AlarmSettings {
  /** `pre`: a comment is held until a person approves it; `post`: it appears at once. */
  moderationMode: 'pre' | 'post';
  /** How long an author may edit a comment. */
  editWindowSeconds: number;
  /** Levels of nesting that a listing shows; deeper replies come flat. */
  maxDepth: number;
  /** Code points in a comment. */
  maxLength: number;
  /** Links in a comment. */
  maxLinks: number;
  /** How long a moderator holds a claimed item. */
  claimSeconds: number;
  /** How many readers' open reports take a published comment out of sight until somebody looks. */
  reportThreshold: number;
  /** What readers choose from, in this order. */
  reportReasons: readonly ReportReason[];
  /** How long a decision can be undone. */
  undoSeconds: number;
  /** How long a decision can be appealed. */
  appealDays: number;
  /** IANA name of the zone by whose clock rules of the kind `hours` go. */
  timeZone: string;
}

export const DEFAULT_SETTINGS: Readonly<SiteSettings> = Object.freeze({
  moderationMode: 'pre',
  editWindowSeconds: 300,
  maxDepth: 3,
  maxLength: 5_000,
  maxLinks: 3,
  claimSeconds: 300,
  reportThreshold: 3,
  reportReasons: [
    { code: 'spam', label: 'Advertising or spam' },
    { code: 'abuse', label: 'Insult or harassment' },
    { code: 'hate', label: 'Hate' },
    { code: 'illegal', label: 'Against the law' },
    { code: 'off-topic', label: 'Off topic' },
    { code: 'other', label: 'Something else' },
  ],
  undoSeconds: 30,
  appealDays: 30,
  timeZone: 'UTC',
  ...DEFAULT_STRIKES,
  ...DEFAULT_LEGAL,
  ...DEFAULT_MAIL,
  ...DEFAULT_CONFIRMATIONS,
  ...DEFAULT_ALARMS,
});

export type SettingName = keyof SiteSettings;

export const SETTING_NAMES = Object.keys(DEFAULT_SETTINGS) as SettingName[];

/** What is stored, over the defaults. */
export function effectiveSettings(stored: Partial<SiteSettings>): SiteSettings {
  return { ...DEFAULT_SETTINGS, ...stored };
}

/** Names of the settings whose values differ. */
export function changedSettings(before: SiteSettings, after: SiteSettings): SettingName[] {
  return SETTING_NAMES.filter((name) => !same(before[name], after[name]));
}

/** A request's values are of its classes, stored ones are plain: copied, both are plain. */
function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(structuredClone(a), structuredClone(b));
}
