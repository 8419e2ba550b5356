import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';
import { QueryParameters } from '../../platform/http/validation.js';
import { LANGUAGES, UNDETERMINED } from '../../screening/index.js';
import { STAFF_ACTIONS, STATUSES, type StaffAction, type Status } from '../../threads/index.js';
import { ITEM_SORTS, type ItemSort } from '../queue-list.store.js';
import { QUEUES, type Queue } from '../queues.js';
import { VERDICTS, type Verdict } from '../reports/report.store.js';

/** Of one site. */
export class SiteQuery extends QueryParameters {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;
}

/** A page of a queue. */
export class ListItemsQuery extends PageParameters {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;

  /** Only those under this thread. */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  thread?: string;

  /** Only those that this rule has flagged. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  reason?: string;

  /** Only those that this reader wrote. */
  @IsOptional()
  @IsUUID()
  reader?: string;

  /** `true`: only what was left to the admins; `false`: only the rest. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  escalated?: boolean;

  /** Only those that read as this language (ISO 639-1); `und`: those whose language can't be told. */
  @IsOptional()
  @IsIn([...LANGUAGES, UNDETERMINED])
  language?: string;

  /** Only those whose text has each of these words, in whatever case, or as a part of a longer one. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsIn(ITEM_SORTS)
  sort: ItemSort = 'priority';
}

/** Of one site, or of all that are mine. */
export class ReasonsQuery extends QueryParameters {
  @IsOptional()
  @IsString()
  @Length(1, 255)
  site?: string;
}

/** A page of the log. */
export class LogQuery extends PageParameters {
  /** Only this site's; without it all that are mine. */
  @IsOptional()
  @IsString()
  @Length(1, 255)
  site?: string;

  @ApiPropertyOptional({ default: 50 })
  override limit: number = 50;
}

/** Items to hold. */
export class ClaimRequest {
  @IsIn(QUEUES)
  queue: Queue;

  /** Without it: of all sites that are mine. */
  @IsOptional()
  @IsString()
  @Length(1, 255)
  site?: string;

  /** How many to hold in the end, those already held included. */
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 10;
}

/** One judged comment. */
export class JudgedItemRequest {
  @IsUUID()
  commentId: string;

  /** The revision that was read. */
  @IsInt()
  @Min(1)
  revision: number;

  /** The status that was on the page. */
  @IsOptional()
  @IsIn(STATUSES)
  status?: Status;
}

/** One action on 1 to 1,000 comments. */
export class DecideRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @ArrayUnique((item: JudgedItemRequest | undefined) => item?.commentId)
  @ValidateNested({ each: true })
  @Type(() => JudgedItemRequest)
  items: JudgedItemRequest[];

  /** `escalate` leaves the comments to the admins: they stay in their queues, and moderators can't decide them any more. */
  @IsIn([...STAFF_ACTIONS, 'escalate'])
  action: StaffAction | 'escalate';

  /** A code of GET /moderation/reasons. */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  reason?: string;

  /** For the author. */
  @IsOptional()
  @IsString()
  @Length(1, 2_000)
  explanation?: string;

  /** For staff. */
  @IsOptional()
  @IsString()
  @Length(1, 2_000)
  note?: string;

  /** What becomes of open reports. Without it: agreed where the comment is taken down, disagreed where it stands. */
  @IsOptional()
  @IsIn(VERDICTS)
  reportVerdict?: Verdict;
}

export class PinRequest {
  @IsBoolean()
  pinned: boolean;
}
