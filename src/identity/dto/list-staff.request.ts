import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';

export class ListStaffRequest extends PageParameters {
  /** A site's key; without it all sites that are yours to administer. */
  @IsOptional()
  @IsString()
  site?: string;

  @ApiPropertyOptional({ default: 50 })
  override limit: number = 50;
}
