import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { SiteSettingsRequest } from './site-settings.request.js';

/** A site to create or change; what is left out keeps its value. A new site needs a name. */
export class SaveSiteRequest {
  /** What staff read, and mails say. */
  @Omittable()
  @IsString()
  @MaxLength(200)
  @Matches(/^[^\p{Cc}]*[^\s\p{Cc}][^\p{Cc}]*$/u, { message: 'name must be one line that is not blank' })
  name?: string;

  /** Pages of these origins may post: `scheme://host[:port]`. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(255, { each: true })
  origins?: string[];

  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => SiteSettingsRequest)
  settings?: SiteSettingsRequest;
}
