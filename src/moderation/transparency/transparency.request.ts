import { Type } from 'class-transformer';
import { IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { QueryParameters } from '../../platform/http/validation.js';

/** Of years that PostgreSQL and the database of the EU know. */
const TIME = /^2\d{3}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;
const TIME_MESSAGE = { message: 'it is a day such as 2026-11-22, or a moment such as 2026-11-22T12:00:00Z' };

/** What was restricted in a period of at most 400 days. */
export class TransparencyQuery extends QueryParameters {
  /** The site's key; without it all sites that are mine. */
  @IsOptional()
  @IsString()
  @Length(1, 255)
  site?: string;

  /** A day in UTC, or a moment; without it 30 days before `to`. */
  @IsOptional()
  @Matches(TIME, TIME_MESSAGE)
  @IsISO8601({ strict: true }, TIME_MESSAGE)
  from?: string;

  /** A day in UTC, the whole of it, or a moment that is not in it any more; without it now. */
  @IsOptional()
  @Matches(TIME, TIME_MESSAGE)
  @IsISO8601({ strict: true }, TIME_MESSAGE)
  to?: string;
}

/** A page of statements. 100 are as many as the EU's database takes at once. */
export class StatementsQuery extends TransparencyQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 100;

  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  cursor?: string;
}
