import { ArrayMaxSize, ArrayMinSize, IsArray, IsISO8601, IsUUID, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { PageParameters } from '../../platform/http/page.request.js';

/** A page of what happened. */
export class InboxQuery extends PageParameters {}

/** Which were read: one of the two. */
export class ReadNotificationsRequest {
  /** These. */
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsUUID(undefined, { each: true })
  ids?: string[];

  /** All that came by then: `at` of the newest that was shown. */
  @Omittable()
  @IsISO8601({ strict: true, strictSeparator: true })
  @MaxLength(40)
  before?: string;
}
