import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { QueryParameters } from '../../platform/http/validation.js';
import { TROUBLES, type Trouble } from './dead-letter.store.js';

export class DeadLettersQuery extends QueryParameters {
  @IsOptional()
  @IsIn(TROUBLES)
  state: Trouble = 'failed';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;

  @IsOptional()
  @IsString()
  @MaxLength(8_000)
  cursor?: string;
}
