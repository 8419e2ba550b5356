import { IsOptional, IsString, MaxLength } from 'class-validator';
import { QueryParameters } from '../../../platform/http/validation.js';

/** A page of a thread's annotations. */
export class AnnotationsQuery extends QueryParameters {
  /** Where to go on: that of `next` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(8_000)
  cursor?: string;
}
