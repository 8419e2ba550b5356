import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { QueryParameters } from '../../platform/http/validation.js';

export class InboxQuery extends QueryParameters {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  @IsOptional()
  @IsString()
  @MaxLength(8_000)
  cursor?: string;
}

/** Which were read: one of the two. */
export class ReadNotificationsRequest {
  /** These. */
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsUUID(undefined, { each: true })
  ids?: string[];

  /** All that came by then: `at` of the newest that was shown. */
  @Omittable()
  @IsISO8601({ strict: true, strictSeparator: true })
  @MaxLength(40)
  before?: string;
}
