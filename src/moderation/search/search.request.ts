import { IsIn, IsISO8601, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';

/** What is looked for. */
export class SearchQuery extends PageParameters {
  /** Words that are in the text, each from its beginning, whatever the case and accents; in quotation marks: these words in this order. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  q?: string;

  /** Only this site's; without it all that are mine. */
  @IsOptional()
  @IsString()
  @Length(1, 255)
  site?: string;

  /** The reader's id, or how the name begins, in whatever case. */
  @IsOptional()
  @IsString()
  @Length(1, 255)
  reader?: string;

  /** The thread's key; `site` says whose. */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  thread?: string;

  /** What is deleted is not found. */
  @IsOptional()
  @IsIn(['pending', 'published', 'rejected', 'spam'])
  status?: 'pending' | 'published' | 'rejected' | 'spam';

  /** Posted at this time or later. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Posted before this time. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;
}
