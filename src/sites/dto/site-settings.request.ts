import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import type { SiteSettings } from '../site-settings.js';
import { AlarmSettingsRequest } from './alarm-settings.request.js';
import { ConfirmationSettingsRequest } from './confirmation-settings.request.js';
import { LegalSettingsRequest } from './legal-settings.request.js';
import { MailSettingsRequest } from './mail-settings.request.js';
import { StrikeSettingsRequest } from './strike-settings.request.js';

/** Why a reader may report a comment. */
export class ReportReasonRequest {
  /** What is kept with a report. */
  @IsString()
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'code must be lower-case words joined by hyphens' })
  @MaxLength(40)
  code: string;

  /** What readers see. */
  @IsString()
  @MaxLength(80)
  @Matches(/^[^\p{Cc}]*[^\s\p{Cc}][^\p{Cc}]*$/u, { message: 'label must be one line that is not blank' })
  label: string;
}

function isTimeZoneName(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 64) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Settings to change; what is left out keeps its value. */
export class SiteSettingsRequest
  extends IntersectionType(
    StrikeSettingsRequest,
    LegalSettingsRequest,
    MailSettingsRequest,
    ConfirmationSettingsRequest,
    AlarmSettingsRequest,
  )
  implements Partial<SiteSettings>
{
  /** `pre`: comments are held until a person approves them; `post`: they appear at once. */
  @Omittable()
  @IsIn(['pre', 'post'])
  moderationMode?: 'pre' | 'post';

  /** How long an author may edit a comment; 0: never. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(604_800)
  editWindowSeconds?: number;

  /** Levels of nesting shown; deeper replies come flat. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(20)
  maxDepth?: number;

  /** Unicode code points in a comment. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(50_000)
  maxLength?: number;

  /** Links in a comment. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(1_000)
  maxLinks?: number;

  /** How long a moderator holds a claimed item. */
  @Omittable()
  @IsInt()
  @Min(10)
  @Max(86_400)
  claimSeconds?: number;

  /** How many readers' open reports take a published comment out of sight until somebody looks. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(1_000)
  reportThreshold?: number;

  /** What readers choose from, in this order; each code once. */
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique((reason: ReportReasonRequest | undefined) => reason?.code)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReportReasonRequest)
  reportReasons?: ReportReasonRequest[];

  /** How long a decision can be undone; 0: not at all. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(3_600)
  undoSeconds?: number;

  /** How long a decision can be appealed; 0: not at all. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(3_650)
  appealDays?: number;

  /** IANA name of the zone by whose clock rules of the kind `hours` go, such as Europe/Vienna. */
  @Omittable()
  @ValidateBy({
    name: 'isTimeZoneName',
    validator: {
      validate: isTimeZoneName,
      defaultMessage: () => 'timeZone must be an IANA time zone, such as Europe/Vienna',
    },
  })
  timeZone?: string;
}
