export const MAIL_LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** How a site writes to its readers and staff. */
export interface MailSettings {
  /** Of mails to those who have not chosen another. */
  mailLanguage: MailLanguage;
  /** The name that mails come from; empty: the site's. */
  mailSenderName: string;
  /** The address that they come from; empty: that of MAIL_FROM. */
  mailSenderAddress: string;
  /** Where answers go; empty: to the sender. */
  mailReplyTo: string;
  /** Of bar and buttons. */
  mailAccent: string;
  /** Who answers for the site, with a postal address: lines at each mail's end. */
  mailFooter: string;
  /** How long a thread must have been quiet before its news is mailed at once; it waits five times as long at most. */
  mailWindowSeconds: number;
  /** Whether owners and admins get a mail each morning about the day before. */
  staffDigest: boolean;
}

export const DEFAULT_MAIL: Readonly<MailSettings> = Object.freeze({
  mailLanguage: 'en',
  mailSenderName: '',
  mailSenderAddress: '',
  mailReplyTo: '',
  mailAccent: '#0b57a4',
  mailFooter: '',
  mailWindowSeconds: 60,
  staffDigest: false,
});
