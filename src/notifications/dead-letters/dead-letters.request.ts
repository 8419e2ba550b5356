import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';
import { TROUBLES, type Trouble } from './dead-letter.store.js';

export class DeadLettersQuery extends PageParameters {
  @IsOptional()
  @IsIn(TROUBLES)
  state: Trouble = 'failed';

  @ApiPropertyOptional({ default: 50 })
  override limit: number = 50;
}
