import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';

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
export class MyReportsQuery extends PageParameters {}
