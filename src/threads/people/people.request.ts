import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';

/** Whom to find. */
export class ListPeopleQuery extends PageParameters {
  /** How the name begins, whatever the case. Without it: who wrote last. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}
