import { ApiProperty } from '@nestjs/swagger';
import { MAIL_LANGUAGES, type MailLanguage, type MailSettings } from '../mail/mail-settings.js';

/** How a site writes to its readers and staff. */
export class MailSettingsView implements MailSettings {
  /** Of mails to those who have not chosen another. */
  @ApiProperty({ enum: MAIL_LANGUAGES, enumName: 'MailLanguage' })
  mailLanguage: MailLanguage;
  /** The name that mails come from; empty: the site's. */
  mailSenderName: string;
  /** The address that they come from; empty: that of MAIL_FROM. */
  mailSenderAddress: string;
  /** Where answers go; empty: to the sender. */
  mailReplyTo: string;
  /** Of bar and buttons. */
  mailAccent: string;
  /** Who answers for the site: lines at each mail's end. */
  mailFooter: string;
  /** How long a thread must have been quiet before its news is mailed at once. */
  mailWindowSeconds: number;
  /** Whether owners and admins get a mail each morning about the day before. */
  staffDigest: boolean;
}
