import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUrl, Max, MaxLength, Min } from 'class-validator';
import { CursorParameters } from '../../../platform/http/page.request.js';
import { QueryParameters } from '../../../platform/http/validation.js';

const MAX_REVISION = 2_147_483_647;

/** A page of a thread's annotations. */
export class AnnotationsQuery extends CursorParameters {}

/** How annotations are imported. */
export class ImportAnnotationsQuery extends QueryParameters {
  /** `published`: staff answer for all of it. Without it each goes through screening and the site's moderation mode. */
  @IsOptional()
  @IsIn(['published'])
  status?: 'published';

  /** Another address under which the article was annotated: where it stood before, or a test server. */
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(2_000)
  source?: string;

  /** The text in which the words are looked for; from there they are carried to the newest. Without it the newest. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_REVISION)
  revision?: number;
}
