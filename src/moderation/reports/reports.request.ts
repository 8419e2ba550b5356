import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { QueryParameters } from '../../platform/http/validation.js';

/** What a reader says against a comment. */
export class ReportRequest {
  /** A code of the site's `reportReasons`. */
  @IsString()
  @Length(1, 40)
  reason: string;

  /** For the moderators, as plain text. */
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  text?: string | null;
}

/** A page of my reports. */
export class MyReportsQuery extends QueryParameters {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;

  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  cursor?: string;
}
