import { Type } from 'class-transformer';
import { IsInt, IsObject, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { PageParameters } from '../../platform/http/page.request.js';

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
export class ListDryRunsQuery extends PageParameters {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;
}
