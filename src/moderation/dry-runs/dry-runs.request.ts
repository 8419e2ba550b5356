import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { QueryParameters } from '../../platform/http/validation.js';

/** Which past comments: one of the two. */
export class LastRequest {
  /** The newest so many comments of the site. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(100_000)
  comments?: number;

  /** Those of the last so many days. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(90)
  days?: number;
}

/** A rule to try on past comments. */
export class DryRunRequest {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;

  /** A rule as PUT /moderation/rules takes it, whatever its mode; without an `id` it is called `dry-run`. */
  @IsObject()
  rule: Record<string, unknown>;

  @IsObject()
  @ValidateNested()
  @Type(() => LastRequest)
  last: LastRequest;
}

/** A page of the dry-runs of a site. */
export class ListDryRunsQuery extends QueryParameters {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;

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
