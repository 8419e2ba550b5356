import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { QueryParameters } from './validation.js';

/** Of a list whose pages have a length of their own. */
export class CursorParameters extends QueryParameters {
  /** Where to go on: `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(8_000)
  cursor?: string;
}

/** Of a list that is read a page at a time. */
export class PageParameters extends CursorParameters {
  /** Items on the page, 1 to 100. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;
}
