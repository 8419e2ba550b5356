import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { QueryParameters } from '../../platform/http/validation.js';

/** A page of what was decided about me. */
export class MyDecisionsQuery extends QueryParameters {
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
