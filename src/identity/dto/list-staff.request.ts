import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { QueryParameters } from '../../platform/http/validation.js';

export class ListStaffRequest extends QueryParameters {
  /** A site's key; without it all sites that are yours to administer. */
  @IsOptional()
  @IsString()
  site?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  @IsOptional()
  @IsString()
  cursor?: string;
}
