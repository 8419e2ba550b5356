import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { MAIL_LANGUAGES, type MailLanguage, type MailSettings } from '../mail/mail-settings.js';

const ADDRESS_OR_EMPTY = /^(?:[^\s@\p{Cc}<>"]+@[^\s@\p{Cc}<>"]+)?$/u;

/** How a site writes to its readers and staff. */
export class MailSettingsRequest implements Partial<MailSettings> {
  /** Of mails to those who have not chosen another. */
  @Omittable()
  @ApiProperty({ enum: MAIL_LANGUAGES, enumName: 'MailLanguage', required: false })
  @IsIn(MAIL_LANGUAGES)
  mailLanguage?: MailLanguage;

  /** The name that mails come from; empty: the site's. */
  @Omittable()
  @IsString()
  @MaxLength(80)
  @Matches(/^[^\p{Cc}]*$/u, { message: 'mailSenderName must be one line' })
  mailSenderName?: string;

  /** The address that they come from; empty: that of MAIL_FROM. The mail server must let Postil send in its name. */
  @Omittable()
  @IsString()
  @MaxLength(254)
  @Matches(ADDRESS_OR_EMPTY, { message: 'mailSenderAddress must be an e-mail address or empty' })
  mailSenderAddress?: string;

  /** Where answers go; empty: to the sender. */
  @Omittable()
  @IsString()
  @MaxLength(254)
  @Matches(ADDRESS_OR_EMPTY, { message: 'mailReplyTo must be an e-mail address or empty' })
  mailReplyTo?: string;

  /** Of bar and buttons, as `#rrggbb`. */
  @Omittable()
  @IsString()
  @Matches(/^#[0-9a-f]{6}$/i, { message: 'mailAccent must be a colour such as #0b57a4' })
  mailAccent?: string;

  /** Who answers for the site, with a postal address: lines at each mail's end. */
  @Omittable()
  @IsString()
  @MaxLength(500)
  @Matches(/^(?:\n|[^\p{Cc}])*$/u, { message: 'mailFooter must be text, in lines' })
  mailFooter?: string;

  /** How long a thread must have been quiet before its news is mailed at once; it waits five times as long at most. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(3_600)
  mailWindowSeconds?: number;

  /** Whether owners and admins get a mail each morning about the day before. */
  @Omittable()
  @IsBoolean()
  staffDigest?: boolean;
}
