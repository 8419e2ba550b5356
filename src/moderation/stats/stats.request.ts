import { IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { QueryParameters } from '../../platform/http/validation.js';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MESSAGE = { message: 'it is a day such as 2026-11-22' };

/** Figures of one site in a period of at most 92 days. */
export class StatsQuery extends QueryParameters {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;

  /** The first day, in UTC; without it the sixth before the last one. */
  @IsOptional()
  @Matches(DAY, DAY_MESSAGE)
  @IsISO8601({ strict: true }, DAY_MESSAGE)
  from?: string;

  /** The last day, in UTC; without it today. */
  @IsOptional()
  @Matches(DAY, DAY_MESSAGE)
  @IsISO8601({ strict: true }, DAY_MESSAGE)
  to?: string;
}
